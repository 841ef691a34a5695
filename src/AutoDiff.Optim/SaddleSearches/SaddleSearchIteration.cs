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

    // An attempt that has not come to an end after so many steps has lost its way: up a wall, or to where f levels off.
    private const int StepsAnAttempt = 100, StepsOfAscent = 1000;

    // A Hessian so many times that of the start belongs to a wall.
    private const double Wall = 1e4;

    // The lowest curvature of a saddle, as a part of ‖H‖: less is left where f levels off.
    private const double Faint = 1e-9;

    // Lanczos steps that turn each mode towards the lowest.
    private const int TurningSteps = 8;

    // Lanczos steps that find the first modes of a large Hessian, for each mode.
    private const int FirstModesSteps = 30;

    private readonly SpectralModel _model =
        SpectralModel.For(oracle.Dimension, IsMatrixFree(options, oracle) ? -1 : options.DenseLimit, options.BasisLimit);
    private SymmetricModel _symmetric = new(oracle, options.Symmetry ?? options.Verdict.Symmetry);
    private readonly double[] _step = new double[oracle.Dimension], _trial = new double[oracle.Dimension],
        _trialGradient = new double[oracle.Dimension];

    // The modes at the iterate, and those that they were found from.
    private List<double[]> _modes = [], _earlierModes = [];
    private double _cap = options.MaxStep;
    private bool _isFormed;
    private bool _hasIndex;

    // Where the search began, which way up it goes, and the mode that it keeps to.
    private double[] _start = [], _followed = [];
    private int _attempt, _steps, _uphill;
    private double _startNorm = double.PositiveInfinity;
    private bool _isFromMinimum;

    public override bool UsesHessian => true;

    public override bool Minimizes => false;

    /// <summary>Known once the modes are: a critical point of another index is no end.</summary>
    public override double? Criticality => _hasIndex && !IsFaint ? base.Criticality : null;

    public override ReadOnlySpan<double> LowCurvature => _modes.Count > 0 ? _modes[0] : [];

    public override void Begin()
    {
        if (options.Symmetry is null && options.Verdict.Symmetry is null)
            FindSymmetry();
        (_start, _attempt, _steps, _isFromMinimum, _modes) = ([.. X], 0, 0, false, []);
        _followed = options.Mode is { } mode ? [.. mode] : [];
        _symmetric.At(X, Gradient);
        if (IsMatrixFree(options, Oracle) && options.Index > 0)
            FindModes();
        Form();
    }

    public override OptimizationStatus? Advance()
    {
        if (!_isFormed)
            FormAgain();
        if (_steps == 0)
            _startNorm = _model.Norm;
        if (_steps++ > (options.Method == SaddleSearchMethod.GentlestAscent ? StepsOfAscent : StepsAnAttempt)
            || _model.Norm > Wall * _startNorm)
            BeginAgain();
        double[] t = Coefficients();
        double length = Vectors.Norm(t);
        bool isKick = !_hasIndex && (options.Method == SaddleSearchMethod.EigenvectorFollowing ? NewtonLength() : length) <= Stuck * _cap;
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
                else if (options.Method == SaddleSearchMethod.EigenvectorFollowing && Ratio < 0)
                    _cap *= 0.5; // Uphill goes as far as it may, and past a ridge to and fro.
                Form();
                return null;
            }
        }
        _cap = 0.25 * Math.Min(_cap, Vectors.Norm(_step));
        if (_cap < SmallestCap * Math.Max(options.MaxStep, Vectors.Norm(X)))
            return BeginAgain() ? null : OptimizationStatus.RadiusTooSmall;
        // A trial may have been linearized.
        Oracle.Relinearize(X);
        return null;
    }

    public override void Store(StateWriter state)
    {
        state.Write(_cap);
        state.Write(_hasIndex);
        state.Write(_start);
        state.Write(_followed);
        state.Write((long)_attempt);
        state.Write((long)_steps);
        state.Write(_startNorm);
        state.Write(_isFromMinimum);
        state.Write((long)_earlierModes.Count);
        foreach (double[] mode in _earlierModes)
            state.Write(mode);
    }

    public override void Restore(StateReader state)
    {
        _cap = state.ReadDouble();
        _hasIndex = state.ReadBool();
        _start = state.ReadArray();
        _followed = state.ReadArray();
        _attempt = state.ReadInt();
        _steps = state.ReadInt();
        _startNorm = state.ReadDouble();
        _isFromMinimum = state.ReadBool();
        _modes.Clear();
        for (int count = state.ReadInt(); count > 0; count--)
            _modes.Add(state.ReadArray());
    }

    private void Form()
    {
        double[] gradient = _symmetric.At(X, Gradient);
        _earlierModes = _modes;
        if (options.Method == SaddleSearchMethod.MinimumMode)
            _modes = Turned(_modes);
        _model.Form(Oracle, _symmetric, gradient, _modes, Accuracy);
        _modes = [];
        int negative = 0;
        while (negative < _model.Values.Length && _model.Values[negative] < 0)
            negative++;
        for (int j = 0; j < Math.Min(options.Index, _model.Values.Length); j++)
            _modes.Add(_model.Direction(j, Dimension));
        (_hasIndex, _isFormed) = (negative == options.Index, true);
        if (_followed.Length > 0 && options.Index == 1)
            Follow();
    }

    // A resumed search forms again what the interrupted one had formed, and paid for.
    private void FormAgain()
    {
        Meter paid = Oracle.Meter;
        Oracle.Meter = new Meter();
        try
        {
            if (options.Symmetry is null && options.Verdict.Symmetry is null)
                FindSymmetry();
            Form();
        }
        finally
        {
            Oracle.Meter = paid;
        }
    }

    private bool IsFaint =>
        _model.Values.Length > 0 && options.Index > 0 && Math.Abs(_model.Values[options.Index - 1]) <= Faint * _model.Norm;

    private static bool IsMatrixFree(SaddleSearch options, Oracle oracle) =>
        oracle.Dimension > options.DenseLimit || options.Method == SaddleSearchMethod.MinimumMode;

    // The mode that resembles the one followed most goes uphill, until it is the lowest.
    private void Follow()
    {
        int best = 0;
        double largest = -1;
        for (int j = 0; j < _model.Values.Length; j++)
        {
            if (Math.Abs(Vectors.Dot(_model.Direction(j, Dimension), _followed)) is var overlap && overlap > largest)
                (best, largest) = (j, overlap);
        }
        if (best == 0 && _hasIndex)
        {
            (_uphill, _followed) = (0, []);
            return;
        }
        double[] mode = _model.Direction(best, Dimension);
        Vectors.Scale(Vectors.Dot(mode, _followed) < 0 ? -1 : 1, mode, mode);
        (_uphill, _followed) = (best, mode);
        if (_modes.Count > 0)
            _modes[0] = mode;
    }

    // ‖H⁺g‖: rational functions take a long step uphill where the gradient vanishes, whichever way it is.
    private double NewtonLength()
    {
        double sum = 0;
        for (int j = 0; j < _model.Values.Length; j++)
            sum += _model.Coefficients[j] == 0 ? 0
                : Math.Pow(_model.Coefficients[j] / Math.Max(Math.Abs(_model.Values[j]), LeastCurvature * _model.Norm), 2);
        return Math.Sqrt(sum);
    }

    private bool IsUphill(int mode) => _followed.Length > 0 && options.Index == 1 ? mode == _uphill : mode < options.Index;

    private void FindSymmetry()
    {
        if (InvarianceCheck.Around(Oracle, X, Gradient, RandomStream.Of(options.Seed, RandomStreams.RoundOff)) is { } check)
            _symmetric = new SymmetricModel(Oracle, SymmetryDetector.Find(check, Dimension));
    }

    // From the minimum another way up; false if the search did not begin at one or has tried them all.
    private bool BeginAgain()
    {
        if (!_isFromMinimum || options.Mode is not null || options.Index != 1 || _attempt + 1 >= options.Attempts)
            return false;
        _attempt++;
        (_steps, _cap, _followed, _modes) = (0, options.MaxStep, [], []);
        _start.CopyTo(X, 0);
        Evaluate();
        _symmetric.At(X, Gradient);
        if (IsMatrixFree(options, Oracle))
            FindModes();
        Form();
        return true;
    }

    // A few Lanczos steps from each mode, kept apart from those before.
    private List<double[]> Turned(List<double[]> modes)
    {
        List<double[]> turned = [];
        foreach (double[] mode in modes)
        {
            Lanczos lanczos = new(Dimension, TurningSteps);
            foreach (double[] locked in (double[][])[.. _symmetric.Complement?.Vectors ?? [], .. turned])
                lanczos.Lock(locked);
            lanczos.Start(mode);
            while (lanczos.Step(_symmetric.Hessian))
            {
            }
            if (lanczos.Count == 0)
                continue;
            double[] lowest = new double[Dimension];
            lanczos.Combine(new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: true).Vector(0), lowest);
            turned.Add(lowest);
        }
        return turned;
    }

    // Uphill on the lowest modes, downhill on the others; where H = 0, as far as the cap allows.
    private double[] Coefficients()
    {
        double[] t = new double[_model.Values.Length];
        double norm = _model.Norm, least = norm > 0 ? LeastCurvature * norm : Vectors.Norm(Gradient) / _cap;
        if (options.Method == SaddleSearchMethod.EigenvectorFollowing)
        {
            Rational(t);
            return t;
        }
        for (int j = 0; j < t.Length; j++)
        {
            if (_model.Coefficients[j] == 0)
                continue;
            double size = Math.Max(options.Method == SaddleSearchMethod.GentlestAscent ? norm : Math.Abs(_model.Values[j]), least);
            t[j] = (IsUphill(j) ? _model.Coefficients[j] : -_model.Coefficients[j]) / size;
        }
        return t;
    }

    // The shifts of the two rational models; the lower one by bisection between bounds of Gershgorin's kind.
    private void Rational(double[] t)
    {
        double sum = 0, lowest = double.PositiveInfinity;
        for (int j = 0; j < t.Length; j++)
        {
            double c = _model.Coefficients[j], value = _model.Values[j];
            if (!IsUphill(j))
            {
                sum += c * c;
                lowest = Math.Min(lowest, value);
                continue;
            }
            // c/(μ − λ), without the difference that cancels for a small c.
            double root = Math.Sqrt(value * value + 4 * c * c), step = value > 0 ? 0.5 * (root + value) / c : 2 * c / (root - value);
            t[j] = c == 0 ? 0 : Math.Clamp(step, -_cap, _cap); // The others relax as far as they want to.
        }
        double high = Math.Min(0, lowest), low = Math.Min(0, lowest) - Math.Sqrt(sum) - 1e-300;
        for (int step = 0; step < 200; step++)
        {
            double mu = 0.5 * (low + high), right = 0;
            if (mu <= low || mu >= high)
                break;
            for (int j = 0; j < t.Length; j++)
                right += IsUphill(j) ? 0 : _model.Coefficients[j] / (mu - _model.Values[j]) * _model.Coefficients[j];
            (low, high) = right < mu ? (low, mu) : (mu, high);
        }
        for (int j = 0; j < t.Length; j++)
        {
            if (!IsUphill(j))
                t[j] = _model.Coefficients[j] == 0 ? 0 : -_model.Coefficients[j] / (_model.Values[j] - low);
        }
    }

    // Along the mode whose curvature has the wrong sign, to the side to which the gradient leans already.
    private double Kick(Span<double> t)
    {
        int mode = 0;
        while (mode < options.Index && _model.Values[mode] < 0)
            mode++;
        double lean = mode < options.Index ? _model.Coefficients[mode] : -_model.Coefficients[mode];
        if (options.Index == 1 && mode == 0)
        {
            _isFromMinimum |= _steps <= 1;
            bool isGiven = _followed.Length > 0;
            if (isGiven)
                (mode, lean) = (_uphill, Vectors.Dot(_model.Direction(_uphill, Dimension), _followed));
            else
                (mode, lean) = (Math.Min(_attempt / 2, t.Length - 1), _model.Coefficients[Math.Min(_attempt / 2, t.Length - 1)]);
            if (!isGiven && _attempt % 2 == 1)
                lean = lean < 0 ? 1 : -1;
            _followed = _model.Direction(mode, Dimension);
            Vectors.Scale(lean < 0 ? -1 : 1, _followed, _followed);
        }
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
        foreach (double[] vector in _symmetric.Complement?.Vectors ?? [])
            lanczos.Lock(vector);
        lanczos.StartRandom(ref random);
        while (lanczos.Step(_symmetric.Hessian))
        {
        }
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        for (int j = 0; j < Math.Min(Math.Max(options.Index, _attempt / 2 + 1), t.Values.Length); j++)
        {
            double[] mode = new double[Dimension];
            lanczos.Combine(t.Vector(j), mode);
            _modes.Add(mode);
        }
    }
}
