namespace AutoDiff.Engine;

/// <summary>Idle replicas of one recording. Safe to use from many threads.</summary>
internal sealed class ReplicaPool(Recording origin)
{
    private readonly IdlePool<Recording> _idle = new(IdlePool.CapacityFor(origin.SlotCount * (long)sizeof(double)));

    /// <summary>A replica that nobody else uses; what its values are is undefined, except those that nothing computes.</summary>
    public Recording Take() => _idle.Take() ?? origin.Replicate(this);

    public void Return(Recording replica) => _idle.Return(replica);
}
