namespace AutoDiff.Engine;

/// <summary>
/// What is kept of an objective at one point, so that products with its Hessian can be taken: owns memory until it is released. Products
/// may be taken by many threads at once.
/// </summary>
internal abstract class Linearization
{
    /// <summary>f(x).</summary>
    public abstract double Value { get; }

    /// <summary>How many operations the lambda recorded.</summary>
    public abstract int OperationCount { get; }

    /// <summary>Products with directions that stand one after the other; the results likewise.</summary>
    public abstract void Multiply(ReadOnlySpan<double> vectors, Span<double> results);

    /// <summary>Derivatives along a curve, as <see cref="TaylorSweep"/> takes and gives them.</summary>
    public abstract void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients);

    /// <summary>Bounds on what rounding made of f (returned) and of its gradient (written); false where they are not to be had.</summary>
    public virtual bool TryBoundRounding(Span<double> gradientErrors, out double valueError)
    {
        valueError = double.NaN;
        return false;
    }

    /// <summary>Gives the memory back; it is not to be used after this.</summary>
    public abstract void Release();
}

/// <summary>A recording, its values and its adjoints, for the sweeps.</summary>
internal sealed unsafe class SweptLinearization : Linearization
{
    // The bounds take 34 bytes a slot.
    private const int MostSlotsToBound = 1 << 21;

    // Null once released, so that whoever still holds this holds no memory.
    private Recording? _recording;
    private readonly int _result;
    private readonly bool _isMarked;
    private PinnedBuffer<double> _adjoints;

    /// <summary>Takes over a recording whose values are known, and writes the gradient of its slot <paramref name="result"/>.</summary>
    public SweptLinearization(Recording recording, int result, Span<double> gradient)
    {
        (_recording, _result) = (recording, result);
        (Value, OperationCount) = (recording.Values[result], recording.InstructionCount);
        Workspace w = Workspace.Rent(recording);
        try
        {
            Adjoints.Run(w, result);
            new ReadOnlySpan<double>(w.Bars, gradient.Length).CopyTo(gradient);
            _isMarked = w.BarsAreMarked;
            _adjoints = w.TakeBars();
        }
        finally
        {
            w.Return();
        }
    }

    public override double Value { get; }

    public override int OperationCount { get; }

    public override void Multiply(ReadOnlySpan<double> vectors, Span<double> results)
    {
        Workspace w = Workspace.Rent(_recording!);
        try
        {
            w.LendBars(_adjoints.Pointer, _isMarked);
            if (vectors.Length == w.Recording.InputCount)
                SecondOrder.Apply(w, _result, vectors, results);
            else if (vectors.Overlaps(results))
                SecondOrder.ApplyMany(w, _result, vectors.ToArray(), results);
            else
                SecondOrder.ApplyMany(w, _result, vectors, results);
        }
        finally
        {
            w.Return();
        }
    }

    public override void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients) =>
        TaylorSweep.Run(_recording!, _result, path, derivatives, gradients);

    public override bool TryBoundRounding(Span<double> gradientErrors, out double valueError)
    {
        valueError = double.NaN;
        if (_recording!.SlotCount > MostSlotsToBound)
            return false;
        Interpreter<Rounded> machine = new(_recording);
        for (int i = 0; i < _recording.InputCount; i++)
            machine.Values[i] = Rounded.Constant(_recording.Values[i]);
        try
        {
            machine.Forward();
            machine.Adjoints[_result] = Rounded.Constant(1);
            machine.Reverse();
        }
        catch (NotSupportedException)
        {
            return false;
        }
        for (int i = 0; i < gradientErrors.Length; i++)
            gradientErrors[i] = machine.Adjoints[i].Error;
        valueError = machine.Values[_result].Error;
        return true;
    }

    public override void Release()
    {
        RecordingPool.Return(_recording!);
        _recording = null;
        _adjoints.Release();
    }
}

/// <summary>A function that does not depend on its inputs.</summary>
internal sealed class ConstantLinearization(double value, int operationCount) : Linearization
{
    public override double Value => value;

    public override int OperationCount => operationCount;

    public override void Multiply(ReadOnlySpan<double> vectors, Span<double> results) => results.Clear();

    public override void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients) => derivatives[0] = value;

    public override bool TryBoundRounding(Span<double> gradientErrors, out double valueError)
    {
        gradientErrors.Clear();
        valueError = 0;
        return true;
    }

    public override void Release()
    {
    }
}
