using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>The patterns of a schedule's groups so far: groups of one pattern, whose streams are alike, share their kernels.</summary>
internal sealed class KnownPatterns
{
    private readonly Dictionary<ulong, (GroupPlan Plan, PatternKernels Kernels)> _known = [];

    /// <summary>The kernels of a group, and the first group that has the same.</summary>
    public (GroupPlan First, PatternKernels Kernels) Find(GroupPlan plan)
    {
        for (ulong hash = Hash(plan); ; hash++)
        {
            ref (GroupPlan Plan, PatternKernels Kernels) known =
                ref CollectionsMarshal.GetValueRefOrAddDefault(_known, hash, out bool exists);
            if (!exists)
                known = (plan, new PatternKernels(plan));
            if (!exists || AreAlike(known.Plan, plan))
                return known;
        }
    }

    private static bool AreAlike(GroupPlan p, GroupPlan q)
    {
        if (!p.KnownAdjoint.Equals(q.KnownAdjoint) || p.IsSummed != q.IsSummed || Kind(p.Root) != Kind(q.Root)
            || p.Streams.Length != q.Streams.Length)
            return false;
        for (int k = 0; k < p.Streams.Length; k++)
        {
            if (Kind(p.Streams[k]) != Kind(q.Streams[k]))
                return false;
        }
        return p.Nodes.AsSpan().SequenceEqual(q.Nodes);
    }

    private static ulong Hash(GroupPlan plan)
    {
        ulong hash = Mix(BitConverter.DoubleToUInt64Bits(plan.KnownAdjoint), (plan.IsSummed ? 8u : 0) + Kind(plan.Root));
        foreach (Stream stream in plan.Streams)
            hash = Mix(hash, Kind(stream));
        foreach (PatternNode node in plan.Nodes)
            hash = Mix(Mix(Mix(hash, node.Code), Hash(node.X)), Hash(node.Y));
        return hash;
    }

    private static uint Kind(Stream stream) => (stream.IsBroadcast ? 1u : 0) + (stream.IsActive ? 2u : 0) + (stream.IsConstant ? 4u : 0);

    private static ulong Hash(PatternOperand operand) =>
        BitConverter.DoubleToUInt64Bits(operand.Value) ^ (ulong)operand.Index << 2 ^ (ulong)operand.Kind;

    private static ulong Mix(ulong hash, ulong item)
    {
        hash = (hash ^ item) * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 32;
    }
}
