namespace AutoDiff.Hvp;

/// <summary>
/// Tells kinks from curvature and noise, component by component and step by step, ascending. At a kink the jump ∂f(x + hv) − ∂f(x − hv), or
/// the gap between the one-sided and the central difference, stays the same over many octaves; curvature makes both grow with h, and noise
/// does not repeat.
/// </summary>
internal sealed class KinkDetector(double[] origin)
{
    private const int Octaves = 8;

    // How closely a jump or gap repeats from step to step.
    private const double Repeats = 0.01;

    // A jump below this part of the gradient may be round-off caught at a rounding boundary; below the other, it is not worth a look.
    private const double LeastKink = 1e-7, LeastJump = 1e-12;

    // The least gap at h = 0 (extrapolated, since curvature adds to it in proportion to h), as a part of the central difference.
    private const double LeastGap = 1e-7;

    private readonly Persistence[] _kinks = new Persistence[origin.Length], _jumps = new Persistence[origin.Length],
        _gaps = new Persistence[origin.Length];
    private readonly double[] _lastGaps = new double[origin.Length];
    private double _lastStep;

    public void Observe(double step, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus)
    {
        for (int i = 0; i < origin.Length; i++)
        {
            double jump = plus[i] - minus[i], gap = (plus[i] - origin[i] + (minus[i] - origin[i])) / (2 * step);
            double level = Math.Max(Math.Abs(origin[i]), Math.Max(Math.Abs(plus[i]), Math.Abs(minus[i])));
            _kinks[i].Add(step, jump, LeastKink * level);
            _jumps[i].Add(step, jump, LeastJump * level);
            double ratio = step / _lastStep, intercept = (ratio * _lastGaps[i] - gap) / (ratio - 1);
            _gaps[i].Add(step, intercept, LeastGap * Math.Abs(jump) / (2 * step));
            _lastGaps[i] = gap;
        }
        _lastStep = step;
    }

    /// <summary>The smallest step from which component i jumps, or keeps a gap, by more than round-off could; ∞ if it does
    /// neither.</summary>
    public double First(int i) => Math.Min(_kinks[i].First, _gaps[i].First);

    /// <summary>The size of component i's gap at a kink; 0 if there is none.</summary>
    public double Gap(int i) => _gaps[i].Size;

    /// <summary>What jumps of component i below <paramref name="reach"/>, however small, add to its central difference at
    /// <paramref name="step"/>.</summary>
    public double Disturbance(int i, double step, double reach) => _jumps[i].First < reach ? _jumps[i].Size / (2 * step) : 0;

    /// <summary>A quantity that repeats over octaves.</summary>
    private struct Persistence
    {
        private double _last, _start, _first;
        private int _run;

        /// <summary>The largest magnitude in a run long enough.</summary>
        public double Size { readonly get; private set; }

        /// <summary>The first step of the first run long enough; ∞ if there is none.</summary>
        public readonly double First => _first > 0 ? _first : double.PositiveInfinity;

        public void Add(double step, double quantity, double least)
        {
            bool repeats = Math.Abs(quantity) > least && Math.Abs(quantity - _last) <= Repeats * Math.Abs(quantity);
            _run = repeats ? _run + 1 : 0;
            if (_run == 0)
                _start = step;
            if (_run >= Octaves)
            {
                Size = Math.Max(Size, Math.Abs(quantity));
                if (!(_first > 0))
                    _first = _start;
            }
            _last = quantity;
        }
    }
}
