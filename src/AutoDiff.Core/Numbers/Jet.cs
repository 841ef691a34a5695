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
            : new(y, TRule.IsSelection ? T.ShareProduct(TRule.First(x.Primal, y), x.Tangent)
                : T.LiveProduct(TRule.First(x.Primal, y), x.Tangent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Jet<T> Apply<TRule>(Jet<T> x, Jet<T> y) where TRule : struct, IBinaryRule<TRule>
    {
        T z = T.Apply<TRule>(x.Primal, y.Primal);
        return TRule.IsFlat
            ? Constant(z)
            : TRule.IsSelection
            ? new(z, T.ShareProduct(TRule.FirstX(x.Primal, y.Primal, z), x.Tangent)
                + T.ShareProduct(TRule.FirstY(x.Primal, y.Primal, z), y.Tangent))
            : new(z, T.LiveProduct(TRule.FirstX(x.Primal, y.Primal, z), x.Tangent)
                + T.LiveProduct(TRule.FirstY(x.Primal, y.Primal, z), y.Tangent));
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
        new(x.Primal * y.Primal, T.LiveProduct(y.Primal, x.Tangent) + T.LiveProduct(x.Primal, y.Tangent));

    public static Jet<T> operator *(Jet<T> x, double c) => new(x.Primal * c, T.ShareProduct(T.Constant(c), x.Tangent));

    public static Jet<T> operator *(double c, Jet<T> x) => x * c;

    public static Jet<T> FusedMultiplyAdd(Jet<T> x, Jet<T> y, Jet<T> z) =>
        new(T.FusedMultiplyAdd(x.Primal, y.Primal, z.Primal),
            T.LiveProduct(y.Primal, x.Tangent) + T.LiveProduct(x.Primal, y.Tangent) + z.Tangent);

    // Where a rule says so every zero is absolute.
    public static Jet<T> AbsoluteProduct(Jet<T> x, Jet<T> y) =>
        new(T.AbsoluteProduct(x.Primal, y.Primal), T.AbsoluteProduct(x.Tangent, y.Primal) + T.AbsoluteProduct(x.Primal, y.Tangent));

    static Jet<T> IScalar<Jet<T>>.LiveProduct(Jet<T> partial, Jet<T> derivative) =>
        new(T.LiveProduct(partial.Primal, derivative.Primal),
            T.MarkedProduct(partial.Tangent, derivative.Primal) + T.LiveProduct(partial.Primal, derivative.Tangent));

    static Jet<T> IScalar<Jet<T>>.ShareProduct(Jet<T> partial, Jet<T> derivative) =>
        new(T.ShareProduct(partial.Primal, derivative.Primal),
            T.MarkedProduct(partial.Tangent, derivative.Primal) + T.ShareProduct(partial.Primal, derivative.Tangent));

    static Jet<T> IScalar<Jet<T>>.SlopeProduct(Jet<T> partial, Jet<T> derivative) =>
        new(T.SlopeProduct(partial.Primal, derivative.Primal),
            T.MarkedProduct(partial.Tangent, derivative.Primal) + T.LiveProduct(partial.Primal, derivative.Tangent));

    static Jet<T> IScalar<Jet<T>>.MarkedProduct(Jet<T> x, Jet<T> y) =>
        new(T.MarkedProduct(x.Primal, y.Primal), T.MarkedProduct(x.Tangent, y.Primal) + T.MarkedProduct(x.Primal, y.Tangent));

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
