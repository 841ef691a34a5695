using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>
/// A component of a dual number (a <see cref="double"/>, a dual number of the enclosing level, a <see cref="Var"/>) as a number of the
/// rules' algebra. It is what lets <see cref="Dual{T}"/> be a <see cref="Jet{T}"/> although <see cref="double"/> can be given no interface.
/// </summary>
internal readonly unsafe struct Scalar<T>(T value) : IScalar<Scalar<T>> where T : struct, INumber<T>, IMultiplyOperators<T, double, T>
{
    public readonly T Value = value;

    public static bool IsSupported => typeof(T) == typeof(double) || (object)default(T) is IComponent<T>;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Constant(double value) =>
        new(typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Apply<TRule>(Scalar<T> x) where TRule : struct, IUnaryRule<TRule> =>
        new(typeof(T) == typeof(double) ? Number(TRule.Value(Bare(x))) : ComponentRule<T, TRule>.Apply(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Apply<TRule>(Scalar<T> x, Scalar<T> y) where TRule : struct, IBinaryRule<TRule> =>
        new(typeof(T) == typeof(double) ? Number(TRule.Value(Bare(x), Bare(y))) : ComponentBinaryRule<T, TRule>.Apply(x.Value, y.Value));

    // The commonest nesting, two levels over double, is called directly: a pointer cannot be inlined, and products are most of the work.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> AbsoluteProduct(Scalar<T> x, Scalar<T> y)
    {
        if (typeof(T) == typeof(double))
            return new(Number(Rules.AbsoluteProduct.Value(Bare(x), Bare(y))));
        if (typeof(T) == typeof(Dual<double>))
            return Unsafe.BitCast<Dual<double>, Scalar<T>>(
                Dual<double>.AbsoluteProduct(Unsafe.BitCast<Scalar<T>, Dual<double>>(x), Unsafe.BitCast<Scalar<T>, Dual<double>>(y)));
        return new(Component<T>.AbsoluteProduct(x.Value, y.Value));
    }

    // Of derivatives: a structural zero is −0 (see Zeros).

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> ChainProduct(PartialKind kind, Scalar<T> partial, Scalar<T> derivative)
    {
        if (typeof(T) == typeof(double))
            return new(Number(Zeros.Product(kind, Bare(partial), Bare(derivative))));
        if (typeof(T) == typeof(Dual<double>))
            return Unsafe.BitCast<Dual<double>, Scalar<T>>(Dual<double>.ChainProduct(
                kind, Unsafe.BitCast<Scalar<T>, Dual<double>>(partial), Unsafe.BitCast<Scalar<T>, Dual<double>>(derivative)));
        return new(Component<T>.ChainProduct(kind, partial.Value, derivative.Value));
    }

    /// <inheritdoc cref="Zeros.Slope"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Slope(Scalar<T> slope, Scalar<T> x, Scalar<T> y, long level) =>
        typeof(T) == typeof(double) && !Level.IsAtInfinity(level) ? new(Number(Zeros.Slope(Bare(slope), Bare(x), Bare(y)))) : slope;

    /// <summary>x′ / y of a derivative x′.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> LiveQuotient(Scalar<T> derivative, Scalar<T> y) => new(typeof(T) == typeof(double)
        ? Number(Zeros.Quotient(Bare(derivative), Bare(y)))
        : ComponentBinaryRule<T, LiveQuotient>.Apply(derivative.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Negative(Scalar<T> derivative)
    {
        if (typeof(T) == typeof(double))
            return new(Number(Zeros.Negative(Bare(derivative))));
        if (typeof(T) == typeof(Dual<double>))
            return Unsafe.BitCast<Dual<double>, Scalar<T>>(Dual<double>.Negative(Unsafe.BitCast<Scalar<T>, Dual<double>>(derivative)));
        return ChainProduct(PartialKind.Live, Constant(-1), derivative);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Difference(Scalar<T> x, Scalar<T> y) =>
        typeof(T) == typeof(double) ? new(Number(Zeros.Difference(Bare(x), Bare(y)))) : x + Negative(y);

    /// <summary>The tangent of a constant.</summary>
    public static Scalar<T> None
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Constant(Zeros.Structural);
    }

    /// <summary>Whether a number depends on a variable of its level or of one around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsVariable(Scalar<T> x) => typeof(T) != typeof(double) && Component<T>.IsVariable(x.Value);

    /// <summary>A derivative as a number for users, to whom zeros are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forget(Scalar<T> derivative) => typeof(T) == typeof(double) ? Number(Zeros.Live(Bare(derivative))) : derivative.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> AbsoluteQuotient(Scalar<T> x, Scalar<T> y) =>
        new(typeof(T) == typeof(double)
            ? Number(Rules.AbsoluteQuotient.Value(Bare(x), Bare(y)))
            : ComponentBinaryRule<T, AbsoluteQuotient>.Apply(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> FusedMultiplyAdd(Scalar<T> x, Scalar<T> y, Scalar<T> z) =>
        new(typeof(T) == typeof(double)
            ? Number(Math.FusedMultiplyAdd(Bare(x), Bare(y), Bare(z)))
            : Component<T>.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    public static Scalar<T> operator +(Scalar<T> x, Scalar<T> y) => new(x.Value + y.Value);

    public static Scalar<T> operator -(Scalar<T> x, Scalar<T> y) => new(x.Value - y.Value);

    public static Scalar<T> operator *(Scalar<T> x, Scalar<T> y) => new(x.Value * y.Value);

    public static Scalar<T> operator /(Scalar<T> x, Scalar<T> y) => new(x.Value / y.Value);

    public static Scalar<T> operator -(Scalar<T> x) => new(-x.Value);

    public static Scalar<T> operator +(Scalar<T> x, double c) => x + Constant(c);

    public static Scalar<T> operator -(Scalar<T> x, double c) => x - Constant(c);

    public static Scalar<T> operator *(Scalar<T> x, double c) => new(x.Value * c);

    public static Scalar<T> operator /(Scalar<T> x, double c) => x / Constant(c);

    public static Scalar<T> operator +(double c, Scalar<T> x) => Constant(c) + x;

    public static Scalar<T> operator -(double c, Scalar<T> x) => Constant(c) - x;

    public static Scalar<T> operator *(double c, Scalar<T> x) => new(x.Value * c);

    public static Scalar<T> operator /(double c, Scalar<T> x) => Constant(c) / x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bare(Scalar<T> x) => Unsafe.BitCast<T, double>(x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Number(double value) => Unsafe.BitCast<double, T>(value);
}
