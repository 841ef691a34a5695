using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>Looks along a curve for a point where f is lower, as a piece says.</summary>
/// <param name="value">f; NaN where it must not be asked.</param>
/// <param name="x">The point.</param>
/// <param name="atX">f there.</param>
/// <param name="jitter">By how much rounding x changes f there.</param>
internal sealed class LowerPoint(Func<double[], double> value, double[] x, double atX, double jitter)
{
    // t = 2ᵉ, from the point's own size, or 1, downwards and then upwards: nothing sets a length at the origin.
    private const int Longest = 40, Shortest = -70, Step = 3, MostDoublings = 30;

    // By how much f must change beyond rounding, and how closely the model must be followed at t, t/2 and t/4: a lower point far off tells
    // nothing of x.
    private const double Beyond = 4, Tolerance = 0.5;

    private const int Samples = 40;

    /// <summary>A point that is lower by what the curve promises; null if there is none.</summary>
    /// <param name="curve">Of the piece, or for <paramref name="sign"/> = −1 of the negated piece.</param>
    /// <param name="sign">−1: a higher point is looked for.</param>
    public double[]? Find(FallingCurve curve, int sign)
    {
        double[] point = new double[x.Length];
        int size = (int)Math.Ceiling(Math.Log2(Math.Max(1, Vectors.Norm(x))));
        for (int e = size; e >= Shortest; e -= Step)
        {
            if (IsLower(Math.ScaleB(1, e)))
                return point;
        }
        for (int e = size + Step; e <= Longest; e += Step)
        {
            if (IsLower(Math.ScaleB(1, e)))
                return point;
        }
        return null;

        bool IsLower(double t)
        {
            if (!Follows(t) || !Follows(t / 2) || !Follows(t / 4))
                return false;
            double change = Change(t);
            for (int doubling = 0; doubling < MostDoublings; doubling++)
            {
                double next = Change(2 * t);
                if (!(next < change) || !double.IsFinite(next))
                    break;
                (t, change) = (2 * t, next);
            }
            Change(t);
            return true;
        }

        double Change(double t)
        {
            curve.Move(x, t, point);
            return sign * (value(point) - atX);
        }

        bool Follows(double t)
        {
            double change = Change(t);
            return change < -Beyond * Noise(change) && Math.Abs(change / curve.Change(t) - 1) <= Tolerance;
        }
    }

    /// <summary>A point that is lower in a way that shrinks as a power of the distance does, along random directions and along gradients
    /// beside x; null if none was found.</summary>
    public double[]? Sample(ref RandomStream random, Action<double[], double[]> gradient)
    {
        double[] d = new double[x.Length], point = new double[x.Length];
        double size = Math.Max(1, Vectors.Norm(x));
        for (int sample = 0; sample < Samples; sample++)
        {
            random.FillNormal(d);
            if (sample % 2 == 1)
            {
                Vectors.Move(x, 1e-4 * size / Vectors.Norm(d), d, point);
                gradient(point, d);
                Vectors.Negate(d, d);
            }
            double norm = Vectors.Norm(d);
            if (!(norm > 0) || !double.IsFinite(norm))
                continue;
            Vectors.Scale(size / norm, d, d);
            for (int e = 0; e >= -30; e -= 3)
            {
                double t = Math.ScaleB(1, e), whole = Fall(t), half = Fall(t / 2), quarter = Fall(t / 4);
                double first = whole / half, second = half / quarter;
                bool falls = whole > 0 && half > 0 && quarter > 0;
                if (!falls || !(first is > 1.5 and < 5) || !(Math.Abs(first - second) <= 0.3 * second))
                    continue;
                Fall(t);
                return point;
            }
        }
        return null;

        // By how much f falls; 0 if not beyond rounding.
        double Fall(double t)
        {
            Vectors.Move(x, t, d, point);
            double fall = atX - value(point);
            return fall > Beyond * Noise(fall) ? fall : 0;
        }
    }

    private double Noise(double change) => 10 * ReductionRatio.UnitRoundOff * (2 * Math.Abs(atX) + Math.Abs(change)) + jitter;
}
