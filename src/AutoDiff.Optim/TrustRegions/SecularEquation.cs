using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// The minimizer h of γh₁ + ½hᵀTh for a tridiagonal T, under ‖h‖ ≤ Δ or with the term ⅓σ‖h‖³: (T + λI)h = −γe₁, where ‖h‖ is the length
/// that belongs to λ ≥ max(0, −θ₁). One object serves one thread.
/// </summary>
/// <remarks>
/// Newton's method on 1/‖h(λ)‖ − 1/Δ, or on 1/‖h(λ)‖ − σ/λ, concave functions of λ, started left of the root, from where it rises to it
/// (J. J. Moré, D. C. Sorensen 1983; C. Cartis, N. I. M. Gould, P. L. Toint 2011, section 6.1). In the hard case (h too short even at
/// λ = −θ₁), and so near it that no number λ has the length, the eigenvector of θ₁ makes up what is missing. A solution costs a few O(k)
/// factorizations, and with an indefinite T the bisection for θ₁.
/// </remarks>
internal sealed class SecularEquation(int capacity)
{
    private const int MostSteps = 100;
    private const double RootTolerance = 1e-12;

    private readonly double[] _pivots = new double[capacity], _multipliers = new double[capacity], _work = new double[capacity];

    /// <summary>λ of the last solution.</summary>
    public double Multiplier { get; private set; }

    /// <summary>‖h‖ of the last solution.</summary>
    public double Length { get; private set; }

    /// <summary>The decrease of the model, cubic term included, that the last solution gives.</summary>
    public double Decrease { get; private set; }

    /// <summary>Whether the bound holds the last solution back: λ &gt; 0, always so with the cubic term.</summary>
    public bool IsBound { get; private set; }

    /// <summary>Writes the minimizer to <paramref name="h"/>.</summary>
    public void Solve(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double gamma, StepBound bound, Span<double> h)
    {
        double lambda = 0;
        bool isDefinite = TrySolve(diagonal, couplings, lambda, gamma, h);
        if (isDefinite && !bound.IsCubic && Vectors.Norm(h) <= bound.Radius)
        {
            Finish(0, gamma, bound, h);
            IsBound = false;
            return;
        }
        IsBound = true;
        if (!isDefinite)
            lambda = Raise(diagonal, couplings, gamma, bound, Math.Max(0, -Tridiagonal.Smallest(diagonal, couplings)),
                double.PositiveInfinity, h);
        if (Vectors.Norm(h) >= bound.Length(lambda))
        {
            if (bound.IsCubic)
                lambda = StartOfCubic(diagonal, couplings, gamma, bound, lambda, h);
            lambda = FindRoot(diagonal, couplings, gamma, bound, lambda, h);
            // Beside the hard case h changes by its own size from one number λ to the next.
            if (Vectors.Norm(h) > bound.Length(lambda) * (1 + RootTolerance))
                lambda = Raise(diagonal, couplings, gamma, bound, lambda, 1, h);
        }
        if (Vectors.Norm(h) < bound.Length(lambda) * (1 - RootTolerance))
            Complete(diagonal, couplings, gamma, bound.Length(lambda), h);
        Finish(lambda, gamma, bound, h);
    }

    private double FindRoot(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double gamma, StepBound bound, double lambda, Span<double> h)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            double norm = Vectors.Norm(h), length = bound.Length(lambda);
            if (norm <= length * (1 + RootTolerance))
                break;
            double next = lambda + NewtonStep(norm, length, bound.Slope(lambda), h);
            if (!(next > lambda) || !TrySolve(diagonal, couplings, next, gamma, h))
                break;
            lambda = next;
        }
        return lambda;
    }

    // (1/length − 1/‖h‖)/(hᵀ(T + λI)⁻¹h/‖h‖³ + slope), with h scaled to one so that nothing overflows.
    private double NewtonStep(double norm, double length, double slope, ReadOnlySpan<double> h)
    {
        Span<double> unit = _work.AsSpan(0, h.Length);
        Vectors.Scale(1 / norm, h, unit);
        double curvature = 0;
        for (int i = 0; i < h.Length; i++)
        {
            if (i > 0)
                unit[i] -= _multipliers[i - 1] * unit[i - 1];
            curvature += unit[i] / _pivots[i] * unit[i];
        }
        return (norm / length - 1) / (curvature + slope * norm);
    }

    // The least, and as little more as makes the factorization succeed and h no longer than the limit times what belongs to λ; leaves the
    // factors and h there.
    private double Raise(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double gamma, StepBound bound, double least, double limit, Span<double> h)
    {
        double norm = Math.Max(Tridiagonal.NormBound(diagonal, couplings), bound.LinearMultiplier(gamma));
        double more = Math.Max(2 * Tridiagonal.Epsilon * norm, double.Epsilon);
        while (!TrySolve(diagonal, couplings, least + more, gamma, h) || Vectors.Norm(h) > limit * bound.Length(least + more))
            more *= 2;
        return least + more;
    }

    // The left end σ‖h(b)‖ of the interval that holds the root if T is definite; b = σ‖h(0)‖.
    private double StartOfCubic(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double gamma, StepBound bound, double least, Span<double> h)
    {
        double right = Math.Max(least, bound.Sigma * Vectors.Norm(h));
        TrySolve(diagonal, couplings, right, gamma, h);
        double left = Math.Max(least, bound.Sigma * Vectors.Norm(h));
        TrySolve(diagonal, couplings, left, gamma, h);
        return left;
    }

    // The hard case: h + τu with ‖h + τu‖ = length, u the eigenvector of θ₁; of the two the one on h's side.
    private void Complete(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double gamma, double length, Span<double> h)
    {
        Span<double> u = _work.AsSpan(0, h.Length);
        Tridiagonal.Smallest(diagonal, couplings, u);
        if (u[0] * gamma > 0)
            Vectors.Negate(u, u);
        double along = Vectors.Dot(h, u), norm = Vectors.Norm(h);
        double missing = (length - norm) * (length + norm);
        double tau = missing / (along + double.Hypot(along, Math.Sqrt(missing)));
        Vectors.AddScaled(tau, u, h);
    }

    private bool TrySolve(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double lambda, double gamma, Span<double> h)
    {
        if (!Tridiagonal.TryFactor(diagonal, couplings, lambda, _pivots, _multipliers))
            return false;
        h.Clear();
        h[0] = -gamma;
        Tridiagonal.Solve(_pivots, _multipliers, h);
        return double.IsFinite(Vectors.Norm(h));
    }

    // With (T + λI)h = −γe₁ the quadratic model falls by ½(γ|h₁| + λ‖h‖²), which loses no digits.
    private void Finish(double lambda, double gamma, StepBound bound, ReadOnlySpan<double> h)
    {
        Multiplier = lambda;
        Length = Vectors.Norm(h);
        Decrease = 0.5 * (-gamma * h[0] + lambda * Length * Length) - bound.Sigma / 3 * Length * Length * Length;
    }
}
