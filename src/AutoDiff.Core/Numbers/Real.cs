using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>
/// A <see cref="double"/> as a number of the rules' algebra. It exists because <see cref="double"/> cannot be given an interface;
/// the compiler reduces it to the bare number. Immutable; safe to share between threads.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Real(double Value) : IScalar<Real>
{
    /// <inheritdoc/>
    public static Real Constant(double value) => new(value);

    static double IScalar<Real>.Primal(Real x) => x.Value;

    static void IScalar<Real>.Evaluate(ArrayFunction function, ReadOnlySpan<Real> x, Span<Real> y) =>
        function.Evaluate(MemoryMarshal.Cast<Real, double>(x), MemoryMarshal.Cast<Real, double>(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Real Apply<TRule>(Real x) where TRule : struct, IUnaryRule<TRule> => new(TRule.Value(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Real Apply<TRule>(Real x, Real y) where TRule : struct, IBinaryRule<TRule> => new(TRule.Value(x.Value, y.Value));

    /// <inheritdoc/>
    public static Real FusedMultiplyAdd(Real x, Real y, Real z) => new(Math.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    /// <inheritdoc/>
    public static Real operator +(Real x, Real y) => new(x.Value + y.Value);

    /// <inheritdoc/>
    public static Real operator -(Real x, Real y) => new(x.Value - y.Value);

    /// <inheritdoc/>
    public static Real operator *(Real x, Real y) => new(x.Value * y.Value);

    /// <inheritdoc/>
    public static Real operator /(Real x, Real y) => new(x.Value / y.Value);

    /// <inheritdoc/>
    public static Real operator -(Real x) => new(-x.Value);

    /// <inheritdoc/>
    public static Real operator +(Real x, double c) => new(x.Value + c);

    /// <inheritdoc/>
    public static Real operator -(Real x, double c) => new(x.Value - c);

    /// <inheritdoc/>
    public static Real operator *(Real x, double c) => new(x.Value * c);

    /// <inheritdoc/>
    public static Real operator /(Real x, double c) => new(x.Value / c);

    /// <inheritdoc/>
    public static Real operator +(double c, Real x) => new(c + x.Value);

    /// <inheritdoc/>
    public static Real operator -(double c, Real x) => new(c - x.Value);

    /// <inheritdoc/>
    public static Real operator *(double c, Real x) => new(c * x.Value);

    /// <inheritdoc/>
    public static Real operator /(double c, Real x) => new(c / x.Value);

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(Real), PrintMembers);
}
