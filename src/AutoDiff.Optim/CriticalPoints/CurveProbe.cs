using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Looks at f itself along a curve of the null space, to see whether the third or fourth order really carries it up or
/// down.</summary>
internal sealed class CurveProbe(FreeSpace space, double[] z, double value, double[] gradient, double curvatureError)
{
    // The leading term must exceed the others together by this factor, and rounding likewise.
    private const double Dominance = 4;

    // t runs over the unit times 4ⁱ; f is asked only where the terms say that it can tell.
    private const int Lowest = -20, Highest = 60, MostLooks = 30;

    private readonly double[] _point = new double[z.Length];

    /// <summary>The noise of a difference of f over a distance t.</summary>
    public double Noise(double trial, double t) =>
        10 * ReductionRatio.UnitRoundOff * (Math.Abs(value) + Math.Abs(trial)) + 0.5 * curvatureError * t * t;

    /// <summary>f on the curve, less f at the point.</summary>
    public double Difference(NullSpaceJet jet, double t)
    {
        jet.Move(z, t, _point);
        return space.Value(_point) - value;
    }

    /// <summary>
    /// A t &gt; 0 (<paramref name="side"/> = 1) or &lt; 0 where f differs from the point's by what the term of <paramref name="order"/> 3
    /// or 4 says, within a factor of two, while that term outweighs the others and rounding; 0 if there is none.
    /// </summary>
    public double Confirm(NullSpaceJet jet, int order, int side)
    {
        double[] product = new double[z.Length];
        space.Hessian.Apply(jet.Direction, product);
        double slope = Vectors.Dot(gradient, jet.Direction), curvature = Vectors.Dot(jet.Direction, product)
            + Vectors.Dot(gradient, jet.Bend);
        double unit = Unit(jet);
        for (int i = Lowest, looks = 0; i <= Highest && looks < MostLooks; i++)
        {
            double t = side * Math.ScaleB(unit, 2 * i);
            double first = slope * t, second = 0.5 * curvature * t * t, third = jet.Cubic * t * t * t / 6,
                fourth = jet.Quartic * t * t * t * t / 24;
            (double leading, double other) = order == 3 ? (third, fourth) : (fourth, third);
            double rest = Math.Abs(first) + Math.Abs(second) + Math.Abs(other);
            if (!(Math.Abs(leading) >= Dominance * Math.Max(rest, Noise(value, t))))
                continue;
            looks++;
            double difference = Difference(jet, t), predicted = leading + first + second + other;
            if (Math.Abs(difference) > Dominance * Noise(value + difference, t) && difference / predicted is >= 0.5 and <= 2)
                return t;
        }
        return 0;
    }

    // The point's own size, 1 where nothing sets a length; or the length at which third and fourth order balance, if it is less.
    private double Unit(NullSpaceJet jet)
    {
        double size = Vectors.Norm(z), unit = size > 0 ? size : 1;
        bool balances = Math.Abs(jet.Cubic) > jet.CubicError && Math.Abs(jet.Quartic) > jet.QuarticError;
        return balances ? Math.Min(unit, Math.Abs(jet.Cubic / jet.Quartic)) : unit;
    }
}
