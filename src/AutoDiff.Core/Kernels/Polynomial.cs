using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <summary>
/// Polynomials with ascending coefficients, evaluated by Dorn's second-order Horner scheme: the even and the odd powers in two independent
/// chains of fused multiply-adds, which halves the latency (W. S. Dorn, IBM J. Res. Dev. 6, 1962).
/// </summary>
internal static class Polynomial
{
    /// <summary>Σ cᵢxⁱ in every lane. At least two coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Evaluate(Vector512<double> x, ReadOnlySpan<double> c)
    {
        Vector512<double> square = x * x;
        int i = c.Length - 1;
        Vector512<double> upper = Vector512.Create(c[i]);
        Vector512<double> lower = Vector512.Create(c[i - 1]);
        for (i -= 2; i > 0; i -= 2)
        {
            upper = Vector512.FusedMultiplyAdd(upper, square, Vector512.Create(c[i]));
            lower = Vector512.FusedMultiplyAdd(lower, square, Vector512.Create(c[i - 1]));
        }

        return i == 0
            ? Vector512.FusedMultiplyAdd(lower, x, Vector512.FusedMultiplyAdd(upper, square, Vector512.Create(c[0])))
            : Vector512.FusedMultiplyAdd(upper, x, lower);
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
