using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LineSearches;

/// <summary>
/// φ(α) = f(x + αd), with its slope; one value and one gradient of f a trial, in memory that is taken once. Under bounds the point is
/// projected, so that rounding takes it to no place where f must not be evaluated.
/// </summary>
/// <remarks>
/// Values are differences φ(α) − φ(0). Where these, found and predicted, are too near the rounding of φ(0) to tell anything, the
/// trapezoidal rule on the slopes, ½α(φ′(0) + φ′(α)), stands for them. The condition of sufficient decrease, φ(α) − φ(0) ≤ δαφ′(0), then
/// reads φ′(α) ≤ (2δ − 1)φ′(0): it is the approximate Wolfe condition of Hager and Zhang (2005), and a search need not know. A
/// decrease that only the slopes tell of, without the curvature condition, is none to rely on.
/// </remarks>
internal sealed class LineFunction(Oracle oracle, Bounds? bounds = null)
{
    // Rounding of f relative to |f|: of one well-conditioned sum; and what sums that cancel may suffer, ε of Hager and Zhang.
    private const double UsualNoise = 1e4 * ReductionRatio.UnitRoundOff, LargeNoise = 1e-6;

    private LinePoint _trial = new(oracle.Dimension), _best = new(oracle.Dimension);
    private double[] _x = [], _direction = [];
    private double[]? _target;
    private double _noise;
    private bool _hasBest, _isTrialBest, _isBestNoise;

    /// <summary>Whether f must be taken to be as noisy as it may be; set after a search has failed.</summary>
    public bool IsNoisy { get; set; }

    /// <summary>φ(0).</summary>
    public double InitialValue { get; private set; }

    /// <summary>φ′(0).</summary>
    public double InitialSlope { get; private set; }

    /// <summary>Trials on this line.</summary>
    public int Trials { get; private set; }

    /// <summary>Whether the last α gave the best point once more; nothing was evaluated, and the search has to end.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The point the search decided on.</summary>
    public LinePoint Accepted { get; private set; } = null!;

    /// <summary>A new line.</summary>
    /// <param name="x">Its origin, which is not copied.</param>
    /// <param name="value">f(x).</param>
    /// <param name="direction">d, not copied.</param>
    /// <param name="slope">d·∇f(x).</param>
    /// <param name="target">x + d as it is known exactly; null: as it comes out.</param>
    public void Begin(double[] x, double value, double[] direction, double slope, double[]? target = null)
    {
        (_x, _direction, _target) = (x, direction, target);
        (InitialValue, InitialSlope) = (value, slope);
        (Trials, IsExhausted, _hasBest, _isTrialBest) = (0, false, false, false);
        _noise = (IsNoisy ? LargeNoise : UsualNoise) * Math.Abs(value);
    }

    /// <summary>The origin.</summary>
    public LineSample Origin => new(0, 0, InitialSlope);

    /// <summary>φ and φ′ at α; where α is so small that x + αd = x, they are φ(0) and φ′(0), and nothing is evaluated.</summary>
    public LineSample Evaluate(double alpha)
    {
        if (_isTrialBest)
            (_trial, _best, _isTrialBest) = (_best, _trial, false);
        if (alpha == 1 && _target is not null)
            _target.CopyTo(_trial.X, 0);
        else
            Vectors.Move(_x, alpha, _direction, _trial.X);
        bounds?.Project(_trial.X, _trial.X);
        Trials++;
        IsExhausted = _hasBest && _trial.X.AsSpan().SequenceEqual(_best.X);
        if (IsExhausted || _trial.X.AsSpan().SequenceEqual(_x))
            return new LineSample(alpha, 0, InitialSlope);
        _trial.Value = oracle.Gradient(_trial.X, _trial.Gradient);
        double slope = Vectors.Dot(_trial.Gradient, _direction);
        double difference = _trial.Value - InitialValue;
        bool isNoise = Math.Max(Math.Abs(difference), Math.Abs(alpha * InitialSlope)) <= _noise;
        if (isNoise)
            difference = 0.5 * alpha * (InitialSlope + slope);
        LineSample sample = new(alpha, difference, Vectors.AreFinite(_trial.Gradient) ? slope : double.NaN);
        _trial.Sample = sample;
        if (sample.IsFinite && !(_hasBest && _best.Sample.Value <= difference))
            (_hasBest, _isTrialBest, _isBestNoise) = (true, true, isNoise);
        return sample;
    }

    /// <summary>Whether a value differs from φ(0) by no more than its noise.</summary>
    public bool IsWithinNoise(double value) => Math.Abs(value - InitialValue) <= _noise;

    /// <summary>Decides on the last trial.</summary>
    public LineSearchOutcome AcceptLast()
    {
        Accepted = _trial;
        return LineSearchOutcome.Wolfe;
    }

    /// <summary>Decides on the lowest trial if its decrease is sufficient, φ(α) − φ(0) ≤ δαφ′(0).</summary>
    public LineSearchOutcome AcceptBest(double delta)
    {
        Accepted = _isTrialBest ? _trial : _best;
        return _hasBest && !_isBestNoise && Accepted.Sample.Value <= delta * Accepted.Sample.Alpha * InitialSlope
            ? LineSearchOutcome.Decrease : LineSearchOutcome.Failed;
    }
}
