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
    /// <remarks>Lets the value leave the recording, as <see cref="Value"/> does: where it puts a variable in a hash table is not known at
    /// another point. Sorted collections compare instead.</remarks>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public override int GetHashCode()
    {
        if (Owner is not null)
            Checked(nameof(GetHashCode)).MarkEscaped($"the hash code of variable #{Slot} was taken");
        return Primal.GetHashCode();
    }

    // A comparison like the others, unlike double.IsNaN.
    private static bool IsNotANumber(Var x) => Compare(Comparison.NotEqual, x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe bool Compare(Comparison comparison, Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) && !owner!.KeepsGuards
            ? Guard.Evaluate(comparison, owner.Values[x.Index], owner.Values[y.Index])
            : CompareOtherwise(comparison, x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool CompareOtherwise(Comparison comparison, Var x, Var y)
    {
        Recorder? left = x.Owner is null ? null : x.Checked(comparison.ToString()), right = y.Owner is null ? null
            : y.Checked(comparison.ToString());
        if ((left ?? right)?.Kinks is { } trace)
            return trace.Compare(comparison, x, y);
        bool outcome = Guard.Evaluate(comparison, x.Primal, y.Primal);
        if ((left ?? right) is { KeepsGuards: true } recorder)
            recorder.AddGuard(new Guard(
                comparison, left is null ? ~recorder.AddConstant(x.Bits) : x.Slot, right is null ? ~recorder.AddConstant(y.Bits)
                : y.Slot, outcome));
        return outcome;
    }
}
