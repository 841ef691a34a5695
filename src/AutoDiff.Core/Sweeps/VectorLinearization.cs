namespace AutoDiff.Engine;

/// <summary>
/// What is kept of a vector function at one point, so that products with its Jacobian can be taken: owns memory until it is released.
/// Products may be taken by many threads at once.
/// </summary>
internal abstract class VectorLinearization
{
    /// <summary>n.</summary>
    public abstract int Inputs { get; }

    /// <summary>m.</summary>
    public abstract int Outputs { get; }

    /// <summary>F(x).</summary>
    public abstract void CopyValues(Span<double> values);

    /// <summary>∂F(x)·v.</summary>
    public abstract void Push(ReadOnlySpan<double> v, Span<double> result);

    /// <summary>∂F(x)ᵀ·u.</summary>
    public abstract void Pull(ReadOnlySpan<double> u, Span<double> result);

    /// <summary>∂F(x), row by row.</summary>
    public abstract void CopyJacobian(Span<double> rows);

    /// <summary>Gives the memory back; it is not to be used after this.</summary>
    public abstract void Release();
}

/// <summary>A recording and its values, for the sweeps.</summary>
internal sealed unsafe class SweptVectorLinearization(Recording recording, int result, int length) : VectorLinearization
{
    // Null once released, so that whoever still holds this holds no memory.
    private Recording? _recording = recording;

    public override int Inputs { get; } = recording.InputCount;

    public override int Outputs => length;

    public override void CopyValues(Span<double> values) => new ReadOnlySpan<double>(_recording!.Values + result, length).CopyTo(values);

    public override void Push(ReadOnlySpan<double> v, Span<double> product)
    {
        Workspace w = Workspace.Rent(_recording!);
        try
        {
            Tangents.Run(w, v, result, length);
            new ReadOnlySpan<double>(w.Dots + result, length).CopyTo(product);
        }
        finally
        {
            w.Return();
        }
    }

    public override void Pull(ReadOnlySpan<double> u, Span<double> product)
    {
        Workspace w = Workspace.Rent(_recording!);
        try
        {
            Adjoints.Run(w, result, u);
            new ReadOnlySpan<double>(w.Bars, product.Length).CopyTo(product);
        }
        finally
        {
            w.Return();
        }
    }

    public override void CopyJacobian(Span<double> rows)
    {
        Workspace w = Workspace.Rent(_recording!);
        try
        {
            if (JacobianSweeps.PrefersForward(Inputs, length))
                JacobianSweeps.Forward(w, result, length, rows);
            else
                JacobianSweeps.Reverse(w, result, length, rows);
        }
        finally
        {
            w.Return();
        }
    }

    public override void Release()
    {
        RecordingPool.Return(_recording!);
        _recording = null;
    }
}

/// <summary>A function that does not depend on its inputs.</summary>
internal sealed class ConstantVectorLinearization(int inputs, double[] values) : VectorLinearization
{
    public override int Inputs => inputs;

    public override int Outputs => values.Length;

    public override void CopyValues(Span<double> target) => values.CopyTo(target);

    public override void Push(ReadOnlySpan<double> v, Span<double> result) => result.Clear();

    public override void Pull(ReadOnlySpan<double> u, Span<double> result) => result.Clear();

    public override void CopyJacobian(Span<double> rows) => rows.Clear();

    public override void Release()
    {
    }
}
