using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>What rounding makes uncertain in a Hessian, measured: terms that cancel inside f leave nothing to see in the Hessian's own
/// size.</summary>
internal static class HessianNoise
{
    private const int Samples = 3;

    // Over the largest ‖(H(x') − H)w‖ of a few random x' and w: for random signs w the square of it is on average that of ‖H(x') − H‖
    // (Frobenius).
    private const double Margin = 10;

    // Each xᵢ moves by two units in the last place.
    private const double Move = 4 * ReductionRatio.UnitRoundOff;

    /// <summary>
    /// The uncertainty of the eigenvalues of <paramref name="h"/>, the Hessian at z: against products with vectors that are not units, at
    /// points a few roundings off. Three products and gradients; afterwards the space is linearized at z again.
    /// </summary>
    public static double Measure(FreeSpace space, double[] z, DenseCurvature h, ref RandomStream random)
    {
        double noise = 0;
        double[] signs = new double[z.Length], beside = new double[z.Length], w = new double[z.Length], product = new double[z.Length],
            expected = new double[z.Length];
        double[] gradient = new double[z.Length];
        for (int sample = 0; sample < Samples; sample++)
        {
            random.FillSigns(signs);
            random.FillSigns(w);
            for (int i = 0; i < z.Length; i++)
            {
                beside[i] = z[i] * (1 + Move * signs[i]);
                w[i] *= 0.5 + random.NextUnit();
            }
            if (!double.IsFinite(space.Linearize(beside, gradient)))
                space.Linearize(z, gradient);
            space.Hessian.Apply(w, product);
            h.Apply(w, expected);
            noise = Math.Max(noise, Vectors.Distance(product, expected));
        }
        space.Linearize(z, gradient);
        return Margin * noise;
    }
}
