using System.Globalization;

namespace AutoDiff.Tests.Tables;

/// <summary>
/// The multiprecision tables that tests/Data/tables/primitives.py writes. Arguments are exact; outputs are decimals of at least 25 digits,
/// rounded once to double here, so that an exact result beyond the range reads as ±∞, a subnormal or 0.
/// </summary>
public static class ReferenceTable
{
    /// <summary>Below this a result, or a product on the way to it, may be subnormal and owes an absolute error only.</summary>
    public const double SmallestRelative = 1e-290;

    private static readonly Lazy<UnaryRow[]> unary = new(() => Read("unary.tsv", UnaryColumns,
        static (name, v) => new UnaryRow(name, v[0], v[1], v[2], v[3], v[4])));

    private static readonly Lazy<UnaryRow[]> far = new(() => Read("far.tsv", UnaryColumns,
        static (name, v) => new UnaryRow(name, v[0], v[1], v[2], v[3], v[4])));

    private static readonly Lazy<BinaryRow[]> binary = new(() => Read("binary.tsv", BinaryColumns,
        static (name, v) => new BinaryRow(name, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])));

    private static readonly Lazy<TernaryRow[]> ternary = new(() => Read("ternary.tsv", TernaryColumns,
        static (name, v) => new TernaryRow(name, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12])));

    private const string UnaryColumns = "primitive x value first second third";
    private const string BinaryColumns = "primitive x y value fx fy fxx fxy fyy";
    private const string TernaryColumns = "primitive x y z value fx fy fz fxx fxy fxz fyy fyz fzz";

    /// <summary>All rows of one argument.</summary>
    public static IReadOnlyList<UnaryRow> Unary => unary.Value;

    /// <summary>All rows of two arguments.</summary>
    public static IReadOnlyList<BinaryRow> Binary => binary.Value;

    /// <summary>All rows of three arguments.</summary>
    public static IReadOnlyList<TernaryRow> Ternary => ternary.Value;

    /// <summary>The rows of one unary primitive; throws where the table has none, so that a misspelt name cannot pass a test.</summary>
    public static IReadOnlyList<UnaryRow> UnaryOf(string primitive) => Of(Unary, row => row.Primitive, primitive);

    /// <summary>The rows of one unary primitive at 1e160 and beyond, and its limits at infinity; none where it has no limit.</summary>
    public static IEnumerable<UnaryRow> FarOf(string primitive) => far.Value.Where(row => row.Primitive == primitive);

    /// <summary>The rows of one binary primitive; throws where the table has none.</summary>
    public static IReadOnlyList<BinaryRow> BinaryOf(string primitive) => Of(Binary, row => row.Primitive, primitive);

    /// <summary>The rows of one ternary primitive; throws where the table has none.</summary>
    public static IReadOnlyList<TernaryRow> TernaryOf(string primitive) => Of(Ternary, row => row.Primitive, primitive);

    /// <summary>Whether a relative error of this result is meaningful: finite, and far enough from the subnormals.</summary>
    public static bool IsRelative(double result) => double.IsFinite(result) && Math.Abs(result) >= SmallestRelative;

    internal static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static TRow[] Of<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> name, string primitive)
    {
        TRow[] found = [.. rows.Where(row => name(row) == primitive)];
        return found.Length > 0
            ? found
            : throw new KeyNotFoundException($"No table of '{primitive}'; there are {string.Join(", ", rows.Select(name).Distinct())}.");
    }

    private static TRow[] Read<TRow>(string file, string columns, Func<string, double[], TRow> row)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "tables", file);
        string[] lines = File.ReadAllLines(path);
        string[] expected = columns.Split(' ');
        if (!lines[0].Split('\t').SequenceEqual(expected))
            throw new InvalidDataException($"{path}: the columns are '{lines[0]}', expected '{columns}'.");
        return [.. lines.Skip(1).Select((line, i) => line.Split('\t') is { } cells && cells.Length == expected.Length
            ? row(cells[0], [.. cells.Skip(1).Select(Number)])
            : throw new InvalidDataException($"{path}, line {i + 2}: {expected.Length} cells expected."))];
    }
}
