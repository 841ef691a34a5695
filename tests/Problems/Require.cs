using System.Runtime.CompilerServices;

namespace AutoDiff.Problems;

/// <summary>Preconditions on the lengths of spans.</summary>
internal static class Require
{
    public static void Length(
        ReadOnlySpan<double> span, int expected, [CallerArgumentExpression(nameof(span))] string name = "")
    {
        if (span.Length != expected)
            throw new ArgumentException($"{name} has {span.Length} elements; this problem needs {expected}.", name);
    }
}
