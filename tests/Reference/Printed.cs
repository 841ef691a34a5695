using System.Globalization;

namespace AutoDiff.Tests.Reference;

/// <summary>Holds a number against a printed one, to all the digits printed.</summary>
internal static class Printed
{
    /// <summary>Passes within one unit of the last printed digit; half a unit is the print's own rounding.</summary>
    public static void ShouldPrintAs(this double actual, string printed)
    {
        int decimals = printed.Length - 1 - printed.IndexOf('.', StringComparison.Ordinal);
        actual.ShouldBe(double.Parse(printed, CultureInfo.InvariantCulture), Math.Pow(10, -decimals));
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
