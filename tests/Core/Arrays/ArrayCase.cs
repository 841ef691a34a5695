namespace AutoDiff.Tests.Core.Arrays;

/// <summary>One use of array operations: recorded, and as plain loops over hyper-dual numbers.</summary>
/// <param name="Name">What is used, and how.</param>
/// <param name="Covers">The public members that it is a case of, as <see cref="ArrayMembers"/> writes them.</param>
/// <param name="X">The point.</param>
internal sealed record ArrayCase(
    string Name, string[] Covers, double[] X, Func<VarVector, VarVector> Recorded, Func<HyperDual[], HyperDual[]> Plain)
{
    /// <summary>Lengths around those at which SIMD loops change their ways.</summary>
    public static readonly int[] Lengths = [0, 1, 7, 8, 9, 16, 17, 100];

    /// <summary>Numbers of magnitude 0.4 … 1.6 and either sign, no two alike.</summary>
    public static double[] Numbers(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (0.4 + 1.2 * random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1))];
    }

    /// <summary>The same with every result squared, so that tangents of adjoints arrive at the operation too.</summary>
    public ArrayCase Squared() => this with
    {
        Name = $"{Name}, squared",
        Recorded = x => Recorded(x) is var y ? y * y : default,
        Plain = x => [.. Plain(x).Select(y => y * y)],
    };
}
