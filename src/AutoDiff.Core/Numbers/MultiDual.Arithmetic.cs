using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Arithmetic on eight tangents, and comparisons by primal.
public readonly partial struct MultiDual : IEquatable<MultiDual>, IComparable<MultiDual>
{
    /// <summary>x itself.</summary>
    public static MultiDual operator +(MultiDual x) => x;

    /// <summary>−x.</summary>
    public static MultiDual operator -(MultiDual x) => new(-x.Primal, Negative(x._tangents), x._level);

    /// <summary>x + y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MultiDual operator +(MultiDual x, MultiDual y) =>
        new(x.Primal + y.Primal, x._tangents + y._tangents, Level.Join(x._level, y._level));

    /// <summary>x − y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MultiDual operator -(MultiDual x, MultiDual y) =>
        new(x.Primal - y.Primal, x._tangents + Negative(y._tangents), Level.Join(x._level, y._level));

    /// <summary>x · y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MultiDual operator *(MultiDual x, MultiDual y) =>
        new(x.Primal * y.Primal, Scaled(y.Primal, x._tangents, y.IsConstant) + Scaled(x.Primal, y._tangents, x.IsConstant),
            Level.Join(x._level, y._level));

    /// <summary>x / y.</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static MultiDual operator /(MultiDual x, MultiDual y)
    {
        double z = x.Primal / y.Primal;
        return new(z, Divided(x._tangents + Negative(Scaled(z, y._tangents, false)), y.Primal), Level.Join(x._level, y._level));
    }

    /// <summary>The remainder x − y·trunc(x / y).</summary>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    public static MultiDual operator %(MultiDual x, MultiDual y) => Apply<Remainder>(x, y);

    /// <summary>x + c.</summary>
    public static MultiDual operator +(MultiDual x, double c) => new(x.Primal + c, x._tangents, x._level);

    /// <summary>x − c.</summary>
    public static MultiDual operator -(MultiDual x, double c) => new(x.Primal - c, x._tangents, x._level);

    /// <summary>x · c.</summary>
    public static MultiDual operator *(MultiDual x, double c) => new(x.Primal * c, Scaled(c, x._tangents, true), x._level);

    /// <summary>x / c.</summary>
    public static MultiDual operator /(MultiDual x, double c) => new(x.Primal / c, Divided(x._tangents, c), x._level);

    /// <summary>c + x.</summary>
    public static MultiDual operator +(double c, MultiDual x) => new(c + x.Primal, x._tangents, x._level);

    /// <summary>c − x.</summary>
    public static MultiDual operator -(double c, MultiDual x) => new(c - x.Primal, Negative(x._tangents), x._level);

    /// <summary>c · x.</summary>
    public static MultiDual operator *(double c, MultiDual x) => x * c;

    /// <summary>c / x.</summary>
    public static MultiDual operator /(double c, MultiDual x) => Constant(c) / x;

    /// <summary>Whether x &lt; y, by primal.</summary>
    public static bool operator <(MultiDual x, MultiDual y) => x.Primal < y.Primal;

    /// <summary>Whether x &gt; y, by primal.</summary>
    public static bool operator >(MultiDual x, MultiDual y) => x.Primal > y.Primal;

    /// <summary>Whether x ≤ y, by primal.</summary>
    public static bool operator <=(MultiDual x, MultiDual y) => x.Primal <= y.Primal;

    /// <summary>Whether x ≥ y, by primal.</summary>
    public static bool operator >=(MultiDual x, MultiDual y) => x.Primal >= y.Primal;

    /// <summary>Whether x = y, by primal.</summary>
    public static bool operator ==(MultiDual x, MultiDual y) => x.Primal == y.Primal;

    /// <summary>Whether x ≠ y, by primal.</summary>
    public static bool operator !=(MultiDual x, MultiDual y) => x.Primal != y.Primal;

    /// <summary>Whether the primals are equal, NaN being equal to itself.</summary>
    public bool Equals(MultiDual other) => Primal.Equals(other.Primal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MultiDual other && Equals(other);

    /// <summary>The hash code of the primal.</summary>
    public override int GetHashCode() => Primal.GetHashCode();

    /// <summary>Below, at or above zero as this primal is smaller than, equal to or greater than the other; NaN comes first.</summary>
    public int CompareTo(MultiDual other) => Primal.CompareTo(other.Primal);
}
