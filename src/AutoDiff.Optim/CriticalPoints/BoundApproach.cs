using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Brings a point beside its bounds onto those that hold at the critical point: a distance from a bound that the point's own error
/// explains is none.</summary>
internal static class BoundApproach
{
    // How near a bound has to be, relative to the point (to 1 if that is more).
    private const double Nearness = 1e-2;

    // How much of the gradient has to be left at the bound; how many Newton steps away a bound may be; how far polishing has to bring a
    // variable to its bound; which multiple of its rounding a gradient may show that is zero.
    private const double GradientLeft = 0.5, StepsAway = 10, Approached = 1e-3, Margin = 10;

    private const int MostTrials = 4;

    /// <summary>Variables that the gradient pushes to a bound nearby, and still does there: put onto it. False if there are none.</summary>
    public static bool ByGradient(Oracle oracle, Bounds bounds, double[] x, double[] gradient)
    {
        double reach = Reach(x);
        double[] there = new double[x.Length], gradientThere = new double[x.Length];
        bool[] moves = new bool[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double distance = gradient[i] > 0 ? x[i] - bounds.Lower[i] : bounds.Upper[i] - x[i];
            moves[i] = gradient[i] != 0 && distance > 0 && distance <= reach;
        }
        for (int trial = 0; trial < MostTrials && Array.Exists(moves, m => m); trial++)
        {
            for (int i = 0; i < x.Length; i++)
                there[i] = !moves[i] ? x[i] : gradient[i] > 0 ? bounds.Lower[i] : bounds.Upper[i];
            if (!double.IsFinite(oracle.Gradient(there, gradientThere)) || !Vectors.AreFinite(gradientThere))
                break;
            bool isStable = true;
            for (int i = 0; i < x.Length; i++)
            {
                bool stays = gradientThere[i] * Math.Sign(gradient[i]) >= GradientLeft * Math.Abs(gradient[i]);
                isStable &= !moves[i] || stays;
                moves[i] &= stays;
            }
            if (!isStable)
                continue;
            there.CopyTo(x, 0);
            oracle.Linearize(x, gradient);
            return true;
        }
        oracle.Linearize(x, gradient);
        return false;
    }

    /// <summary>Variables that polishing has brought to a bound, that lie no farther from one than Newton's step leads, or that make no
    /// difference to the gradient on their way there: put onto it, and marked as held. Null if there are none.</summary>
    public static double[]? ByNewton(
        Oracle oracle, Bounds bounds, Face face, FreeSpace space, Polish polish, double[] start, bool[] held, RandomStream random)
    {
        double[] x = space.Full(polish.Point), step = space.Direction(polish.Remaining);
        double reach = Reach(start);
        List<int> near = [];
        int moved = 0;
        foreach (int i in face.Free ?? [.. Enumerable.Range(0, x.Length)])
        {
            double below = x[i] - bounds.Lower[i], above = bounds.Upper[i] - x[i], distance = Math.Min(below, above);
            double before = below <= above ? start[i] - bounds.Lower[i] : bounds.Upper[i] - start[i];
            if (distance > reach || before > reach)
                continue;
            double error = StepsAway * Math.Abs(step[i]) + ReductionRatio.UnitRoundOff * Math.Abs(x[i]);
            if (distance <= error || distance <= Approached * before)
                moved += Hold(i);
            else
                near.Add(i);
        }
        if (near.Count > 0 && IsLevel([.. x]))
            near.ForEach(i => moved += Hold(i));
        return moved > 0 ? x : null;

        int Hold(int i)
        {
            x[i] = Nearest(i);
            held[i] = true;
            return 1;
        }

        double Nearest(int i) => x[i] - bounds.Lower[i] <= bounds.Upper[i] - x[i] ? bounds.Lower[i] : bounds.Upper[i];

        // Where the Hessian is singular a distance of (‖g‖/Q)^⅓ makes no difference.
        bool IsLevel(double[] there)
        {
            double[] gradient = new double[there.Length];
            space.Linearize(polish.Point, new double[space.Dimension]);
            double most = Margin * (Vectors.Norm(polish.Gradient) + RoundOffFloor.At(oracle, space.Full(polish.Point), ref random));
            foreach (int i in near)
                there[i] = Nearest(i);
            return double.IsFinite(oracle.Gradient(there, gradient)) && Vectors.Norm(space.Part(gradient)) <= most;
        }
    }

    private static double Reach(double[] x) => Nearness * Math.Max(1, Vectors.Norm(x));
}
