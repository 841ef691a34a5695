using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The way down from a point that is no minimum: along a direction of negative curvature λ, or along a curve of the null
/// space.</summary>
internal sealed class Escape
{
    private const int MostHalvings = 100, MostDoublings = 30;

    // A doubled way has to lead so much farther down: a valley may fall for ever and hardly.
    private const double WorthDoubling = 1.25;

    private readonly FreeSpace _space;
    private readonly double[] _z, _gradient, _direction, _trial;
    private readonly double _curvature, _start;
    private readonly NullSpaceJet? _curve;

    private Escape(FreeSpace space, double[] z, double[] gradient, double[] direction, double curvature, NullSpaceJet? curve, double start)
    {
        (_space, _z, _gradient, _direction, _curvature, _curve, _start) = (space, z, gradient, direction, curvature, curve, start);
        _trial = new double[z.Length];
    }

    public static Escape Along(FreeSpace space, double[] z, double[] gradient, double[] direction, double curvature) =>
        new(space, z, gradient, direction, curvature, null, Vectors.Norm(z) is > 0 and var size ? size : 1);

    /// <summary>Along the curve of <paramref name="jet"/>, on which f was seen lower at t = <paramref name="start"/>.</summary>
    public static Escape Along(FreeSpace space, double[] z, double[] gradient, NullSpaceJet jet, double start) =>
        new(space, z, gradient, jet.Direction, 0, jet, start);

    /// <summary>A straight way into the bounds, on which f was seen lower at the distance <paramref name="start"/>.</summary>
    public static Escape Within(FreeSpace space, double[] z, double[] gradient, double[] direction, double start) =>
        new(space, z, gradient, direction, 0, null, start);

    /// <summary>A point where f is below <paramref name="value"/> by more than its <paramref name="error"/>, in all variables; null if
    /// neither side has one.</summary>
    public double[]? FindLower(double value, double error)
    {
        double side = _curve is not null ? Math.Sign(_start) : Vectors.Dot(_gradient, _direction) > 0 ? -1 : 1;
        return Search(value, error, side) ?? Search(value, error, -side);
    }

    // α is halved until f < f₀ + ⅛α²λ, a quarter of what curvature promises, then doubled while f falls much further. It begins at ‖x‖,
    // where nothing else sets a length, and beyond the error.
    private double[]? Search(double value, double error, double side)
    {
        double alpha = Math.Abs(_start), longest = LongestStep(side), lowest = double.NaN;
        if (_curvature < 0)
            alpha = Math.Max(alpha, 8 * Math.Sqrt(error / -_curvature));
        alpha = Math.Min(alpha, longest);
        for (int halving = 0; ; halving++, alpha /= 2)
        {
            if (halving == MostHalvings || !(alpha > 0))
                return null;
            double promised = _curve is null ? 0.125 * alpha * alpha * -_curvature : 0;
            lowest = At(side * alpha);
            if (lowest < value - Math.Max(promised, 2 * error + 10 * ReductionRatio.UnitRoundOff * (Math.Abs(value) + Math.Abs(lowest))))
                break;
            if (_curvature < 0 && promised < ReductionRatio.UnitRoundOff * Math.Abs(value))
                return null;
        }
        for (int doubling = 0; doubling < MostDoublings && 2 * alpha <= longest; doubling++)
        {
            double next = At(2 * side * alpha);
            if (!(value - next >= WorthDoubling * (value - lowest)) || !double.IsFinite(next))
                break;
            (alpha, lowest) = (2 * alpha, next);
        }
        Place(side * alpha);
        return _space.Full(_trial);
    }

    private double LongestStep(double side)
    {
        if (_curve is not null)
            return double.PositiveInfinity;
        double[] d = new double[_z.Length];
        Vectors.Scale(side, _direction, d);
        return _space.LongestStep(_z, d);
    }

    private double At(double t)
    {
        Place(t);
        return _space.Value(_trial);
    }

    private void Place(double t)
    {
        if (_curve is null)
            Vectors.Move(_z, t, _direction, _trial);
        else
            _curve.Move(_z, t, _trial);
    }
}
