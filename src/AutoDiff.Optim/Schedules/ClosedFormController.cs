using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim.Schedules;

internal sealed class ClosedFormController(ClosedFormSchedule schedule, RateController? inner) : RateController(inner)
{
    public override double Rate(long step, double learningRate, FirstOrderIteration at) =>
        schedule.Rate(Inner(schedule.InnerStep(step), learningRate, at), step);
}
