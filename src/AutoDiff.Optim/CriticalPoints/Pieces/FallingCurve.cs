namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>x + t·d + ½t²·b, along which a piece says that f changes by t·<see cref="Slope"/> + ½t²·<see cref="Curvature"/>.</summary>
/// <param name="Direction">d.</param>
/// <param name="Bend">b, which keeps the curve on the kinks that d runs along; empty: none.</param>
/// <param name="Slope">Along d; 0 if the second order decides.</param>
/// <param name="Curvature">Counts only where the slope is 0.</param>
internal sealed record FallingCurve(double[] Direction, double[] Bend, double Slope, double Curvature)
{
    /// <summary>By how much f should change at t.</summary>
    public double Change(double t) => Slope != 0 ? t * Slope : 0.5 * t * t * Curvature;

    /// <summary>Writes the point at t.</summary>
    public void Move(ReadOnlySpan<double> x, double t, Span<double> point)
    {
        Kernels.Vectors.Move(x, t, Direction, point);
        if (Bend.Length > 0)
            Kernels.Vectors.AddScaled(0.5 * t * t, Bend, point);
    }
}
