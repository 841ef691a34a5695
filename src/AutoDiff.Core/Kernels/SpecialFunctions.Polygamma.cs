namespace AutoDiff.Kernels;

/// <content>The derivatives of the digamma function, through Hurwitz' zeta function.</content>
internal static partial class SpecialFunctions
{
    /// <summary>B₂ₖ / (2k)!, k = 1, 2, …</summary>
    private static ReadOnlySpan<double> EulerMaclaurinCoefficients =>
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
        -3617.0 / 10670622842880000, 43867.0 / 5109094217170944000, -174611.0 / 802857662698291200000.0
    ];

    /// <summary>
    /// ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! Σ (x + k)⁻ⁿ⁻¹ over k ≥ 0, for n ≥ 1. At the poles 0, −1, −2, … it is +∞ for odd n; for even n ∓∞ at ±0 and NaN
    /// at the others.
    /// </summary>
    /// <remarks>
    /// All terms are positive for x &gt; 0. Below zero the sum over all integers, folded about the nearest of them, replaces the reflection
    /// formula: with r = x − ⌊x⌋ and s = n + 1, ζ(s, x) = ζ(s, r) + (−1)ˢ (ζ(s, 1 − r) − ζ(s, 1 − x)). Worst error: 4 ulp for n ≤ 11, 17
    /// for n = 40; for x &lt; 0 of the larger of |result| and |xψ⁽ⁿ⁺¹⁾(x)|.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">n &lt; 1 (ψ itself is <see cref="Digamma"/>).</exception>
    internal static double Polygamma(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        bool odd = (n & 1) == 1;
        if (x > 0)
            return odd ? FactorialZeta(n, x) : -FactorialZeta(n, x);
        if (x == 0)
            return odd ? double.PositiveInfinity : double.CopySign(double.PositiveInfinity, -x);
        if (double.IsNaN(x) || double.IsNegativeInfinity(x))
            return double.NaN;

        double distance = x - Math.Round(x);
        if (distance == 0)
            return odd ? double.PositiveInfinity : double.NaN;
        double below = distance > 0 ? distance : 1 + distance;
        double above = distance > 0 ? 1 - distance : -distance;
        double fromBelow = FactorialZeta(n, below);
        double fromAbove = FactorialZeta(n, above);
        if (double.IsFinite(fromAbove))
            fromAbove -= FactorialZeta(n, 1 - x);
        return odd ? fromBelow + fromAbove : fromAbove - fromBelow;
    }

    /// <summary>
    /// n! ζ(n + 1, x) = n! Σ (x + k)⁻ⁿ⁻¹ for x &gt; 0: the terms below 14 + n, then Euler and Maclaurin's formula for the others
    /// (F. Johansson, Rigorous high-precision computation of the Hurwitz zeta function, 2015).
    /// </summary>
    private static double FactorialZeta(int n, double x)
    {
        double start = 14 + n;
        double first = FactorialOverPower(n, x);
        if (x >= start)
            return EulerMaclaurin(n, x, first);

        for (double sum = 0; ;)
        {
            double term = FactorialOverPower(n, ++x);
            if (x >= start)
                return first + (sum + EulerMaclaurin(n, x, term));
            sum += term;
            if (term < first * 1e-20)
                return first + sum;
        }
    }

    /// <summary>n! Σ (x + k)⁻ⁿ⁻¹ given its first term t: (n − 1)!/xⁿ + t (½ + Σ B₂ₖ/(2k)! (n + 1)…(n + 2k − 1) x¹⁻²ᵏ).</summary>
    private static double EulerMaclaurin(int n, double x, double t)
    {
        double factor = (n + 1) / x;
        double series = 0;
        for (int k = 0; k < EulerMaclaurinCoefficients.Length; k++)
        {
            series += EulerMaclaurinCoefficients[k] * factor;
            factor *= (n + 2 * k + 2) / x * ((n + 2 * k + 3) / x);
        }

        return FactorialOverPower(n - 1, x) + t * (0.5 + series);
    }

    /// <summary>n! / xⁿ⁺¹ for x &gt; 0; factor by factor where the power alone would leave the range.</summary>
    private static double FactorialOverPower(int n, double x)
    {
        double power = n switch { 0 => x, 1 => x * x, 2 => x * x * x, _ => Math.Pow(x, n + 1) };
        bool direct = n <= 20 && double.IsNormal(power);
        double quotient = direct || n == 0 ? 1 : 1 / x;
        for (int k = 2; k <= n; k++)
            quotient *= direct ? k : k / x;
        return quotient / (direct ? power : x);
    }
}
