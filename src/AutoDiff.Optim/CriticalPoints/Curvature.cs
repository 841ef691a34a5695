namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The Hessian at one point, as far as it is known: what the polishing takes its steps from.</summary>
internal abstract class Curvature
{
    /// <summary>The part of ‖H‖ below which the first, coarse steps leave an eigenvalue alone: what is steep is brought into the valley
    /// before anything moves along it, so that the nearest critical point is found.</summary>
    public const double Coarse = 1e-4;

    /// <summary>s = −H⁺g over the eigenvalues beyond rounding and beyond <paramref name="cutoff"/>·‖H‖. Returns <see cref="Size"/> of
    /// g.</summary>
    public abstract double NewtonStep(ReadOnlySpan<double> gradient, double cutoff, Span<double> step);

    /// <summary>How far from zero a gradient is, over the same eigenvalues.</summary>
    public abstract double Size(ReadOnlySpan<double> gradient);
}
