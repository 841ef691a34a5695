using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>Where a stream's numbers of one stretch of instances are found.</summary>
internal enum Access : byte
{
    /// <summary>One number for all.</summary>
    Broadcast,

    /// <summary>One after the other.</summary>
    Contiguous,

    /// <summary>By an index for each.</summary>
    Gathered,
}

/// <summary>A stream's first position in a stretch of instances, and how it goes on.</summary>
internal readonly record struct Stretch(int First, Access Access);

/// <summary>An operand of a pattern in all instances of a group: positions in the arena, or among the constants of the schedule.</summary>
internal sealed class Stream(int[] positions, bool isActive, bool isConstant)
{
    /// <summary>The position for each instance.</summary>
    public readonly int[] Positions = positions;

    /// <summary>Whether derivatives flow through it.</summary>
    public readonly bool IsActive = isActive;

    /// <summary>Whether the positions are among the schedule's constants rather than in the arena.</summary>
    public readonly bool IsConstant = isConstant;

    /// <summary>By segment of the group.</summary>
    public Access[] Access { get; private set; } = [];

    /// <summary>Whether it is one number for each segment.</summary>
    public bool IsBroadcast { get; private set; }

    /// <summary>Whether a gathered index mostly repeats the one before it, so that runs of it are better taken as one.</summary>
    public bool Repeats => Runs.Length > 0;

    /// <summary>If it does, the instances at which another index begins, and the end.</summary>
    public int[] Runs { get; private set; } = [];

    // What most streams have.
    private static readonly Access[][] s_single = [[Engine.Access.Broadcast], [Engine.Access.Contiguous], [Engine.Access.Gathered]];

    /// <summary>Finds out how it runs in segments that begin at these instances; the last is the end.</summary>
    public void Divide(int[] segments)
    {
        if (segments.Length == 2)
        {
            Access = s_single[(int)AccessOf(0, Positions.Length)];
        }
        else
        {
            Access = new Access[segments.Length - 1];
            for (int s = 0; s < Access.Length; s++)
                Access[s] = AccessOf(segments[s], segments[s + 1]);
        }
        IsBroadcast = !Access.AsSpan().ContainsAnyExcept(Engine.Access.Broadcast);
        if (Access.AsSpan().Contains(Engine.Access.Gathered))
            FindRuns();
    }

    /// <summary>Finds the instances at which a new stretch begins, a stretch being of one position or of positions in succession; false
    /// if there are more than <paramref name="most"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFindBreaks(int most, List<int> breaks)
    {
        breaks.Clear();
        if (AccessOf(0, Positions.Length) != Engine.Access.Gathered)
            return true;
        int[] positions = Positions;
        int step = -1;
        for (int i = 1; i < positions.Length; i++)
        {
            int delta = positions[i] - positions[i - 1];
            if (step < 0 && delta is 0 or 1)
                step = delta;
            if (delta == step)
                continue;
            if (breaks.Count == most)
                return false;
            breaks.Add(i);
            step = -1;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRuns()
    {
        int[] positions = Positions;
        int changes = 0;
        for (int i = 1; i < positions.Length; i++)
            changes += positions[i] != positions[i - 1] ? 1 : 0;
        if (positions.Length - 1 - changes <= 3 * positions.Length / 4)
            return;
        Runs = new int[changes + 2];
        for (int i = 1, run = 1; i < positions.Length; i++)
        {
            if (positions[i] != positions[i - 1])
                Runs[run++] = i;
        }
        Runs[^1] = positions.Length;
    }

    /// <summary>How it runs from instance <paramref name="start"/> up to <paramref name="end"/>.</summary>
    private Access AccessOf(int start, int end)
    {
        ReadOnlySpan<int> positions = Positions.AsSpan(start, end - start);
        int last = positions[^1] - positions[0];
        return last == 0 && !positions.ContainsAnyExcept(positions[0]) ? Engine.Access.Broadcast
            : last == positions.Length - 1 && AreSuccessive(positions) ? Engine.Access.Contiguous
            : Engine.Access.Gathered;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreSuccessive(ReadOnlySpan<int> positions)
    {
        for (int i = 1; i < positions.Length; i++)
        {
            if (positions[i] != positions[0] + i)
                return false;
        }
        return true;
    }
}
