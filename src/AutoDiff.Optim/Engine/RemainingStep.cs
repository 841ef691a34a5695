using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>Newton's step from an iterate by the variables that no bound holds, as far as the Krylov space of a few products shows
/// it.</summary>
/// <param name="Length">‖s‖.</param>
/// <param name="Decrease">½|gᵀs|, which it promises.</param>
/// <param name="IsSolved">Whether it takes away most of the gradient: at a kink, where there is no curvature to divide by, none
/// does.</param>
/// <param name="IsNone">Whether the gradient is zero.</param>
internal readonly record struct RemainingStep(double Length, double Decrease, bool IsSolved, bool IsNone)
{
    private const int Products = 20;
    private const double Residual = 0.5;

    public static RemainingStep At(Oracle oracle, double[] x, Bounds? bounds)
    {
        double[] full = new double[x.Length];
        oracle.Linearize(x, full);
        int[]? free = bounds is null ? null : [.. Enumerable.Range(0, x.Length).Where(i => !bounds.Holds(i, x[i], full[i]))];
        if (free is { Length: 0 })
            return new(0, 0, true, true);
        FreeSpace space = new(oracle, bounds, free, x);
        double[] gradient = new double[space.Dimension], step = new double[space.Dimension], product = new double[space.Dimension];
        space.Linearize(space.Part(x), gradient);
        double norm = Vectors.Norm(gradient);
        if (norm == 0)
            return new(0, 0, true, true);
        new KrylovCurvature(space.Hessian, Math.Min(Products, space.Dimension), []).NewtonStep(gradient, 0, step);
        space.Hessian.Apply(step, product);
        Vectors.AddScaled(1, gradient, product);
        return new(Vectors.Norm(step), 0.5 * Math.Abs(Vectors.Dot(gradient, step)), Vectors.Norm(product) <= Residual * norm, false);
    }
}
