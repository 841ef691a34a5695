using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The verdict where the gradient is small but no critical point could be located.</summary>
internal static class Unlocated
{
    private const int Points = 20;

    private const double Margin = 30;

    // A change of the point by this part of it has to explain the gradient, lest a saddle be made of a place beside a curved valley.
    private const double Nearness = 1e-6;

    /// <summary>Negative curvature counts only if f falls on both sides of v, which no slope explains.</summary>
    public static Escape? Decide(FreeSpace space, Polish polish, double error, double[] v, double lowest, double highest, FaceVerdict verdict)
    {
        verdict.Findings.Tell("Newton steps do not contract, so no critical point has been located: f may have none here and level off towards infinity, or be too badly scaled");
        if (lowest >= -error)
            return null;
        CurveProbe probe = new(space, polish.Point, polish.Value, polish.Gradient, error);
        // Where curvature outweighs slope and rounding.
        double t = 2 * Math.Max(Math.Abs(Vectors.Dot(polish.Gradient, v) / lowest), Math.Sqrt(8 * probe.Noise(polish.Value, 0) / -lowest));
        if (t == 0)
            t = Math.ScaleB(Math.Max(Vectors.Norm(polish.Point), double.Epsilon), -26);
        double[] side = new double[v.Length];
        // A critical point as near as the gradient says may be as much lower itself: of it only a larger drop tells.
        double explained = highest > error ? Explained(space, polish) : double.PositiveInfinity, first = 0;
        for (int i = 0; i < Points; i++, t *= 2)
        {
            double forward = Difference(t), backward = Difference(-t);
            if (!(forward < -4 * probe.Noise(polish.Value + forward, t)) || !(backward < -4 * probe.Noise(polish.Value + backward, t)))
                continue;
            first = first == 0 ? t : first;
            if (!(Math.Max(forward, backward) < -Margin * explained))
                continue;
            verdict.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven,
                $"{Found(t)} by more than the gradient tells of a critical point nearby, and curvature reaches {highest:G4}: it is no minimum");
            return Escape.Along(space, polish.Point, polish.Gradient, v, lowest);
        }
        if (first == 0)
            return null;
        verdict.Findings.RuleOutMinimum($"{Found(first)}: it is no minimum");
        return Escape.Along(space, polish.Point, polish.Gradient, v, lowest);

        string Found(double distance) => $"But along a direction of curvature {lowest:G4} f is lower on both sides, at a distance of {distance:G3}";

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
