using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>A function F from ℝⁿ to ℝᵐ, given as a C# lambda over array variables, and its exact first derivatives.</summary>
/// <remarks>
/// The lambda runs anew at every point; <see cref="At"/> keeps what it did at one point for many products with the Jacobian, and <see
/// cref="Compile"/> repeats it at others. Safe to use from many threads at once if the lambda is. At kinks the derivatives follow
/// docs/nonsmooth.md. The members that take a <see cref="VarVector"/> record into the caller's recording and are differentiable by it.
/// </remarks>
public abstract class VectorFunction
{
    /// <summary>The vector function that <paramref name="function"/> computes.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    public static VectorFunction Of(Func<VarVector, VarVector> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new LambdaVectorFunction(function);
    }

    /// <summary>F(x), recorded into the recording that <paramref name="x"/> belongs to.</summary>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public abstract VarVector Value(VarVector x);

    /// <summary>
    /// The same function, which from now on repeats what the lambda did at <paramref name="x"/> instead of running it: the promise is that
    /// only the point and declared parameters (<see cref="Data"/>) change between calls. All members are there; those that take numbers are
    /// faster.
    /// </summary>
    /// <remarks>Comparisons, captured numbers, rounding, memory and safety as for <see cref="Objective.Compile"/>. Cost: one run of the
    /// lambda, and some 100 ns for each operation on scalars or elements.</remarks>
    /// <exception cref="NotReplayableException">At <paramref name="x"/> a value left the recording (<see cref="Var.Value"/>, a
    /// conversion) or decided what was recorded; the message names it.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual VectorFunction Compile(ReadOnlySpan<double> x, CompileOptions? options = null) =>
        new CompiledVectorFunction(this, x, options ?? new());

    /// <summary>Verifies what can be verified at <paramref name="x"/>, and returns if all is well: see
    /// <see cref="Objective.Check"/>.</summary>
    /// <exception cref="NotReplayableException">The lambda does not keep the promise; the message says how.</exception>
    /// <exception cref="InvalidOperationException">A constant array changed after the lambda had used it, or since it was
    /// compiled.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual void Check(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        Program? first = Program.Record(this, x, out string? reason), second = first is null ? null : Program.Record(this, x, out reason);
        Program.CheckSame(first, second, reason);
    }

    /// <summary>∂F(x)·v, recorded into the recording under way, hence differentiable by the caller.</summary>
    /// <remarks>Cost: the recording of F and of its adjoint twice over, array operation by array operation.</remarks>
    /// <exception cref="ShapeMismatchException"><paramref name="x"/> and <paramref name="v"/> differ in length.</exception>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public VarVector Jvp(VarVector x, VarVector v)
    {
        v.Live(nameof(Jvp));
        if (x.Length != v.Length)
            throw new ShapeMismatchException($"Jvp: the point has {x.Length} elements and the direction {v.Length}.");
        return Nested.Begin(x, nameof(Jvp)) is { } nested ? nested.Jvp(Value(nested.Inputs), v) : Jvp(x.View.Expand(), v.View.Expand());
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
        VarVector y = Value(nested.Inputs);
        CheckSeed(y.Length, u.Length);
        return nested.Vjp(y, u);
    }

    /// <summary>F and its Jacobian at <paramref name="x"/>, for many products with it or its transpose. Dispose of it when done.</summary>
    /// <remarks>Cost: one recorded run of the lambda.</remarks>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public JacobianOperator At(ReadOnlySpan<double> x) => new(Linearize(x));

    /// <summary>F(x).</summary>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public double[] Value(ReadOnlySpan<double> x)
    {
        VectorLinearization f = Linearize(x);
        try
        {
            double[] values = new double[f.Outputs];
            f.CopyValues(values);
            return values;
        }
        finally
        {
            f.Release();
        }
    }

    /// <summary>∂F(x)·v, by one tangent sweep.</summary>
    /// <exception cref="ShapeMismatchException"><paramref name="x"/> and <paramref name="v"/> differ in length.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public double[] Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        if (x.Length != v.Length)
            throw new ShapeMismatchException($"Jvp: the point has {x.Length} elements and the direction {v.Length}.");
        VectorLinearization f = Linearize(x);
        try
        {
            double[] product = new double[f.Outputs];
            f.Push(v, product);
            return product;
        }
        finally
        {
            f.Release();
        }
    }

    /// <summary>∂F(x)ᵀ·u, by one adjoint sweep.</summary>
    /// <exception cref="ShapeMismatchException"><paramref name="u"/> has not F's length.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public double[] Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> u)
    {
        VectorLinearization f = Linearize(x);
        try
        {
            CheckSeed(f.Outputs, u.Length);
            double[] product = new double[x.Length];
            f.Pull(u, product);
            return product;
        }
        finally
        {
            f.Release();
        }
    }

    /// <summary>The Jacobian ∂F(x), m × n, by tangent sweeps of eight columns or adjoint sweeps of one row each, whichever are fewer in
    /// cost.</summary>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public double[,] Jacobian(ReadOnlySpan<double> x)
    {
        VectorLinearization f = Linearize(x);
        try
        {
            double[,] jacobian = new double[f.Outputs, f.Inputs];
            if (jacobian.Length > 0)
                f.CopyJacobian(MemoryMarshal.CreateSpan(ref jacobian[0, 0], jacobian.Length));
            return jacobian;
        }
        finally
        {
            f.Release();
        }
    }

    /// <summary>What is kept of F at <paramref name="x"/>.</summary>
    internal virtual VectorLinearization Linearize(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector y = Evaluate(recorder);
            return y.IsConstant
                ? new ConstantVectorLinearization(x.Length, y.View.Expand().ToArray())
                : new SweptVectorLinearization(recorder.Seal(), y.View.Slot, y.Length);
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Runs the function into a recorder that has just begun, and checks that its result belongs there.</summary>
    internal VarVector Evaluate(Recorder recorder)
    {
        VarVector y = Value(recorder.Inputs);
        y.Live("The lambda's result");
        return y;
    }

    private static void CheckSeed(int length, int seed)
    {
        if (length != seed)
            throw new ShapeMismatchException($"Vjp: the function has {length} results and the seed {seed} elements.");
    }
}
