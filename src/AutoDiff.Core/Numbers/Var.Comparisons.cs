using AutoDiff.Engine;

namespace AutoDiff;

// Comparisons look at values only; derivatives do not see them. All go through one method, where a recording can take note of the outcome.
public readonly partial struct Var : IEquatable<Var>
{
    /// <summary>Whether x &lt; y, by value.</summary>
    public static bool operator <(Var x, Var y) => Compared(x, y, "<") is var (a, b) && a < b;

    /// <summary>Whether x &gt; y, by value.</summary>
    public static bool operator >(Var x, Var y) => Compared(x, y, ">") is var (a, b) && a > b;

    /// <summary>Whether x ≤ y, by value.</summary>
    public static bool operator <=(Var x, Var y) => Compared(x, y, "<=") is var (a, b) && a <= b;

    /// <summary>Whether x ≥ y, by value.</summary>
    public static bool operator >=(Var x, Var y) => Compared(x, y, ">=") is var (a, b) && a >= b;

    /// <summary>Whether x = y, by value.</summary>
    public static bool operator ==(Var x, Var y) => Compared(x, y, "==") is var (a, b) && a == b;

    /// <summary>Whether x ≠ y, by value.</summary>
    public static bool operator !=(Var x, Var y) => Compared(x, y, "!=") is var (a, b) && a != b;

    /// <summary>Whether the values are equal, NaN being equal to itself.</summary>
    public bool Equals(Var other) => Compared(this, other, nameof(Equals)) is var (a, b) && a.Equals(b);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Var other && Equals(other);

    /// <summary>The hash code of the value.</summary>
    public override int GetHashCode() => Value.GetHashCode();

    private static unsafe (double X, double Y) Compared(Var x, Var y, string operation)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? (owner!.Values[x.Index], owner.Values[y.Index]) : ComparedOtherwise(x, y, operation);
    }

    private static (double X, double Y) ComparedOtherwise(Var x, Var y, string operation)
    {
        if (x.Owner is not null)
            x.Checked(operation);
        if (y.Owner is not null)
            y.Checked(operation);
        return (x.Primal, y.Primal);
    }
}
