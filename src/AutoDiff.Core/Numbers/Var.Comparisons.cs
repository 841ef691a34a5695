using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

// Comparisons look at values only; derivatives do not see them. All go through one method, where a recording that is to be replayed takes
// note of the outcome.
public readonly partial struct Var : IEquatable<Var>
{
    /// <summary>Whether x &lt; y, by value.</summary>
    public static bool operator <(Var x, Var y) => Compare(Comparison.Less, x, y);

    /// <summary>Whether x &gt; y, by value.</summary>
    public static bool operator >(Var x, Var y) => Compare(Comparison.Greater, x, y);

    /// <summary>Whether x ≤ y, by value.</summary>
    public static bool operator <=(Var x, Var y) => Compare(Comparison.LessOrEqual, x, y);

    /// <summary>Whether x ≥ y, by value.</summary>
    public static bool operator >=(Var x, Var y) => Compare(Comparison.GreaterOrEqual, x, y);

    /// <summary>Whether x = y, by value.</summary>
    public static bool operator ==(Var x, Var y) => Compare(Comparison.Equal, x, y);

    /// <summary>Whether x ≠ y, by value.</summary>
    public static bool operator !=(Var x, Var y) => Compare(Comparison.NotEqual, x, y);

    /// <summary>Whether the values are equal, NaN being equal to itself.</summary>
    public bool Equals(Var other) => Compare(Comparison.Same, this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Var other && Equals(other);

    /// <summary>The hash code of the value.</summary>
    public override int GetHashCode() => Value.GetHashCode();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe bool Compare(Comparison comparison, Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) && !owner!.KeepsGuards
            ? Guard.Evaluate(comparison, owner.Values[x.Index], owner.Values[y.Index])
            : CompareOtherwise(comparison, x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool CompareOtherwise(Comparison comparison, Var x, Var y)
    {
        Recorder? left = x.Owner is null ? null : x.Checked(comparison.ToString()), right = y.Owner is null ? null : y.Checked(comparison.ToString());
        if ((left ?? right)?.Kinks is { } trace)
            return trace.Compare(comparison, x, y);
        bool outcome = Guard.Evaluate(comparison, x.Primal, y.Primal);
        if ((left ?? right) is { KeepsGuards: true } recorder)
            recorder.AddGuard(new Guard(comparison, left is null ? ~recorder.AddConstant(x.Bits) : x.Slot, right is null ? ~recorder.AddConstant(y.Bits) : y.Slot, outcome));
        return outcome;
    }
}
