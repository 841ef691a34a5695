using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Schedules;

internal sealed class CurvatureController(CurvatureRate schedule, RandomStream random, RateController? inner)
    : LanczosController(schedule.MaxProducts, random, inner)
{
    private double _rate;
    private long _calls;

    public override double Rate(long step, double learningRate, FirstOrderIteration at)
    {
        double rate = Inner(step, learningRate, at);
        if (_calls++ % schedule.Every == 0)
            Measure(at);
        return _rate > 0 ? _rate : rate;
    }

    public override void Reset()
    {
        base.Reset();
        (_rate, _calls) = (0, 0);
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_rate);
        state.Write(_calls);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        _rate = state.ReadDouble();
        _calls = state.ReadLong();
    }

    private void Measure(FirstOrderIteration at)
    {
        Lanczos lanczos = Start(at);
        double lowest = 0, highest = 0;
        while (lanczos.Step(at.Hessian))
        {
            TridiagonalEigensystem ritz = new(lanczos.Diagonal, lanczos.Couplings, full: false);
            int last = ritz.Values.Length - 1;
            double highestError = lanczos.NextCoupling * Math.Abs(ritz.Last(last)),
                lowestError = lanczos.NextCoupling * Math.Abs(ritz.Last(0));
            (lowest, highest) = (ritz.Values[0], ritz.Values[last] + highestError);
            double largest = Math.Max(Math.Abs(ritz.Values[0]), Math.Abs(ritz.Values[last]));
            if (last > 0 && Math.Max(highestError, schedule.UseLowest ? lowestError : 0) <= schedule.Accuracy * largest)
                break;
        }
        double rate = schedule.Fraction * 2 / (highest + (schedule.UseLowest ? Math.Max(0, lowest) : 0));
        if (highest > 0 && double.IsFinite(rate))
            _rate = rate;
    }
}
