using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>
/// Looks beside an extremum for a kink or a jump that the recording does not show, because a number left it or a function of the user's own
/// ran: along a random direction, at a distance where the Hessian's part of f's change stands out from rounding. If f goes the wrong way
/// there, and not by so much more at the next distance as a smooth function would, its derivatives at the point are not those beside it.
/// That it finds nothing proves nothing.
/// </summary>
internal static class HiddenKink
{
    // From one distance to the next a smooth change grows by 16² or more, a kink's by 16, a jump's not at all.
    private const double Ratio = 16, SmoothGrowth = 64;

    // Distances in units of the variables: below the first the rounding of the gradient counts, from the second on f need not resemble its
    // model any more. How much more than the noise of f the model's change must be.
    private const double Nearest = 1e-10, Farthest = 1e-3, Beyond = 1e6;

    /// <summary>By how much f goes the wrong way, and how far from the point; null if it does not.</summary>
    /// <param name="oracle">Gives f.</param>
    /// <param name="x">The point.</param>
    /// <param name="free">The variables that may move; null: all.</param>
    /// <param name="bounds">Within which f may be asked for; null: everywhere.</param>
    /// <param name="sign">1 at a minimum, −1 at a maximum.</param>
    /// <param name="random">Gives the direction.</param>
    public static (double Change, double Distance)? Find(
        Oracle oracle, double[] x, int[]? free, Bounds? bounds, int sign, ref RandomStream random)
    {
        double[] d = Direction(x, free, ref random), point = new double[x.Length];
        oracle.Relinearize(x);
        double value = oracle.Linearize(x, point);
        double slope = Vectors.Dot(point, d);
        oracle.Hessian.Apply(d, point);
        double curvature = sign * Vectors.Dot(d, point);
        double noise = Math.Max(Noise(), 10 * ReductionRatio.UnitRoundOff * Math.Abs(value)),
            distance = Math.Max(Nearest, Math.Sqrt(2 * Beyond * noise / curvature));
        if (!(curvature > 0) || !(distance <= Farthest))
            return null;
        double enough = -0.125 * curvature * distance * distance;
        for (int side = -1; side <= 1; side += 2)
        {
            double near = Change(side * distance), far = Change(side * Ratio * distance);
            if (near < enough && far < enough && far > SmoothGrowth * near)
                return (sign * near, distance * Vectors.Norm(d));
        }
        return null;

        double Change(double t)
        {
            Vectors.Move(x, t, d, point);
            if (bounds is not null)
                bounds.Project(point, point);
            double change = sign * (oracle.Value(point) - value);
            // What is left of the gradient is no kink, and where rounding hides it in f, neither.
            return Math.Max(change, change - sign * t * slope);
        }

        // What the rounding of x does to f on both sides: a jump is on one.
        double Noise()
        {
            double largest = 0;
            for (int ulps = 2; ulps <= 8; ulps += 2)
                largest = Math.Max(largest,
                    Math.Min(Math.Abs(Change(ulps * ReductionRatio.UnitRoundOff)), Math.Abs(Change(-ulps * ReductionRatio.UnitRoundOff))));
            return largest;
        }
    }

    // What a variable is taken for zero below, in its own units: a point that a minimizer brought to zero is the origin.
    private const double Zero = 1e-8;

    // Random signs, each variable by its own size; those at zero by the size of the others, or 1 where all are.
    private static double[] Direction(double[] x, int[]? free, ref RandomStream random)
    {
        double[] d = new double[x.Length];
        double size = Vectors.Norm(x) / Math.Sqrt(x.Length), typical = size > Zero ? size : 1;
        foreach (int i in free ?? [.. Enumerable.Range(0, x.Length)])
            d[i] = (0.5 + random.NextUnit()) * (random.Next() >> 63 == 0 ? 1 : -1) * (
                Math.Abs(x[i]) > Zero * typical ? Math.Abs(x[i]) : typical);
        return d;
    }
}
