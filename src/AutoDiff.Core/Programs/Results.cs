using System.Diagnostics.CodeAnalysis;

namespace AutoDiff.Engine;

/// <summary>What a lambda gave back: slots in succession, or constants.</summary>
internal readonly record struct Results(int First, int Length, double[]? Constants)
{
    public static Results Of(Var y) => y.IsConstant ? new(-1, 1, [y.Bits]) : new(y.Slot, 1, null);

    public static Results Of(VarVector y) => y.IsConstant ? new(-1, y.Length, y.View.Expand().ToArray()) : new(y.View.Slot, y.Length, null);

    /// <summary>Whether they do not depend on the recording.</summary>
    [MemberNotNullWhen(true, nameof(Constants))]
    public bool AreConstant => Constants is not null;

    /// <summary>Whether the others are the same slots, or the same numbers.</summary>
    public bool AreSame(Results other) =>
        First == other.First && Length == other.Length && (Constants is null || Constants.AsSpan().SequenceEqual(other.Constants));
}
