using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The verdict where the gradient is small but no critical point could be located.</summary>
internal static class Unlocated
{
    private const int Points = 20;

    private const double Margin = 30;

    // A change of the point by this part of it has to explain the gradient, lest a saddle be made of a place beside a curved valley.
    private const double Nearness = 1e-6;

    /// <summary>Curvature counts only if f falls, or rises, on both sides of its direction, which no slope explains.</summary>
    public static Escape? Decide(FreeSpace space, Polish polish, double error, RitzPair lowest, RitzPair highest, FaceVerdict verdict)
    {
        verdict.Findings.Tell(
            "Newton steps do not contract, so no critical point has been located: f may have none here and level off towards infinity, or be too badly scaled");
        if (lowest.Value >= -error)
            return null;
        // A critical point as near as the gradient says may be as much lower, or higher, itself: of it only a larger difference tells.
        double explained = highest.Value > error ? Explained(space, polish) : double.PositiveInfinity;
        (double seen, double beyond) = Look(space, polish, error, lowest, explained);
        if (seen == 0)
            return null;
        string found = $"But along a direction of curvature {lowest.Value:G4} f is lower on both sides, at a distance of";
        if (beyond > 0 && Look(space, polish, error, highest, explained).Beyond > 0)
            verdict.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven,
                $"{found} {beyond:G3}, and along one of curvature {highest.Value:G4} higher, by more than the gradient tells of a critical point nearby");
        else
            verdict.Findings.RuleOutMinimum($"{found} {seen:G3}: it is no minimum");
        return Escape.Along(space, polish.Point, polish.Gradient, lowest.Vector, lowest.Value);
    }

    // The first distances at which f is lower (higher) on both sides by more than rounding, and by more than is explained otherwise; 0 if
    // there are none.
    private static (double Seen, double Beyond) Look(FreeSpace space, Polish polish, double error, RitzPair pair, double explained)
    {
        double[] v = pair.Vector, side = new double[v.Length];
        CurveProbe probe = new(space, polish.Point, polish.Value, polish.Gradient, error);
        // Where curvature outweighs slope and rounding.
        double size = Math.Abs(pair.Value), sign = Math.Sign(pair.Value), seen = 0;
        double t = 2 * Math.Max(Math.Abs(Vectors.Dot(polish.Gradient, v) / size), Math.Sqrt(8 * probe.Noise(polish.Value, 0) / size));
        if (t == 0)
            t = Math.ScaleB(Math.Max(Vectors.Norm(polish.Point), double.Epsilon), -26);
        for (int i = 0; i < Points; i++, t *= 2)
        {
            double forward = Difference(t), backward = Difference(-t), least = Math.Min(sign * forward, sign * backward);
            if (!(sign * forward > 4 * probe.Noise(polish.Value + forward, t))
                || !(sign * backward > 4 * probe.Noise(polish.Value + backward, t)))
                continue;
            seen = seen == 0 ? t : seen;
            if (least > Margin * explained)
                return (seen, t);
        }
        return (seen, 0);

        double Difference(double distance)
        {
            Vectors.Move(polish.Point, distance, v, side);
            return space.Value(side) - polish.Value;
        }
    }

    // ‖g‖²/‖Hg/‖g‖‖, if a change of x by a 10⁻⁶th explains the gradient; otherwise infinite.
    private static double Explained(FreeSpace space, Polish polish)
    {
        double norm = Vectors.Norm(polish.Gradient);
        if (norm == 0)
            return 0;
        double[] product = new double[polish.Gradient.Length];
        space.Linearize(polish.Point, product);
        space.Hessian.Apply(polish.Gradient, product);
        double change = Vectors.Norm(product) / norm;
        return norm <= Nearness * Vectors.Norm(polish.Point) * change ? norm * (norm / change) : double.PositiveInfinity;
    }
}
