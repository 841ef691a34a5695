using System.Buffers;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// An array primitive of your own, y = F(x) from ℝⁿ to ℝᵐ: a solver, a quadrature, a call into a native library. <see cref="Apply"/>
/// records it as one instruction.
/// </summary>
/// <remarks>
/// <para>Derivatives come from the interfaces that the class also implements. Either of <see cref="IArrayJvp"/> and
/// <see cref="IArrayVjp"/>, written over <see cref="VarVector"/>s, is enough for everything: gradients, Hessian-vector products, Jacobians,
/// nested differentiation. The engine transposes the one into the other and differentiates it again. The numeric <see cref="INumericJvp"/>,
/// <see cref="INumericVjp"/> and <see cref="INumericVjpTangent"/> serve where speed or a foreign library asks for plain numbers; tangents,
/// gradients and Hessian-vector products use the one each that they need. What is missing throws a <see cref="MissingRuleException"/> that
/// names it; finite differences never step in.</para>
/// <para>Members must be pure: the same numbers for the same arguments, on any thread. They run outside the caller's recording, so a
/// variable of it that they captured throws an <see cref="EscapedDependenceException"/>; pass it in with x. Their exceptions pass through
/// unchanged; where a lambda catches one, its recording holds for that point only.</para>
/// <para>An elementwise function is simpler as an <see cref="IUnaryRule{TSelf}"/> or <see cref="IBinaryRule{TSelf}"/>.</para>
/// </remarks>
public abstract class ArrayFunction
{
    /// <summary>The name in messages; by default the type's.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The number of results for <paramref name="inputLength"/> arguments; throw if there cannot be so many.</summary>
    public abstract int OutputLength(int inputLength);

    /// <summary>Writes F(x) to <paramref name="y"/>, which holds zeros.</summary>
    public abstract void Value(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>F(x), recorded as one instruction; a constant if x is.</summary>
    /// <exception cref="VariableException">x's recording has ended, is another's, or is another thread's.</exception>
    /// <exception cref="ShapeMismatchException"><see cref="OutputLength"/> is negative.</exception>
    public VarVector Apply(VarVector x)
    {
        Recorder? recorder = x.Live(Name);
        try
        {
            int length = OutputLength(x.Length);
            if (length < 0)
                throw new ShapeMismatchException($"{Name}: OutputLength({x.Length}) is {length}.");
            return recorder is null ? Constant(x, length) : Record(recorder, x, length);
        }
        catch (Exception e)
        {
            recorder?.MarkFailed($"The array function {Name}", e);
            throw;
        }
    }

    private double[] Constant(VarVector x, int length)
    {
        double[] y = new double[length];
        Evaluate(x.View.Expand(), y);
        return y;
    }

    private VarVector Record(Recorder recorder, VarVector x, int length)
    {
        recorder.Kinks?.Opaque.Add(Name);
        // Into memory of its own first: where Value throws and the lambda catches, nothing has been recorded.
        double[] y = ArrayPool<double>.Shared.Rent(length);
        try
        {
            Evaluate(x.View.Numbers, y.AsSpan(0, length));
            return CustomOperation.Record(recorder, this, x, y.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(y);
        }
    }

    /// <summary>F in plain numbers, shielded from the recording under way.</summary>
    internal void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        using Shield shield = Shield.Raise();
        y.Clear();
        Value(x, y);
    }
}
