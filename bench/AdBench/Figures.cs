namespace AutoDiff.Bench.AdBench;

/// <summary>What tells whether derivatives are right: f, ‖∇f‖₂, and vᵀHv for vᵢ = sin(i + 1). Of residuals r with Jacobian J: ‖r‖², the
/// Frobenius norm of J, and no third. NaN where a figure is not known.</summary>
internal readonly record struct Figures(double Value, double Norm, double Curvature)
{
    /// <summary>The largest of ADBench's |a − b| / max(1, |a| + |b|), over the figures that both have.</summary>
    public double Error(Figures other) => new[] { Error(Value, other.Value), Error(Norm, other.Norm), Error(Curvature, other.Curvature) }.Where(e => !double.IsNaN(e)).Max();

    private static double Error(double a, double b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a) + Math.Abs(b));
}
