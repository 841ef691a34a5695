using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Schedules;

internal sealed class BoostController(SaddleBoost schedule, RandomStream random, RateController? inner)
    : LanczosController(schedule.MaxProducts, random, inner)
{
    private long _stepsLeft, _untilLook;

    public override double Rate(long step, double learningRate, FirstOrderIteration at)
    {
        double rate = Inner(step, learningRate, at);
        if (_untilLook > 0)
            _untilLook--;
        if (_stepsLeft == 0 && _untilLook == 0 && at.IsValueKnown && Vectors.Norm(at.Gradient) <= schedule.GradientThreshold)
        {
            _untilLook = schedule.Every;
            if (HasNegativeCurvature(at))
                _stepsLeft = schedule.Steps;
        }
        if (_stepsLeft == 0)
            return rate;
        _stepsLeft--;
        return rate * schedule.Factor;
    }

    public override void Reset()
    {
        base.Reset();
        (_stepsLeft, _untilLook) = (0, 0);
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_stepsLeft);
        state.Write(_untilLook);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        (_stepsLeft, _untilLook) = (state.ReadLong(), state.ReadLong());
    }

    private bool HasNegativeCurvature(FirstOrderIteration at)
    {
        Lanczos lanczos = Start(at);
        while (lanczos.Step(at.Hessian))
        {
            // The lowest Ritz value is vᵀHv of a unit vector v: below the products' rounding it is the proof.
            double rounding = 10 * ReductionRatio.UnitRoundOff * Math.Sqrt(at.Dimension) * lanczos.NormBound;
            if (Tridiagonal.Eigenvalue(lanczos.Diagonal, lanczos.Couplings, 0) < -Math.Max(rounding, lanczos.Asymmetry))
                return true;
        }
        return false;
    }
}
