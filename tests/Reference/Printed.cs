using System.Globalization;

namespace AutoDiff.Tests.Reference;

/// <summary>Holds a number against a printed one, to all the digits printed.</summary>
internal static class Printed
{
    /// <summary>
    /// Passes when <paramref name="actual"/> lies within one unit of the last printed digit (half a unit is the print's own rounding),
    /// or, where the print has more digits than a sum keeps, within <paramref name="rounding"/> times the value.
    /// </summary>
    public static void ShouldPrintAs(this double actual, string printed, double rounding = 0)
    {
        int point = printed.IndexOf('.', StringComparison.Ordinal);
        double unit = point < 0 ? 1 : Math.Pow(10, -(printed.Length - 1 - point));
        double expected = double.Parse(printed, CultureInfo.InvariantCulture);
        actual.ShouldBe(expected, Math.Max(unit, rounding * Math.Abs(expected)));
    }

    public static double Norm(ReadOnlySpan<double> a)
    {
        double sum = 0;
        foreach (double e in a) sum += e * e;
        return Math.Sqrt(sum);
    }

    public static double Inner(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The direction vᵢ = sin(i + 1) of the reference table.</summary>
    public static double[] Sines(int n)
    {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) v[i] = Math.Sin(i + 1);
        return v;
    }
}
