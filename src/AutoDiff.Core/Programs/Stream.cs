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

    /// <summary>Finds out how it runs in segments that begin at these instances; the last is the end.</summary>
    public void Divide(int[] segments)
    {
        Access = new Access[segments.Length - 1];
        for (int s = 0; s < Access.Length; s++)
            Access[s] = AccessOf(segments[s], segments[s + 1]);
        IsBroadcast = Array.TrueForAll(Access, a => a == Engine.Access.Broadcast);
    }

    /// <summary>Whether a gathered index mostly repeats the one before it, so that runs of it are better taken as one.</summary>
    public bool Repeats => Runs.Length > 0;

    /// <summary>If it does, the instances at which another index begins, and the end.</summary>
    public int[] Runs { get; private set; } = [];

    /// <summary>The steps from one position to the next that are not those of the stretch that they lie in, a stretch being of one
    /// position or of positions in succession; at most <paramref name="most"/> + 1 of them, as the instances at which a new stretch
    /// begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public List<int> Breaks(int most)
    {
        List<int> breaks = [];
        int step = -1, repeated = 0;
        for (int i = 1; i < Positions.Length; i++)
        {
            int delta = Positions[i] - Positions[i - 1];
            repeated += delta == 0 ? 1 : 0;
            if (step < 0 && delta is 0 or 1)
                step = delta;
            if (delta == step)
                continue;
            if (breaks.Count <= most)
                breaks.Add(i);
            step = -1;
        }
        if (repeated > 3 * Positions.Length / 4)
            Runs = FindRuns();
        return breaks;
    }

    private int[] FindRuns()
    {
        List<int> runs = [0];
        for (int i = 1; i < Positions.Length; i++)
        {
            if (Positions[i] != Positions[i - 1])
                runs.Add(i);
        }
        return [.. runs, Positions.Length];
    }

    /// <summary>How it runs from instance <paramref name="start"/> up to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Access AccessOf(int start, int end)
    {
        int last = Positions[end - 1] - Positions[start];
        bool broadcast = last == 0, contiguous = last == end - 1 - start;
        for (int i = start + 1; i < end && (broadcast || contiguous); i++)
        {
            broadcast &= Positions[i] == Positions[start];
            contiguous &= Positions[i] == Positions[start] + (i - start);
        }
        return contiguous && end - start > 1 ? Engine.Access.Contiguous : broadcast ? Engine.Access.Broadcast : Engine.Access.Gathered;
    }
}
