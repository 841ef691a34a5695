using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Schedules;

/// <summary>Gives each schedule of a composition a stream of its own.</summary>
internal sealed class RandomStreamSource(ulong seed)
{
    private ulong _given;

    public RandomStream Next() => RandomStream.Of(seed, RandomStreams.Schedules + _given++);
}
