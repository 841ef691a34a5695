using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>By how much an eigenvalue may differ at the critical point itself, a little way off.</summary>
internal static class PositionError
{
    // Beside x⁴ the change is 0.39 of the eigenvalue, which is all due to it.
    private const double Margin = 4;

    // What an expansion of third order is charged as.
    private const int Products = 10;

    /// <summary>4·(|f³[v, v, ·]|ᵀ(|s| + u|x|) + ½|f⁴[v, v, v, v]|‖s‖²) over the Newton step s that was left; ten products. Infinite where
    /// they are not left.</summary>
    public static double Of(FreeSpace space, Polish polish, ReadOnlySpan<double> v, ProductBudget products)
    {
        if (!products.Allows(Products))
            return double.PositiveInfinity;
        LineJet jet = space.Expand(v, 3);
        double linear = 0, distance = Vectors.Norm(polish.Remaining);
        for (int i = 0; i < v.Length; i++)
            linear += Math.Abs(jet.Third[i]) * (Math.Abs(polish.Remaining[i]) + ReductionRatio.UnitRoundOff * Math.Abs(polish.Point[i]));
        return Margin * (linear + 0.5 * Math.Abs(jet.Quartic(v)) * distance * distance);
    }

    /// <summary>The same of an eigenvalue ±λ of v where the step is known only as well as a Krylov space shows it: along v the critical
    /// point may be ‖g‖/λ off. As long as that holds, Newton's steps do converge to it (Newton and Kantorovich ask for half of
    /// it).</summary>
    public static double Of(FreeSpace space, Polish polish, ReadOnlySpan<double> v, double eigenvalue, ProductBudget products)
    {
        if (!products.Allows(Products))
            return double.PositiveInfinity;
        LineJet jet = space.Expand(v, 3);
        double along = Vectors.Norm(polish.Gradient) / eigenvalue, distance = Math.Max(along, Vectors.Norm(polish.Remaining));
        double linear = Math.Abs(jet.Cubic(v)) * along;
        for (int i = 0; i < v.Length; i++)
            linear += Math.Abs(jet.Third[i]) * (Math.Abs(polish.Remaining[i]) + ReductionRatio.UnitRoundOff * Math.Abs(polish.Point[i]));
        return Margin * (linear + 0.5 * Math.Abs(jet.Quartic(v)) * distance * distance);
    }

    /// <summary>The same where no step is known, but that the critical point lies within a distance.</summary>
    public static double Within(FreeSpace space, double distance, ReadOnlySpan<double> v, ProductBudget products)
    {
        if (!products.Allows(Products))
            return double.PositiveInfinity;
        LineJet jet = space.Expand(v, 3);
        return Margin * (Vectors.Norm(jet.Third) + 0.5 * Math.Abs(jet.Quartic(v)) * distance) * distance;
    }

    /// <summary>Whether it is worth the products: the steps did not contract fast, or the eigenvalue is below 1e-6‖H‖.</summary>
    public static bool IsInDoubt(Polish polish, double eigenvalue, double norm) =>
        !polish.IsQuadratic || Math.Abs(eigenvalue) <= 1e-6 * norm;
}
