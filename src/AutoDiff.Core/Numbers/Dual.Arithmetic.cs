using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Arithmetic: the rules are Jet's, the level is checked here. Operators with double spare the second of two implicit conversions.
public readonly partial struct Dual<T>
{
    /// <summary>x itself.</summary>
    public static Dual<T> operator +(Dual<T> x) => x;

    /// <summary>−x.</summary>
    public static Dual<T> operator -(Dual<T> x) => new(-x._jet, x._level);

    /// <summary>x + y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator +(Dual<T> x, Dual<T> y) => new(x._jet + y._jet, Level.Join(x._level, y._level));

    /// <summary>x − y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator -(Dual<T> x, Dual<T> y) => new(x._jet - y._jet, Level.Join(x._level, y._level));

    /// <summary>x · y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator *(Dual<T> x, Dual<T> y) => new(x._jet * y._jet, Level.Join(x._level, y._level));

    /// <summary>x / y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static Dual<T> operator /(Dual<T> x, Dual<T> y) => new(x._jet / y._jet, Level.Join(x._level, y._level));

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
        new(Jet<Scalar<T>>.FusedMultiplyAdd(x._jet, y._jet, z._jet), Level.Join(Level.Join(x._level, y._level), z._level));

    /// <summary>x + c.</summary>
    public static Dual<T> operator +(Dual<T> x, double c) => new(x._jet + c, x._level);

    /// <summary>x − c.</summary>
    public static Dual<T> operator -(Dual<T> x, double c) => new(x._jet - c, x._level);

    /// <summary>x · c.</summary>
    public static Dual<T> operator *(Dual<T> x, double c) => new(x._jet * c, x._level);

    /// <summary>x / c.</summary>
    public static Dual<T> operator /(Dual<T> x, double c) => new(x._jet / c, x._level);

    /// <summary>The remainder x − c·trunc(x / c).</summary>
    public static Dual<T> operator %(Dual<T> x, double c) => x % Constant(c);

    /// <summary>c + x.</summary>
    public static Dual<T> operator +(double c, Dual<T> x) => new(c + x._jet, x._level);

    /// <summary>c − x.</summary>
    public static Dual<T> operator -(double c, Dual<T> x) => new(c - x._jet, x._level);

    /// <summary>c · x.</summary>
    public static Dual<T> operator *(double c, Dual<T> x) => new(c * x._jet, x._level);

    /// <summary>c / x.</summary>
    public static Dual<T> operator /(double c, Dual<T> x) => new(c / x._jet, x._level);

    /// <summary>The remainder c − x·trunc(c / x).</summary>
    public static Dual<T> operator %(double c, Dual<T> x) => Constant(c) % x;

    /// <summary>x + 1.</summary>
    public static Dual<T> operator ++(Dual<T> x) => x + 1;

    /// <summary>x − 1.</summary>
    public static Dual<T> operator --(Dual<T> x) => x - 1;
}
