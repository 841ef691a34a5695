namespace AutoDiff.Kernels;

/// <summary>
/// Polynomials with ascending coefficients, evaluated by Dorn's second-order Horner scheme: the even and the odd powers in two independent
/// chains of fused multiply-adds, which halves the latency (W. S. Dorn, IBM J. Res. Dev. 6, 1962).
/// </summary>
internal static class Polynomial
{
    /// <summary>Σ cᵢxⁱ. At least two coefficients.</summary>
    internal static double Evaluate(double x, ReadOnlySpan<double> c)
    {
        double square = x * x;
        int i = c.Length - 1;
        double upper = c[i], lower = c[i - 1];
        for (i -= 2; i > 0; i -= 2)
        {
            upper = Math.FusedMultiplyAdd(upper, square, c[i]);
            lower = Math.FusedMultiplyAdd(lower, square, c[i - 1]);
        }

        return i == 0
            ? Math.FusedMultiplyAdd(lower, x, Math.FusedMultiplyAdd(upper, square, c[0]))
            : Math.FusedMultiplyAdd(upper, x, lower);
    }
}
