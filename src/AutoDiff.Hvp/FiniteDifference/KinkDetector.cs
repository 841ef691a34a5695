namespace AutoDiff.Hvp;

/// <summary>
/// Tells a kink from curvature and noise, step by step, ascending. At a kink the jump ∇f(x + hv) − ∇f(x − hv), or the gap between the one-sided
/// and the central difference, is the same vector over many octaves; curvature makes both grow with h, and noise never repeats.
/// </summary>
internal sealed class KinkDetector(double[] origin)
{
    private const int Octaves = 8;

    // A jump below this part of the gradient may be round-off caught at a rounding boundary.
    private const double LeastJump = 1e-7;

    // A gap below this part of the product is curvature in the making.
    private const double LeastGap = 1e-3;

    private readonly double[] _jump = new double[origin.Length], _gap = new double[origin.Length];
    private double[] _lastJump = new double[origin.Length], _lastGap = new double[origin.Length];
    private int _steps, _jumpRun, _gapRun;
    private double _gapStart;

    /// <summary>The smallest step of a persistent gap between one-sided and central differences; ∞ if there is none.</summary>
    public double FirstGap { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the gradient jumps between the smallest steps' ends: a kink at the point itself.</summary>
    public bool JumpsAtPoint { get; private set; }

    /// <summary>Whether the gradient jumps persistently at some steps.</summary>
    public bool Jumps { get; private set; }

    public void Observe(double step, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus)
    {
        for (int i = 0; i < origin.Length; i++)
        {
            _jump[i] = plus[i] - minus[i];
            _gap[i] = (plus[i] - origin[i] + (minus[i] - origin[i])) / (2 * step);
        }
        double level = Math.Max(Norms.Euclidean(origin), Norms.Euclidean(plus)), jump = Norms.Euclidean(_jump), gap = Norms.Euclidean(_gap);
        _jumpRun = jump > LeastJump * level && Norms.Distance(_jump, _lastJump) <= 0.01 * jump ? _jumpRun + 1 : 0;
        if (_jumpRun >= Octaves)
        {
            Jumps = true;
            JumpsAtPoint |= _steps - _jumpRun <= 2;
        }
        bool persists = gap > LeastGap * jump / (2 * step) && gap * step > LeastJump * level * step / (step + 1) && Norms.Distance(_gap, _lastGap) <= 0.01 * gap;
        if (!persists)
            _gapStart = step;
        _gapRun = persists ? _gapRun + 1 : 0;
        if (_gapRun >= Octaves)
            FirstGap = Math.Min(FirstGap, _gapStart);
        _jump.CopyTo(_lastJump.AsSpan());
        _gap.CopyTo(_lastGap.AsSpan());
        _steps++;
    }
}
