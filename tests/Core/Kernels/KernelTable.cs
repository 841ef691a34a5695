using System.Globalization;

namespace AutoDiff.Tests.Kernels;

/// <summary>
/// A function value with 25 correct digits from Data/tables/kernels.tsv, which kernels.py beside it computes with mpmath.
/// </summary>
/// <param name="Name">The function.</param>
/// <param name="X">The argument.</param>
/// <param name="Second">The second argument, or the order of the polygamma function; 0 where there is none.</param>
/// <param name="Value">The nearest double to the value.</param>
/// <param name="Magnitude">The number in whose last place an error is counted; |value| unless the function is ill-conditioned
/// there.</param>
public sealed record KernelRow(string Name, double X, double Second, double Value, double Magnitude)
{
    /// <summary>
    /// The error of <paramref name="computed"/> in units in the last place of the magnitude; ∞ where only one of the two is finite.
    /// </summary>
    public double ErrorInUlps(double computed)
    {
        if (computed.Equals(Value))
            return 0;
        double ulp = double.IsFinite(Magnitude) ? Math.BitIncrement(Magnitude) - Magnitude : double.PositiveInfinity;
        return double.IsFinite(computed) && double.IsFinite(Value) ? Math.Abs(computed - Value) / ulp : double.PositiveInfinity;
    }
}

/// <summary>The rows of the table by function.</summary>
public static class KernelTable
{
    private static readonly ILookup<string, KernelRow> Rows = Load().ToLookup(r => r.Name);

    public static IReadOnlyList<KernelRow> Of(string name) => [.. Rows[name]];

    public static IEnumerable<string> Names => Rows.Select(g => g.Key);

    private static IEnumerable<KernelRow> Load() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "tables", "kernels.tsv"))
        let cell = line.Split('\t')
        select new KernelRow(cell[0], Parse(cell[1]), cell[2] == "" ? 0 : Parse(cell[2]), Parse(cell[3]), Parse(cell[4]));

    private static double Parse(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
