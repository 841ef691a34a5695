using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.LimitedMemory;
using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Optim.LineSearchMethods;

/// <summary><see cref="Lbfgs"/> without bounds: d = −Hg by the two-loop recursion.</summary>
internal sealed class LbfgsIteration(Oracle oracle, Lbfgs options) : LineSearchIteration(oracle)
{
    private readonly PairMemory _pairs = new(oracle.Dimension, options.Memory);
    private readonly MoreThuente _search = new();

    public override ReadOnlySpan<double> LowCurvature => _pairs.LowCurvature;

    public override void Begin()
    {
        base.Begin();
        _pairs.Reset();
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
    }

    protected override bool TrySearch()
    {
        if (_pairs.Count == 0)
        {
            Vectors.Scale(-TrialLength() / Vectors.Norm(Gradient), Gradient, Direction);
        }
        else
        {
            Vectors.Negate(Gradient, Direction);
            _pairs.MultiplyInverse(Direction);
        }
        double slope = Vectors.Dot(Gradient, Direction);
        if (!(slope < 0) || !Vectors.AreFinite(Direction))
            return false;
        Line.Begin(X, Value, Direction, slope);
        return _search.Search(Line, 1, Lbfgs.LongestStep) != LineSearchOutcome.Failed;
    }

    protected override void Remember(ReadOnlySpan<double> s, ReadOnlySpan<double> y) => _pairs.Add(s, y);

    protected override bool TryForget()
    {
        bool any = _pairs.Count > 0;
        _pairs.Clear();
        return any;
    }
}
