using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Arithmetic: the level is checked here. Operators with double spare the second of two implicit conversions.
public readonly partial struct Dual<T>
{
    /// <summary>x itself.</summary>
    public static Dual<T> operator +(Dual<T> x) => x;

    /// <summary>−x.</summary>
    public static Dual<T> operator -(Dual<T> x) => new(new(-x._jet.Primal, Scalar<T>.Negative(x._jet.Tangent)), x._level);

    /// <summary>x + y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator +(Dual<T> x, Dual<T> y) => new(x._jet + y._jet, Level.Join(x._level, y._level));

    /// <summary>x − y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator -(Dual<T> x, Dual<T> y) =>
        new(new(x._jet.Primal - y._jet.Primal, Scalar<T>.Difference(x._jet.Tangent, y._jet.Tangent)), Level.Join(x._level, y._level));

    /// <summary>x · y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator *(Dual<T> x, Dual<T> y) =>
        new(new(x._jet.Primal * y._jet.Primal, Scaled(x._jet.Tangent, y) + Scaled(y._jet.Tangent, x)), Level.Join(x._level, y._level));

    /// <summary>x / y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator /(Dual<T> x, Dual<T> y)
    {
        Scalar<T> z = x._jet.Primal / y._jet.Primal;
        Scalar<T> numerator = Scalar<T>.Difference(x._jet.Tangent, Scalar<T>.ChainProduct(PartialKind.Live, z, y._jet.Tangent));
        return new(new(z, Scalar<T>.LiveQuotient(numerator, y._jet.Primal)), Level.Join(x._level, y._level));
    }

    /// <summary>The remainder x − y·trunc(x / y).</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator %(Dual<T> x, Dual<T> y) => Apply<Remainder>(x, y);

    /// <inheritdoc/>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> AbsoluteProduct(Dual<T> x, Dual<T> y)
    {
        (Jet<Scalar<T>> a, Jet<Scalar<T>> b) = (x._jet, y._jet);
        Scalar<T> tangent = Scalar<T>.AbsoluteProduct(a.Tangent, b.Primal) + Scalar<T>.AbsoluteProduct(a.Primal, b.Tangent);
        return new(new(Scalar<T>.AbsoluteProduct(a.Primal, b.Primal), tangent), Level.Join(x._level, y._level));
    }

    /// <inheritdoc/>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> FusedMultiplyAdd(Dual<T> x, Dual<T> y, Dual<T> z) =>
        new(new(Scalar<T>.FusedMultiplyAdd(x._jet.Primal, y._jet.Primal, z._jet.Primal), Scaled(x._jet.Tangent, y)
            + Scaled(y._jet.Tangent, x) + z._jet.Tangent), Level.Join(Level.Join(x._level, y._level), z._level));

    // A partial times a derivative, as the tangents of an outer level are; its zeros tell whether they are structural (see Zeros).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Dual<T> ChainProduct(PartialKind kind, Dual<T> partial, Dual<T> derivative)
    {
        (Jet<Scalar<T>> a, Jet<Scalar<T>> b) = (partial._jet, derivative._jet);
        Scalar<T> tangent = Scalar<T>.ChainProduct(PartialKind.Derivative, a.Tangent, b.Primal)
            + Scalar<T>.ChainProduct(kind, a.Primal, b.Tangent);
        return new(new(Scalar<T>.ChainProduct(kind, a.Primal, b.Primal), tangent), Level.Join(partial._level, derivative._level));
    }

    // −x of a derivative, whose parts keep their marks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Dual<T> Negative(Dual<T> derivative) =>
        new(new(Scalar<T>.Negative(derivative._jet.Primal), Scalar<T>.Negative(derivative._jet.Tangent)), derivative._level);

    // A tangent times a factor, whose zero is structural if it depends on no variable of any level.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Scalar<T> Scaled(Scalar<T> tangent, Dual<T> factor) =>
        Scalar<T>.ChainProduct(MayVary(factor) ? PartialKind.Live : PartialKind.Share, factor._jet.Primal, tangent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Scalar<T> Scaled(Scalar<T> tangent, double factor) =>
        Scalar<T>.ChainProduct(PartialKind.Share, Scalar<T>.Constant(factor), tangent);

    /// <summary>x + c.</summary>
    public static Dual<T> operator +(Dual<T> x, double c) => new(x._jet + c, x._level);

    /// <summary>x − c.</summary>
    public static Dual<T> operator -(Dual<T> x, double c) => new(x._jet - c, x._level);

    /// <summary>x · c.</summary>
    public static Dual<T> operator *(Dual<T> x, double c) => new(new(x._jet.Primal * c, Scaled(x._jet.Tangent, c)), x._level);

    /// <summary>x / c.</summary>
    public static Dual<T> operator /(Dual<T> x, double c) =>
        new(new(x._jet.Primal / c, Scalar<T>.LiveQuotient(x._jet.Tangent, Scalar<T>.Constant(c))), x._level);

    /// <summary>The remainder x − c·trunc(x / c).</summary>
    public static Dual<T> operator %(Dual<T> x, double c) => x % Constant(c);

    /// <summary>c + x.</summary>
    public static Dual<T> operator +(double c, Dual<T> x) => new(c + x._jet, x._level);

    /// <summary>c − x.</summary>
    public static Dual<T> operator -(double c, Dual<T> x) => new(new(c - x._jet.Primal, Scalar<T>.Negative(x._jet.Tangent)), x._level);

    /// <summary>c · x.</summary>
    public static Dual<T> operator *(double c, Dual<T> x) => x * c;

    /// <summary>c / x.</summary>
    public static Dual<T> operator /(double c, Dual<T> x) => Constant(c) / x;

    /// <summary>The remainder c − x·trunc(c / x).</summary>
    public static Dual<T> operator %(double c, Dual<T> x) => Constant(c) % x;

    /// <summary>x + 1.</summary>
    public static Dual<T> operator ++(Dual<T> x) => x + 1;

    /// <summary>x − 1.</summary>
    public static Dual<T> operator --(Dual<T> x) => x - 1;
}
