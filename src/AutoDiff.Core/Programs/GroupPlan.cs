namespace AutoDiff.Engine;

/// <summary>The part of a sum of many terms that no group adds up by itself: stored numbers.</summary>
internal sealed record SumPlan(int Level, int Position, int[] Terms);

/// <summary>A pattern, the streams that it runs over, and its kernels, each made when it is first needed. Immutable.</summary>
internal sealed class GroupPlan
{
    private readonly Lazy<Kernel> _value, _gradient, _tangent, _product;

    /// <param name="level">The level that it runs at.</param>
    /// <param name="knownAdjoint">The roots' adjoint, or NaN.</param>
    /// <param name="isSummed">Whether the roots are added up, not stored.</param>
    /// <param name="nodes">The pattern; the last is its root.</param>
    /// <param name="streams">Its operands.</param>
    /// <param name="root">Where the roots, or their sum, are.</param>
    /// <param name="segments">Where stretches of the streams begin, and the last one's end.</param>
    public GroupPlan(int level, double knownAdjoint, bool isSummed, PatternNode[] nodes, Stream[] streams, Stream root, int[] segments)
    {
        (Level, KnownAdjoint, IsSummed, Nodes, Streams, Root, Segments) = (level, knownAdjoint, isSummed, nodes, streams, root, segments);
        _value = new(() => Formulas.Value(this));
        _gradient = new(() => Formulas.Gradient(this));
        _tangent = new(() => Formulas.Tangent(this));
        _product = new(() => Formulas.Product(this));
    }

    public int Level { get; }

    public double KnownAdjoint { get; }

    public bool IsSummed { get; }

    public IReadOnlyList<PatternNode> Nodes { get; }

    public IReadOnlyList<Stream> Streams { get; }

    public Stream Root { get; }

    public int[] Segments { get; }

    public int Count => Segments[^1];

    /// <summary>Whether value and gradient are one kernel.</summary>
    public bool IsFused => !double.IsNaN(KnownAdjoint);

    /// <summary>Roots from operands.</summary>
    public Kernel Value => _value.Value;

    /// <summary>Adjoints of operands from those of roots; where these are known, the roots too.</summary>
    public Kernel Gradient => _gradient.Value;

    /// <summary>Tangents of roots.</summary>
    public Kernel Tangent => _tangent.Value;

    /// <summary>Tangents of the adjoints of operands.</summary>
    public Kernel Product => _product.Value;
}
