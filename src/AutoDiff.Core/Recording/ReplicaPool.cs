using System.Collections.Concurrent;

namespace AutoDiff.Engine;

/// <summary>Idle replicas of one recording. Safe to use from many threads.</summary>
internal sealed class ReplicaPool(Recording origin)
{
    private readonly ConcurrentBag<Recording> _idle = [];

    /// <summary>A replica that nobody else uses; what its values are is undefined, except those that nothing computes.</summary>
    public Recording Take() => _idle.TryTake(out Recording? replica) ? replica : origin.Replicate(this);

    public void Return(Recording replica) => _idle.Add(replica);
}
