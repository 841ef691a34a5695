using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>How two numbers are compared.</summary>
internal enum Comparison
{
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Equal,
    NotEqual,

    /// <summary>Equality in which NaN equals itself.</summary>
    Same,

    /// <summary>Whether x is a whole number from 0 to y − 1: one of y class labels.</summary>
    IsLabel,
}

/// <summary>A comparison that a lambda made, and its outcome: as long as it comes out so, the recording is what the lambda would record.
/// An operand is a slot, or the complement of a constant's index.</summary>
internal readonly record struct Guard(Comparison Comparison, int X, int Y, bool Outcome)
{
    /// <summary>Whether the comparison comes out as recorded.</summary>
    public bool Holds(Workspace w) => Evaluate(Comparison, w.ValueOf(X), w.ValueOf(Y)) == Outcome;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Evaluate(Comparison comparison, double x, double y) => comparison switch
    {
        Comparison.Less => x < y,
        Comparison.Greater => x > y,
        Comparison.LessOrEqual => x <= y,
        Comparison.GreaterOrEqual => x >= y,
        Comparison.Equal => x == y,
        Comparison.NotEqual => x != y,
        Comparison.Same => x.Equals(y),
        _ => x >= 0 && x < y && Math.Truncate(x) == x,
    };
}
