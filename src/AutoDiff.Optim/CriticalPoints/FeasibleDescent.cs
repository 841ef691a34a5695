using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Looks for a way down from a face of the bounds: a direction d that leads into them, with dᵀHd &lt; 0 or along which f itself is lower. A
/// search: that none exists is known only where H is positive definite (whether a matrix is copositive is NP-hard to say).
/// </summary>
internal sealed class FeasibleDescent
{
    private const int StartsPerVariable = 14, MostStarts = 200, Iterations = 40, MostRays = 50, PointsPerRay = 30;

    private readonly Oracle _oracle;
    private readonly FreeSpace _space;
    private readonly DenseCurvature _h;
    private readonly double[] _z, _gradient, _point;

    // 1 where a variable may only grow, −1 where it may only fall.
    private readonly int[] _side;
    private readonly double _value, _error;

    /// <summary>From x with the variables <paramref name="free"/>, some of which are at their bounds.</summary>
    public FeasibleDescent(Oracle oracle, Bounds bounds, int[] free, double[] x)
    {
        _oracle = oracle;
        _space = new FreeSpace(oracle, bounds, free, x);
        _z = _space.Part(x);
        (_gradient, _point) = (new double[_z.Length], new double[_z.Length]);
        _value = _space.Linearize(_z, _gradient);
        _error = oracle.RoundingErrors(new double[x.Length]);
        _h = new DenseCurvature(_space.DenseHessian());
        _side = [.. free.Select(i => x[i] <= bounds.Lower[i] ? 1 : x[i] >= bounds.Upper[i] ? -1 : 0)];
    }

    /// <summary>By how much f was found lower, and how far off.</summary>
    public double Drop { get; private set; }

    public double Distance { get; private set; }

    /// <summary>Whether there are directions of positive curvature too.</summary>
    public bool Rises { get; private set; }

    /// <summary>A way down that f itself bears out; null if none was found.</summary>
    public Escape? Find(ref RandomStream random)
    {
        List<(double Curvature, double[] Direction)> candidates = [];
        double[] product = new double[_z.Length];
        foreach (double[] start in Starts(ref random))
        {
            double curvature = Descend(start, product);
            if (curvature <= _h.Error)
                candidates.Add((curvature, start));
        }
        Rises = _h.Values[^1] > _h.Error && Array.Exists(_side, side => side == 0);
        foreach ((double curvature, double[] d) in candidates.OrderBy(c => c.Curvature).Take(MostRays))
        {
            if (FirstLower(d) is not (> 0 and var t))
                continue;
            (Drop, Distance) = (_value - At(d, t), t);
            return curvature < -_h.Error ? Escape.Along(_space, _z, _gradient, d, curvature) : Escape.Within(_space, _z, _gradient, d, t);
        }
        return null;
    }

    // Axes, eigenvectors and random directions, all turned into the bounds.
    private List<double[]> Starts(ref RandomStream random)
    {
        List<double[]> starts = [];
        for (int i = 0; i < _z.Length; i++)
        {
            double[] axis = new double[_z.Length];
            axis[i] = _side[i] < 0 ? -1 : 1;
            starts.Add(axis);
            starts.Add([.. _h.EigenvectorRows[i]]);
            starts.Add([.. _h.EigenvectorRows[i].Select(v => -v)]);
        }
        for (int i = 0; i < Math.Min(MostStarts, StartsPerVariable * _z.Length); i++)
        {
            double[] d = new double[_z.Length];
            random.FillNormal(d);
            for (int k = 0; k < d.Length; k++)
                d[k] = _side[k] == 0 ? d[k] : _side[k] * Math.Abs(d[k]);
            starts.Add(d);
        }
        starts.RemoveAll(d => !Turn(d));
        return starts;
    }

    // Projected gradient descent of dᵀHd on the sphere; returns what it ends at.
    private double Descend(double[] d, double[] product)
    {
        double[] trial = new double[d.Length];
        _h.Apply(d, product);
        double lowest = Vectors.Dot(d, product);
        for (int i = 0; i < Iterations && _h.Norm > 0; i++)
        {
            Vectors.Move(d, -0.5 / _h.Norm, product, trial);
            if (!Turn(trial))
                break;
            _h.Apply(trial, product);
            double next = Vectors.Dot(trial, product);
            if (!(next < lowest))
                break;
            trial.CopyTo(d, 0);
            lowest = next;
        }
        return lowest;
    }

    // To the nearest direction that leads into the bounds, of length 1; false if there is none.
    private bool Turn(double[] d)
    {
        for (int k = 0; k < d.Length; k++)
            d[k] = _side[k] > 0 ? Math.Max(0, d[k]) : _side[k] < 0 ? Math.Min(0, d[k]) : d[k];
        double length = Vectors.Norm(d);
        if (!(length > 0))
            return false;
        Vectors.Scale(1 / length, d, d);
        return true;
    }

    // The first distance at which f differs beyond its error, if it is lower there; otherwise 0. What lies beyond a rise is another place.
    private double FirstLower(double[] d)
    {
        double t = Math.ScaleB(Math.Min(_space.LongestStep(_z, d), Math.Max(1, Vectors.Norm(_z))), -PointsPerRay);
        for (int i = 0; i <= PointsPerRay; i++, t *= 2)
        {
            double change = At(d, t) - _value;
            if (!(Math.Abs(change) <= 2 * _error + 10 * ReductionRatio.UnitRoundOff * (2 * Math.Abs(_value) + Math.Abs(change))))
                return change < 0 ? t : 0;
        }
        return 0;
    }

    private double At(double[] d, double t)
    {
        Vectors.Move(_z, t, d, _point);
        return _space.Value(_point);
    }
}
