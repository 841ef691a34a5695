using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// The default gradient test: ‖∇f‖ ≤ 10⁻⁸·κ·ℓ. κ is the least curvature ‖y‖/‖s‖ of the last five steps s, y the gradient's change; ℓ is the
/// farthest that the run has been from its start, but no more than 1 and no less than 10⁻⁶·‖x‖. κ is no more than long steps, ‖s‖ ≥ 10⁻²·ℓ,
/// have met.
/// </summary>
/// <remarks>
/// It asks that the distance to the critical point, about ‖∇f‖/κ, be small; and since the last steps may all have been steep ones,
/// <see cref="Run"/> looks at Newton's step too, which may be no longer than 10⁻⁶·ℓ, or asks for a tenth of the gradient. f enters by κ
/// alone: multiplied by 2ᵏ it is tested alike. The gradient at the start does not enter, which from a far start may be larger than all that
/// comes after by any factor. Before the first step κ is unknown, and only a gradient of zero passes. With bounds, variables that these
/// hold do not count, and all others count in full, however near a bound is.
/// </remarks>
internal sealed class GradientTest(int dimension, Bounds? bounds)
{
    private const double Accuracy = 1e-8, Slack = 100, LargestLength = 1, LeastLength = 1e-6;

    // Short steps over a kink would meet any curvature: the gradient jumps.
    private const double LongStep = 1e-2;

    // Of curvatures: a step along a steep direction alone tells nothing of the others.
    private const int Steps = 5;

    private readonly double[] _start = new double[dimension], _x = new double[dimension], _gradient = new double[dimension];
    private readonly double[] _s = new double[dimension], _y = new double[dimension];
    private readonly double[] _curvatures = new double[Steps];
    private double _farthest, _most, _length, _share = 1;
    private long _count;

    /// <summary>What <see cref="Size"/> is compared with.</summary>
    public double Tolerance { get; private set; }

    /// <summary>‖y‖/‖s‖ of the last step; NaN before there is one.</summary>
    public double Curvature => _count == 0 ? double.NaN : _curvatures[(_count - 1) % Steps];

    /// <summary>How many steps have been seen since the start or an escape.</summary>
    public long Count => _count;

    /// <summary>How long Newton's step may still be where the test is passed: 10⁻⁶·ℓ.</summary>
    public double LongestRemaining => Slack * Accuracy * _length;

    /// <summary>Asks for a tenth of the gradient, after the test was passed too early.</summary>
    public void Tighten()
    {
        _share /= 10;
        Tolerance /= 10;
    }

    /// <summary>At the start.</summary>
    public void Begin(double[] x, double[] gradient)
    {
        x.CopyTo(_start, 0);
        Leave(x, gradient);
    }

    /// <summary>After a point was left: what was known of curvature was known of another place.</summary>
    public void Leave(double[] x, double[] gradient)
    {
        (_count, Tolerance, _share) = (0, 0, 1);
        x.CopyTo(_x, 0);
        gradient.CopyTo(_gradient, 0);
        _farthest = Math.Max(_farthest, Vectors.Distance(x, _start));
    }

    /// <summary>Takes note of an iterate and its gradient.</summary>
    public void Note(double[] x, double[] gradient)
    {
        Vectors.Subtract(x, _x, _s);
        double length = Vectors.Norm(_s);
        if (length > 0)
        {
            Vectors.Subtract(gradient, _gradient, _y);
            Release(x, gradient, _y);
            double curvature = Vectors.Norm(_y) / length;
            _farthest = Math.Max(_farthest, Vectors.Distance(x, _start));
            if (double.IsFinite(curvature))
                _curvatures[_count++ % Steps] = curvature;
            if (double.IsFinite(curvature) && length >= LongStep * Math.Min(LargestLength, _farthest))
                _most = Math.Max(_most, curvature);
            x.CopyTo(_x, 0);
            gradient.CopyTo(_gradient, 0);
        }
        _length = Math.Max(Math.Min(LargestLength, _farthest), LeastLength * Vectors.Norm(x));
        Tolerance = _count == 0 ? 0 : _share * Accuracy * Least() * _length;
    }

    /// <summary>The norm of the gradient by the variables that no bound holds.</summary>
    public double Size(double[] x, double[] gradient)
    {
        if (bounds is null)
            return Vectors.Norm(gradient);
        gradient.CopyTo(_s, 0);
        Release(x, gradient, _s);
        return Vectors.Norm(_s);
    }

    /// <summary>‖x‖ at the start.</summary>
    public double StartSize => Vectors.Norm(_start);

    /// <summary>How far x is from the start.</summary>
    public double DistanceTo(double[] x) => Vectors.Distance(x, _start);

    public void Store(StateWriter state)
    {
        state.Write(_start);
        state.Write(_x);
        state.Write(_gradient);
        state.Write(_curvatures);
        state.Write(_count);
        state.Write(_farthest);
        state.Write(_most);
        state.Write(_share);
        state.Write(_length);
        state.Write(Tolerance);
    }

    public void Restore(StateReader state)
    {
        state.ReadArray(_start);
        state.ReadArray(_x);
        state.ReadArray(_gradient);
        state.ReadArray(_curvatures);
        _count = state.ReadLong();
        _farthest = state.ReadDouble();
        _most = state.ReadDouble();
        _share = state.ReadDouble();
        _length = state.ReadDouble();
        Tolerance = state.ReadDouble();
    }

    private double Least()
    {
        double least = _most;
        for (int i = 0; i < Math.Min(_count, Steps); i++)
            least = Math.Min(least, _curvatures[i]);
        return least;
    }

    // Zeros what belongs to variables at a bound towards which f falls, or without room.
    private void Release(double[] x, double[] gradient, double[] vector)
    {
        if (bounds is null)
            return;
        for (int i = 0; i < x.Length; i++)
        {
            if (bounds.Holds(i, x[i], gradient[i]))
                vector[i] = 0;
        }
    }
}
