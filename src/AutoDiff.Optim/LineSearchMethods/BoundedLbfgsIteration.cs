using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.LimitedMemory;
using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Optim.LineSearchMethods;

/// <summary><see cref="Lbfgs"/> within bounds (L-BFGS-B): the generalized Cauchy point names the bounds to hold, the model is minimized
/// over the other variables, and the line search goes towards that point.</summary>
internal sealed class BoundedLbfgsIteration : LineSearchIteration
{
    private readonly Bounds _bounds;
    private readonly PairMemory _pairs;
    private readonly CompactHessian _hessian;
    private readonly CauchyPoint _cauchy;
    private readonly SubspaceStep _subspace;
    private readonly MoreThuente _search = new();
    private readonly double[] _target;
    private bool _isSpoilt;

    public BoundedLbfgsIteration(Oracle oracle, Lbfgs options, Bounds bounds) : base(oracle, bounds)
    {
        _bounds = bounds;
        _pairs = new PairMemory(oracle.Dimension, options.Memory);
        _hessian = new CompactHessian(_pairs);
        _cauchy = new CauchyPoint(bounds, _hessian, options.Memory);
        _subspace = new SubspaceStep(bounds, _hessian, options.Memory);
        _target = new double[oracle.Dimension];
    }

    public override ReadOnlySpan<double> LowCurvature => _pairs.LowCurvature;

    public override void Begin()
    {
        base.Begin();
        _pairs.Reset();
        _isSpoilt = false;
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        _pairs.Store(state);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        _pairs.Restore(state);
        _isSpoilt = _pairs.Count > 0 && !_hessian.Rebuild();
    }

    protected override bool TrySearch()
    {
        while (!TryModel())
        {
            if (_pairs.Count == 0)
                return false;
            _isSpoilt = !_hessian.DropOldest();
        }
        Line.Begin(X, Value, Direction, Vectors.Dot(Gradient, Direction), _target);
        double longest = Math.Max(1, Math.Min(Lbfgs.LongestStep, _bounds.LongestStep(X, Direction)));
        return _search.Search(Line, 1, longest) != LineSearchOutcome.Failed;
    }

    protected override void Remember(ReadOnlySpan<double> s, ReadOnlySpan<double> y)
    {
        bool isFull = _pairs.Count == _pairs.Capacity;
        if (_pairs.Add(s, y))
            _isSpoilt = !_hessian.Add(isFull);
    }

    protected override bool TryForget()
    {
        bool any = _pairs.Count > 0;
        _pairs.Clear();
        _isSpoilt = false;
        return any;
    }

    // The direction to the minimizer of the model; false if rounding has spoilt the model.
    private bool TryModel()
    {
        if (_pairs.Count == 0)
        {
            _hessian.Begin(Vectors.Norm(Gradient) / TrialLength());
            _isSpoilt = false;
        }
        if (_isSpoilt)
            return false;
        _cauchy.Find(X, Gradient);
        return _subspace.TryFind(X, Gradient, _cauchy, _target, Direction) && Vectors.AreFinite(Direction)
            && Vectors.Dot(Gradient, Direction) < 0;
    }
}
