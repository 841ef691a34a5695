using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim.Schedules;

internal sealed class PlateauController(PlateauDecay schedule, RateController? inner) : RateController(inner)
{
    private double _best = double.PositiveInfinity, _reduction = 1;
    private long _seen, _bad, _cooling;

    public override double Rate(long step, double learningRate, FirstOrderIteration at)
    {
        if (at.IsValueKnown && at.Evaluations != _seen)
        {
            _seen = at.Evaluations;
            Observe(at.Value);
        }
        double rate = Inner(step, learningRate, at);
        return Math.Max(rate * _reduction, Math.Min(rate, schedule.Lowest));
    }

    public override void Reset()
    {
        base.Reset();
        (_best, _reduction, _seen, _bad, _cooling) = (double.PositiveInfinity, 1, 0, 0, 0);
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_best);
        state.Write(_reduction);
        state.Write(_seen);
        state.Write(_bad);
        state.Write(_cooling);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        (_best, _reduction) = (state.ReadDouble(), state.ReadDouble());
        (_seen, _bad, _cooling) = (state.ReadLong(), state.ReadLong(), state.ReadLong());
    }

    private void Observe(double value)
    {
        if (_best == double.PositiveInfinity || value < _best - schedule.Threshold * Math.Abs(_best))
            (_best, _bad) = (value, 0);
        else
            _bad++;
        if (_cooling > 0)
        {
            _cooling--;
            _bad = 0;
        }
        if (_bad > schedule.Patience)
        {
            _reduction *= schedule.Factor;
            _cooling = schedule.Cooldown;
            _bad = 0;
        }
    }
}
