using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A dual number over the rules' algebra: primal + tangent·ε with ε² = 0. Differentiates a rule's derivative where no closed form is given,
/// and turns the reverse sweep of the reference interpreter into Pearlmutter's R operator.
/// </summary>
internal readonly struct Jet<T>(T primal, T tangent) : IScalar<Jet<T>> where T : struct, IScalar<T>
{
    public readonly T Primal = primal;
    public readonly T Tangent = tangent;

    public static Jet<T> Constant(double value) => new(T.Constant(value), T.Constant(Zeros.Structural));

    static Jet<T> IScalar<Jet<T>>.Undefined => new(T.Undefined, T.Undefined);

    static Jet<T> IScalar<Jet<T>>.Undecided => new(T.Undecided, T.Undefined);

    static double IScalar<Jet<T>>.Primal(Jet<T> x) => T.Primal(x.Primal);

    static void IScalar<Jet<T>>.Evaluate(ArrayFunction function, ReadOnlySpan<Jet<T>> x, Span<Jet<T>> y) =>
        CustomRules.Evaluate(function, x, y);

    public static Jet<T> Constant(T value) => new(value, T.Constant(Zeros.Structural));

    public static Jet<T> Variable(T value) => new(value, T.Constant(1));

    // Chain rule.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Jet<T> Apply<TRule>(Jet<T> x) where TRule : struct, IUnaryRule<TRule>
    {
        T y = T.Apply<TRule>(x.Primal);
        return TRule.IsFlat ? Constant(y)
            : new(y, T.ChainProduct(TRule.IsSelection ? PartialKind.Share : PartialKind.Live, TRule.First(x.Primal, y), x.Tangent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Jet<T> Apply<TRule>(Jet<T> x, Jet<T> y) where TRule : struct, IBinaryRule<TRule>
    {
        T z = T.Apply<TRule>(x.Primal, y.Primal);
        return TRule.IsFlat
            ? Constant(z)
            : new(z, T.ChainProduct(PartialKinds<TRule>.X(true), TRule.FirstX(x.Primal, y.Primal, z), x.Tangent)
                + T.ChainProduct(PartialKinds<TRule>.Y(true), TRule.FirstY(x.Primal, y.Primal, z), y.Tangent));
    }

    // Sum rule.
    public static Jet<T> operator +(Jet<T> x, Jet<T> y) => new(x.Primal + y.Primal, x.Tangent + y.Tangent);

    public static Jet<T> operator -(Jet<T> x, Jet<T> y) => new(x.Primal - y.Primal, x.Tangent - y.Tangent);

    public static Jet<T> operator -(Jet<T> x) => new(-x.Primal, -x.Tangent);

    public static Jet<T> operator +(Jet<T> x, double c) => new(x.Primal + c, x.Tangent);

    public static Jet<T> operator -(Jet<T> x, double c) => new(x.Primal - c, x.Tangent);

    public static Jet<T> operator +(double c, Jet<T> x) => new(c + x.Primal, x.Tangent);

    public static Jet<T> operator -(double c, Jet<T> x) => new(c - x.Primal, -x.Tangent);

    // Product rule.
    public static Jet<T> operator *(Jet<T> x, Jet<T> y) =>
        new(x.Primal * y.Primal, T.ChainProduct(PartialKind.Live, y.Primal, x.Tangent)
            + T.ChainProduct(PartialKind.Live, x.Primal, y.Tangent));

    public static Jet<T> operator *(Jet<T> x, double c) => new(x.Primal * c, T.ChainProduct(PartialKind.Share, T.Constant(c), x.Tangent));

    public static Jet<T> operator *(double c, Jet<T> x) => x * c;

    public static Jet<T> FusedMultiplyAdd(Jet<T> x, Jet<T> y, Jet<T> z) =>
        new(T.FusedMultiplyAdd(x.Primal, y.Primal, z.Primal),
            T.ChainProduct(PartialKind.Live, y.Primal, x.Tangent) + T.ChainProduct(PartialKind.Live, x.Primal, y.Tangent) + z.Tangent);

    // Where a rule says so every zero is absolute.
    public static Jet<T> AbsoluteProduct(Jet<T> x, Jet<T> y) =>
        new(T.AbsoluteProduct(x.Primal, y.Primal), T.AbsoluteProduct(x.Tangent, y.Primal) + T.AbsoluteProduct(x.Primal, y.Tangent));

    static Jet<T> IScalar<Jet<T>>.ChainProduct(PartialKind kind, Jet<T> partial, Jet<T> derivative) =>
        new(T.ChainProduct(kind, partial.Primal, derivative.Primal),
            T.ChainProduct(PartialKind.Derivative, partial.Tangent, derivative.Primal)
                + T.ChainProduct(kind, partial.Primal, derivative.Tangent));

    // Quotient rule.
    public static Jet<T> operator /(Jet<T> x, Jet<T> y)
    {
        T z = x.Primal / y.Primal;
        return new(z, T.AbsoluteQuotient(x.Tangent - T.AbsoluteProduct(z, y.Tangent), y.Primal));
    }

    public static Jet<T> operator /(Jet<T> x, double c) => new(x.Primal / c, T.AbsoluteQuotient(x.Tangent, T.Constant(c)));

    public static Jet<T> operator /(double c, Jet<T> x)
    {
        T z = c / x.Primal;
        return new(z, -T.AbsoluteQuotient(T.AbsoluteProduct(z, x.Tangent), x.Primal));
    }
}
