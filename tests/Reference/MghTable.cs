using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.Reference;

/// <summary>The multiprecision tables of tests/Data/tables/mgh.py, which states the paper's formulas independently of the
/// lambdas.</summary>
public static class MghTable
{
    /// <summary>A row of mgh.tsv: f, Σ rᵢ sin i and ‖∇f‖ at a point, which is the start times 1, 10, 100, or near it.</summary>
    public sealed record Point(int Number, int N, int M, string Label, double[] X, double Value, double Checksum, double GradientNorm);

    /// <summary>A row of mgh-minima.tsv: a stationary point, rounded, and f there before rounding.</summary>
    public sealed record Stationary(int Number, int N, int M, double[] X, double Value);

    public static IReadOnlyList<Point> Points() =>
    [
        .. Read("mgh.tsv").Select(c => new Point(int.Parse(c[0]), int.Parse(c[1]), int.Parse(c[2]), c[3], Vector(c[4]),
            ReferenceTable.Number(c[5]), ReferenceTable.Number(c[6]), ReferenceTable.Number(c[7]))),
    ];

    public static IReadOnlyList<Stationary> StationaryPoints() =>
    [
        .. Read("mgh-minima.tsv").Select(c =>
            new Stationary(int.Parse(c[0]), int.Parse(c[1]), int.Parse(c[2]), Vector(c[3]), ReferenceTable.Number(c[4]))),
    ];

    private static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "tables", file)).Skip(1).Select(line => line.Split('\t'));

    private static double[] Vector(string cell) => [.. cell.Split(',').Select(ReferenceTable.Number)];
}
