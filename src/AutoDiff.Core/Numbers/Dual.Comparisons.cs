using AutoDiff.Engine;

namespace AutoDiff;

// Comparisons look at primals only; derivatives do not see them.
public readonly partial struct Dual<T>
{
    /// <summary>Whether x &lt; y, by primal.</summary>
    public static bool operator <(Dual<T> x, Dual<T> y) => x.Primal < y.Primal;

    /// <summary>Whether x &gt; y, by primal.</summary>
    public static bool operator >(Dual<T> x, Dual<T> y) => x.Primal > y.Primal;

    /// <summary>Whether x ≤ y, by primal.</summary>
    public static bool operator <=(Dual<T> x, Dual<T> y) => x.Primal <= y.Primal;

    /// <summary>Whether x ≥ y, by primal.</summary>
    public static bool operator >=(Dual<T> x, Dual<T> y) => x.Primal >= y.Primal;

    /// <summary>Whether x = y, by primal.</summary>
    public static bool operator ==(Dual<T> x, Dual<T> y) => x.Primal == y.Primal;

    /// <summary>Whether x ≠ y, by primal.</summary>
    public static bool operator !=(Dual<T> x, Dual<T> y) => x.Primal != y.Primal;

    /// <summary>Whether x &lt; c, by primal.</summary>
    public static bool operator <(Dual<T> x, double c) => x.Primal < Number(c);

    /// <summary>Whether x &gt; c, by primal.</summary>
    public static bool operator >(Dual<T> x, double c) => x.Primal > Number(c);

    /// <summary>Whether x ≤ c, by primal.</summary>
    public static bool operator <=(Dual<T> x, double c) => x.Primal <= Number(c);

    /// <summary>Whether x ≥ c, by primal.</summary>
    public static bool operator >=(Dual<T> x, double c) => x.Primal >= Number(c);

    /// <summary>Whether x = c, by primal.</summary>
    public static bool operator ==(Dual<T> x, double c) => x.Primal == Number(c);

    /// <summary>Whether x ≠ c, by primal.</summary>
    public static bool operator !=(Dual<T> x, double c) => x.Primal != Number(c);

    /// <summary>Whether c &lt; x, by primal.</summary>
    public static bool operator <(double c, Dual<T> x) => Number(c) < x.Primal;

    /// <summary>Whether c &gt; x, by primal.</summary>
    public static bool operator >(double c, Dual<T> x) => Number(c) > x.Primal;

    /// <summary>Whether c ≤ x, by primal.</summary>
    public static bool operator <=(double c, Dual<T> x) => Number(c) <= x.Primal;

    /// <summary>Whether c ≥ x, by primal.</summary>
    public static bool operator >=(double c, Dual<T> x) => Number(c) >= x.Primal;

    /// <summary>Whether c = x, by primal.</summary>
    public static bool operator ==(double c, Dual<T> x) => Number(c) == x.Primal;

    /// <summary>Whether c ≠ x, by primal.</summary>
    public static bool operator !=(double c, Dual<T> x) => Number(c) != x.Primal;

    /// <summary>Whether the primals are equal, NaN being equal to itself.</summary>
    public bool Equals(Dual<T> other) => Primal.Equals(other.Primal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dual<T> other && Equals(other);

    /// <summary>The hash code of the primal.</summary>
    public override int GetHashCode() => Primal.GetHashCode();

    /// <summary>Below, at or above zero as this primal is smaller than, equal to or greater than the other; NaN comes first.</summary>
    public int CompareTo(Dual<T> other) => Primal.CompareTo(other.Primal);

    private static T Number(double c) => Scalar<T>.Constant(c).Value;
}
