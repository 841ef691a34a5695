using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>A function F from ℝⁿ to ℝᵐ, given as a C# lambda over array variables, and its exact first derivatives.</summary>
/// <remarks>
/// The lambda runs anew at every point. Safe to use from many threads at once if the lambda is. At kinks the derivatives follow
/// docs/nonsmooth.md. The members that take a <see cref="VarVector"/> record into the caller's recording and are differentiable by it.
/// </remarks>
public sealed class VectorFunction
{
    private readonly Func<VarVector, VarVector> _function;

    private VectorFunction(Func<VarVector, VarVector> function) => _function = function;

    /// <summary>The vector function that <paramref name="function"/> computes.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    public static VectorFunction Of(Func<VarVector, VarVector> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new VectorFunction(function);
    }

    /// <summary>F(x), recorded into the recording that <paramref name="x"/> belongs to.</summary>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public VarVector Value(VarVector x) => _function(x);

    /// <summary>∂F(x)·v, recorded into the recording under way, hence differentiable by the caller.</summary>
    /// <remarks>Cost: the recording of F and of its adjoint twice over, array operation by array operation.</remarks>
    /// <exception cref="ShapeMismatchException"><paramref name="x"/> and <paramref name="v"/> differ in length.</exception>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public VarVector Jvp(VarVector x, VarVector v)
    {
        v.Live(nameof(Jvp));
        if (x.Length != v.Length)
            throw new ShapeMismatchException($"Jvp: the point has {x.Length} elements and the direction {v.Length}.");
        return Nested.Begin(x, nameof(Jvp)) is { } nested ? nested.Jvp(_function(nested.Inputs), v) : Jvp(x.View.Expand(), v.View.Expand());
    }

    /// <summary>∂F(x)ᵀ·u, recorded into the recording under way, hence differentiable by the caller.</summary>
    /// <remarks>Cost: the recording of F and of its adjoint, array operation by array operation.</remarks>
    /// <exception cref="ShapeMismatchException"><paramref name="u"/> has not F's length.</exception>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public VarVector Vjp(VarVector x, VarVector u)
    {
        u.Live(nameof(Vjp));
        if (Nested.Begin(x, nameof(Vjp)) is not { } nested)
            return Vjp(x.View.Expand(), u.View.Expand());
        VarVector y = _function(nested.Inputs);
        CheckSeed(y.Length, u.Length);
        return nested.Vjp(y, u);
    }

    /// <summary>F(x).</summary>
    public double[] Value(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            return Evaluate(recorder).View.Expand().ToArray();
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>∂F(x)·v, by one tangent sweep.</summary>
    /// <exception cref="ShapeMismatchException"><paramref name="x"/> and <paramref name="v"/> differ in length.</exception>
    public unsafe double[] Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        if (x.Length != v.Length)
            throw new ShapeMismatchException($"Jvp: the point has {x.Length} elements and the direction {v.Length}.");
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector y = Evaluate(recorder);
            double[] result = new double[y.Length];
            if (y.IsConstant)
                return result;
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                Tangents.Run(w, v, y.View.Slot, y.Length);
                new ReadOnlySpan<double>(w.Dots + y.View.Slot, y.Length).CopyTo(result);
                return result;
            }
            finally
            {
                w.Return();
            }
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>∂F(x)ᵀ·u, by one adjoint sweep.</summary>
    /// <exception cref="ShapeMismatchException"><paramref name="u"/> has not F's length.</exception>
    public unsafe double[] Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> u)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector y = Evaluate(recorder);
            CheckSeed(y.Length, u.Length);
            double[] result = new double[x.Length];
            if (y.IsConstant)
                return result;
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                Adjoints.Run(w, y.View.Slot, u);
                new ReadOnlySpan<double>(w.Bars, x.Length).CopyTo(result);
                return result;
            }
            finally
            {
                w.Return();
            }
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>The Jacobian ∂F(x), m × n, by tangent sweeps of eight columns or adjoint sweeps of one row each, whichever are fewer in
    /// cost.</summary>
    public unsafe double[,] Jacobian(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector y = Evaluate(recorder);
            double[,] jacobian = new double[y.Length, x.Length];
            if (y.IsConstant || jacobian.Length == 0)
                return jacobian;
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                if (JacobianSweeps.PrefersForward(x.Length, y.Length))
                    JacobianSweeps.Forward(w, y.View.Slot, jacobian);
                else
                    JacobianSweeps.Reverse(w, y.View.Slot, jacobian);
                return jacobian;
            }
            finally
            {
                w.Return();
            }
        }
        finally
        {
            recorder.End();
        }
    }

    private VarVector Evaluate(Recorder recorder)
    {
        VarVector y = _function(recorder.Inputs);
        y.Live("The lambda's result");
        return y;
    }

    private static void CheckSeed(int length, int seed)
    {
        if (length != seed)
            throw new ShapeMismatchException($"Vjp: the function has {length} results and the seed {seed} elements.");
    }
}
