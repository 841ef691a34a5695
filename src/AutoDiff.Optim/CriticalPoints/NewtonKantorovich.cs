namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Whether a critical point lies beside a point, though Newton steps have become too short to contract: by the theorem of Newton and
/// Kantorovich it does if the Hessian hardly changes over twice the step.
/// </summary>
/// <remarks>With ‖|H|^−½(H(y) − H)|H|^−½‖ ≤ ω‖y − z‖ and ω‖s‖ ≤ ½ a critical point lies within 2‖s‖ of z (P. Deuflhard, Newton Methods for
/// Nonlinear Problems, 2004, theorem 2.1: the units of x do not enter). The change is looked at after s and after 2s, not all over the
/// ball, and half of what the theorem allows is asked for. On tails as e⁻ˣ, x⁻ᵖ or log x it is near 1 or more; where rounding decides H, so
/// is its noise.</remarks>
internal static class NewtonKantorovich
{
    private const double MostChange = 0.25;

    /// <summary>Whether it holds at z, where the Hessian is <paramref name="h"/>, for the Newton step there; two Hessians, and the space is
    /// linearized at z again.</summary>
    public static bool Holds(FreeSpace space, ReadOnlySpan<double> z, ReadOnlySpan<double> step, DenseCurvature h, ProductBudget products)
    {
        if (!products.Allows(2 * h.Dimension))
            return false;
        double[] point = new double[z.Length], gradient = new double[point.Length];
        bool holds = true;
        for (int i = 1; i <= 2 && holds; i++)
        {
            Kernels.Vectors.Move(z, i, step, point);
            holds = double.IsFinite(space.Linearize(point, gradient))
                && h.Departure(new DenseCurvature(space.DenseHessian())) <= (i * 0.5) * MostChange;
        }
        space.Linearize(z, gradient);
        return holds;
    }
}
