using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>
/// Polynomials with ascending coefficients, evaluated by Dorn's second-order Horner scheme: the even and the odd powers in two independent
/// chains of fused multiply-adds, which halves the latency (W. S. Dorn, IBM J. Res. Dev. 6, 1962).
/// </summary>
internal static class Polynomial
{
    /// <summary>Σ cᵢxⁱ in every lane. At least two coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Evaluate<L>(L x, ReadOnlySpan<double> c) where L : struct, ILanes<L>
    {
        L square = x * x;
        int i = c.Length - 1;
        L upper = L.Constant(c[i]);
        L lower = L.Constant(c[i - 1]);
        for (i -= 2; i > 0; i -= 2)
        {
            upper = L.FusedMultiplyAdd(upper, square, L.Constant(c[i]));
            lower = L.FusedMultiplyAdd(lower, square, L.Constant(c[i - 1]));
        }

        return i == 0
            ? L.FusedMultiplyAdd(lower, x, L.FusedMultiplyAdd(upper, square, L.Constant(c[0])))
            : L.FusedMultiplyAdd(upper, x, lower);
    }

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
