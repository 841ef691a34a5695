using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The Hessian known by its products: Newton steps from the Krylov space of the gradient.</summary>
/// <param name="hessian">H.</param>
/// <param name="products">The most products of a step.</param>
/// <param name="locked">Orthonormal vectors; H is confined to their complement.</param>
/// <param name="forcing">The step is good enough once the equation's residual is this part of the gradient.</param>
internal sealed class KrylovCurvature(ILinearOperator hessian, int products, IReadOnlyList<double[]> locked, double forcing = 0.1)
    : Curvature
{
    private const int Interval = 5;

    /// <summary>Galerkin's solution in the Krylov space, without the Ritz values that rounding may have made.</summary>
    public override double NewtonStep(ReadOnlySpan<double> gradient, double cutoff, Span<double> step)
    {
        step.Clear();
        Lanczos lanczos = new(gradient.Length, Math.Max(1, products));
        foreach (double[] vector in locked)
            lanczos.Lock(vector);
        lanczos.Start(gradient);
        double[] h = [];
        while (lanczos.Step(hessian))
        {
            if (lanczos.Count % Interval != 0 && !lanczos.IsFull && !lanczos.IsInvariant)
                continue;
            h = Solve(lanczos, cutoff);
            if (lanczos.NextCoupling * Math.Abs(h[^1]) <= forcing * lanczos.StartNorm)
                break;
        }
        lanczos.Combine(h, step);
        return lanczos.StartNorm;
    }

    /// <summary>‖g‖; another norm would take another solution.</summary>
    public override double Size(ReadOnlySpan<double> gradient) => Vectors.Norm(gradient);

    private static double[] Solve(Lanczos lanczos, double cutoff)
    {
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        double norm = Math.Max(Math.Abs(t.Values[0]), Math.Abs(t.Values[^1]));
        double least = Math.Max(norm * LanczosCertificate.ProductError(lanczos.Dimension), lanczos.Asymmetry);
        double[] h = new double[lanczos.Count];
        for (int i = 0; i < h.Length; i++)
        {
            if (Math.Abs(t.Values[i]) > Math.Max(least, cutoff * norm))
                Vectors.AddScaled(-lanczos.StartNorm * t.First(i) / t.Values[i], t.Vector(i), h);
        }
        return h;
    }
}
