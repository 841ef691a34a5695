namespace AutoDiff.Engine;

/// <summary>The part of a sum of many terms that no group adds up by itself: the positions of stored numbers, which depend on inputs, and
/// of data, which have no derivatives.</summary>
internal sealed record SumPlan(int Level, int Position, int[] Terms, int[] Data);

/// <summary>A pattern, the streams that it runs over, and its kernels, each made when it is first needed. Immutable.</summary>
internal sealed class GroupPlan
{
    private readonly PatternKernels _kernels;
    private readonly Stretch[] _stretches;

    /// <param name="level">The level that it runs at.</param>
    /// <param name="knownAdjoint">The roots' adjoint, or NaN.</param>
    /// <param name="isSummed">Whether the roots are added up, not stored.</param>
    /// <param name="nodes">The pattern; the last is its root.</param>
    /// <param name="streams">Its operands.</param>
    /// <param name="root">Where the roots, or their sum, are.</param>
    /// <param name="segments">Where stretches of the streams begin, and the last one's end.</param>
    /// <param name="known">The patterns so far.</param>
    public GroupPlan(int level, double knownAdjoint, bool isSummed, PatternNode[] nodes, Stream[] streams, Stream root, int[] segments,
        KnownPatterns known)
    {
        (Level, KnownAdjoint, IsSummed, Nodes, Streams, Root, Segments) = (level, knownAdjoint, isSummed, nodes, streams, root, segments);
        (GroupPlan first, _kernels) = known.Find(this);
        Nodes = first.Nodes;
        _stretches = [.. Enumerable.Range(0, segments.Length - 1).SelectMany(
            s => streams.Prepend(root).Select(t => new Stretch(t.Positions[segments[s]], t.Access[s])))];
        _kernels.Add(Count);
    }

    /// <summary>The number of the stream of roots.</summary>
    public const int RootStream = -1;

    /// <summary>A stream by its number among the operands, or <see cref="RootStream"/>.</summary>
    public Stream StreamOf(int number) => number < 0 ? Root : Streams[number];

    /// <summary>How the streams run in a segment, by number + 1.</summary>
    public ReadOnlySpan<Stretch> StretchesOf(int segment) => _stretches.AsSpan(segment * (Streams.Length + 1), Streams.Length + 1);

    public int Level { get; }

    public double KnownAdjoint { get; }

    public bool IsSummed { get; }

    public PatternNode[] Nodes { get; }

    public Stream[] Streams { get; }

    public Stream Root { get; }

    public int[] Segments { get; }

    public int Count => Segments[^1];

    /// <summary>Whether value and gradient are one kernel.</summary>
    public bool IsFused => !double.IsNaN(KnownAdjoint);

    /// <summary>Roots from operands.</summary>
    public Kernel Value => _kernels.Value;

    /// <summary>Adjoints of operands from those of roots; where these are known, the roots too.</summary>
    public Kernel Gradient => _kernels.Gradient;

    /// <summary>Tangents of roots.</summary>
    public Kernel Tangent => _kernels.Tangent;

    /// <summary>Tangents of the adjoints of operands.</summary>
    public Kernel Product => _kernels.Product;

    /// <summary><see cref="Tangent"/> for <see cref="Schedule.MostDirections"/> directions, or null if it must be run for each.</summary>
    public Kernel? Tangents => _kernels.Tangents;

    /// <summary><see cref="Product"/> likewise.</summary>
    public Kernel? Products => _kernels.Products;
}
