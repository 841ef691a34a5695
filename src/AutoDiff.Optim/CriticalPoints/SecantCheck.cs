using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Whether the gradient bears an eigenvalue out: vᵀ(g(z + tv) − g(z))/t ≈ λ on both sides at some distance t. A curvature that is left of
/// terms which cancel in H may be right where those in the gradient are lost to rounding, and then no critical point is known to be near.
/// </summary>
internal static class SecantCheck
{
    // λ and the secant may differ by this part.
    private const double Tolerance = 0.5;

    private static readonly int[] s_exponents = [-22, -27, -17, -32, -12, -8, -5];

    /// <summary>Holds if each eigenvalue is borne out; mostly two gradients for each, and what there is no budget for is not. The space
    /// stays linearized at z.</summary>
    public static bool Holds(FreeSpace space, double[] z, double[] gradient, DenseCurvature h, ProductBudget products)
    {
        double[] point = new double[z.Length], there = new double[z.Length];
        bool holds = true;
        for (int k = 0; k < h.Dimension && holds; k++)
        {
            double[] v = h.EigenvectorRows[k];
            double size = 0, value = h.Values[k];
            for (int i = 0; i < z.Length; i++)
                size = Math.Max(size, Math.Abs(v[i] * z[i]));
            holds = products.Allows(2)
                && Array.Exists(s_exponents, e => IsBorneOut(Math.ScaleB(size > 0 ? size : 1, e))
                && IsBorneOut(-Math.ScaleB(size > 0 ? size : 1, e)));

            bool IsBorneOut(double t)
            {
                Vectors.Move(z, t, v, point);
                return double.IsFinite(space.Gradient(point, there))
                    && Math.Abs((Vectors.Dot(v, there) - Vectors.Dot(v, gradient)) / t / value - 1) <= Tolerance;
            }
        }
        space.Linearize(z, there);
        return holds;
    }
}
