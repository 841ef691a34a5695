namespace AutoDiff.Bench.AdBench;

/// <summary>What tells whether derivatives are right: f, ‖∇f‖₂, and vᵀHv for vᵢ = sin(i + 1), null where there is no Hv. Of residuals r
/// with Jacobian J: ‖r‖² and the Frobenius norm of J.</summary>
internal readonly record struct Figures(double Value, double Norm, double? Curvature)
{
    /// <summary>The largest of ADBench's |a − b| / max(1, |a| + |b|), over the figures that both have; NaN if one is NaN.</summary>
    public double Error(Figures other)
    {
        double error = Math.Max(Error(Value, other.Value), Error(Norm, other.Norm));
        return Curvature is { } a && other.Curvature is { } b ? Math.Max(error, Error(a, b)) : error;
    }

    private static double Error(double a, double b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a) + Math.Abs(b));
}
