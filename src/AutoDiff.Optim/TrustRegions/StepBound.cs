namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// What keeps a step within reach of its model: ‖s‖ ≤ Δ, or the term ⅓σ‖s‖³. Either way the step solves (H + λI)s = −g for a multiplier λ ≥
/// 0 that makes H + λI positive semidefinite, and a λ belongs to a length: Δ, or λ/σ.
/// </summary>
internal readonly record struct StepBound
{
    private StepBound(double radius, double sigma) => (Radius, Sigma) = (radius, sigma);

    /// <summary>Δ; infinite for the cubic term.</summary>
    public double Radius { get; }

    /// <summary>σ; 0 for a trust region.</summary>
    public double Sigma { get; }

    public bool IsCubic => Sigma > 0;

    /// <summary>‖s‖ ≤ Δ.</summary>
    public static StepBound Within(double radius) => new(radius, 0);

    /// <summary>⅓σ‖s‖³.</summary>
    public static StepBound Cubic(double sigma) => new(double.PositiveInfinity, sigma);

    /// <summary>The length that belongs to λ.</summary>
    public double Length(double lambda) => IsCubic ? lambda / Sigma : Radius;

    /// <summary>λ of a model without curvature, whose gradient has the norm γ.</summary>
    public double LinearMultiplier(double gamma) => IsCubic ? Math.Sqrt(Sigma) * Math.Sqrt(gamma) : gamma / Radius;

    /// <summary>The derivative of −1/<see cref="Length"/> by λ.</summary>
    public double Slope(double lambda) => IsCubic ? Sigma / lambda / lambda : 0;
}
