using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;
using AutoDiff.Optim.NewtonModels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.SaddleSearches;

/// <summary>A saddle search at work.</summary>
internal sealed class SaddleSearchIteration(Oracle oracle, SaddleSearch options) : Iteration(oracle)
{
    private const double LeastCurvature = 1e-8;

    // How much of the steps' sizes, mode by mode, f may differ from the model by.
    private const double Agreement = 0.8, GoodAgreement = 0.25;

    // A step below this fraction of the cap, at a point of the wrong index, has got stuck at a critical point of another kind.
    private const double Stuck = 1e-3;

    // The relative residual of Newton's equation in a Krylov space.
    private const double Accuracy = 1e-3;

    private const double SmallestCap = 1e-12;

    // Lanczos steps that find the first modes of a large Hessian, for each mode.
    private const int FirstModesSteps = 30;

    private readonly SpectralModel _model = SpectralModel.For(oracle.Dimension, options.DenseLimit, options.BasisLimit);
    private readonly SymmetricModel _symmetric = new(oracle, options.Symmetry ?? options.Verdict.Symmetry);
    private readonly double[] _step = new double[oracle.Dimension], _trial = new double[oracle.Dimension], _trialGradient = new double[oracle.Dimension];

    // The modes at the iterate, and those that they were found from.
    private List<double[]> _modes = [], _earlierModes = [];
    private double _cap = options.MaxStep;
    private bool _isFormed;
    private bool _hasIndex;

    public override bool UsesHessian => true;

    public override bool Minimizes => false;

    /// <summary>Known once the modes are: a critical point of another index is no end.</summary>
    public override double? Criticality => _hasIndex ? base.Criticality : null;

    public override ReadOnlySpan<double> LowCurvature => _modes.Count > 0 ? _modes[0] : [];

    public override void Begin()
    {
        if (Dimension > options.DenseLimit && options.Index > 0)
            FindModes();
        Form();
    }

    public override OptimizationStatus? Advance()
    {
        if (!_isFormed)
            FormAgain();
        double[] t = Coefficients();
        double length = Vectors.Norm(t);
        bool isKick = !_hasIndex && length <= Stuck * _cap;
        if (isKick)
            length = Kick(t);
        if (length > _cap)
            Vectors.Scale(_cap / length, t, t);
        _model.Combine(t, _step);
        Vectors.Move(X, 1, _step, _trial);
        (StepLength, Radius, Ratio) = (0, _cap, double.NaN);
        if (_trial.AsSpan().SequenceEqual(X))
            return OptimizationStatus.Stalled;
        double value = Oracle.Value(_trial), disagreement = double.IsFinite(value) ? Disagreement(t, value) : double.PositiveInfinity;
        if (double.IsFinite(value) && (isKick || disagreement <= Agreement || HalvesGradient(value)))
        {
            value = Oracle.Linearize(_trial, _trialGradient);
            if (double.IsFinite(value) && Vectors.AreFinite(_trialGradient))
            {
                Take(value);
                if (disagreement <= GoodAgreement)
                    _cap = Math.Min(2 * _cap, options.MaxStep);
                Form();
                return null;
            }
        }
        _cap = 0.25 * Math.Min(_cap, Vectors.Norm(_step));
        if (_cap < SmallestCap * Math.Max(options.MaxStep, Vectors.Norm(X)))
            return OptimizationStatus.RadiusTooSmall;
        // A trial may have been linearized.
        Oracle.Relinearize(X);
        return null;
    }

    public override void Store(StateWriter state)
    {
        state.Write(_cap);
        state.Write(_hasIndex);
        state.Write((long)_earlierModes.Count);
        foreach (double[] mode in _earlierModes)
            state.Write(mode);
    }

    public override void Restore(StateReader state)
    {
        _cap = state.ReadDouble();
        _hasIndex = state.ReadBool();
        _modes.Clear();
        for (int count = state.ReadInt(); count > 0; count--)
            _modes.Add(state.ReadArray());
    }

    private void Form()
    {
        _model.Form(Oracle, _symmetric, _symmetric.At(X, Gradient), _modes, Accuracy);
        (_earlierModes, _modes) = (_modes, []);
        int negative = 0;
        while (negative < _model.Values.Length && _model.Values[negative] < 0)
            negative++;
        for (int j = 0; j < Math.Min(options.Index, _model.Values.Length); j++)
            _modes.Add(_model.Direction(j, Dimension));
        (_hasIndex, _isFormed) = (negative == options.Index, true);
    }

    // A resumed search forms again what the interrupted one had formed, and paid for.
    private void FormAgain()
    {
        Meter paid = Oracle.Meter;
        Oracle.Meter = new Meter();
        try
        {
            Form();
        }
        finally
        {
            Oracle.Meter = paid;
        }
    }

    // Uphill on the lowest modes, downhill on the others; where H = 0, as far as the cap allows.
    private double[] Coefficients()
    {
        double[] t = new double[_model.Values.Length];
        double norm = _model.Norm, least = norm > 0 ? LeastCurvature * norm : Vectors.Norm(Gradient) / _cap;
        for (int j = 0; j < t.Length; j++)
        {
            if (_model.Coefficients[j] == 0)
                continue;
            double size = Math.Max(options.Method == SaddleSearchMethod.GentlestAscent ? norm : Math.Abs(_model.Values[j]), least);
            t[j] = (j < options.Index ? _model.Coefficients[j] : -_model.Coefficients[j]) / size;
        }
        return t;
    }

    // Along the mode whose curvature has the wrong sign, to the side to which the gradient leans already.
    private double Kick(Span<double> t)
    {
        int mode = 0;
        while (mode < options.Index && _model.Values[mode] < 0)
            mode++;
        double lean = mode < options.Index ? _model.Coefficients[mode] : -_model.Coefficients[mode];
        t.Clear();
        t[mode] = lean < 0 ? -_cap : _cap;
        return _cap;
    }

    // |Δf − Δm| as a fraction of the sum of the modes' |Δmⱼ|.
    private double Disagreement(ReadOnlySpan<double> t, double value)
    {
        double size = 10 * ReductionRatio.UnitRoundOff * Math.Abs(Value), predicted = 0;
        for (int j = 0; j < t.Length; j++)
        {
            double part = t[j] * (_model.Coefficients[j] + 0.5 * _model.Values[j] * t[j]);
            predicted += part;
            size += Math.Abs(part);
        }
        Ratio = (value - Value) / predicted;
        return Math.Abs(value - Value - predicted) / size;
    }

    private bool HalvesGradient(double value)
    {
        if (!double.IsFinite(value))
            return false;
        Oracle.Linearize(_trial, _trialGradient);
        return Vectors.Norm(_trialGradient) <= 0.5 * Vectors.Norm(Gradient);
    }

    private void Take(double value)
    {
        StepLength = Vectors.Distance(_trial, X);
        _trial.CopyTo(X, 0);
        _trialGradient.CopyTo(Gradient, 0);
        Value = value;
    }

    private void FindModes()
    {
        RandomStream random = RandomStream.Of(options.Seed, RandomStreams.Method);
        Lanczos lanczos = new(Dimension, Math.Min(options.BasisLimit, FirstModesSteps * (options.Index + 1)));
        lanczos.StartRandom(ref random);
        while (lanczos.Step(Oracle.Hessian))
        {
        }
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        for (int j = 0; j < Math.Min(options.Index, t.Values.Length); j++)
        {
            double[] mode = new double[Dimension];
            lanczos.Combine(t.Vector(j), mode);
            _modes.Add(mode);
        }
    }
}
