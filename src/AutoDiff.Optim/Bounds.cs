namespace AutoDiff.Optim;

/// <summary>Simple bounds lᵢ ≤ xᵢ ≤ uᵢ; infinities where there is none. Immutable.</summary>
public sealed class Bounds
{
    private readonly double[] _lower, _upper;

    /// <summary>Copies the bounds.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
    /// <exception cref="ArgumentException">A bound is NaN, or a lower one exceeds its upper one.</exception>
    public Bounds(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.Length != upper.Length)
            throw new ShapeMismatchException(
                $"There are {lower.Length} lower bounds and {upper.Length} upper ones: give each variable one of each (infinities where it has none).");
        for (int i = 0; i < lower.Length; i++)
        {
            if (!(lower[i] <= upper[i]) || lower[i] == double.PositiveInfinity || upper[i] == double.NegativeInfinity)
                throw new ArgumentException(
                    $"Variable {i} would have to lie between {lower[i]} and {upper[i]}: no number does. Exchange or correct them.");
        }
        _lower = lower.ToArray();
        _upper = upper.ToArray();
    }

    /// <summary>The same two bounds for each of n variables.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is negative.</exception>
    /// <exception cref="ArgumentException">A bound is NaN, or the lower one exceeds the upper one.</exception>
    public static Bounds Box(int dimension, double lower, double upper)
    {
        if (dimension < 0)
            throw new ArgumentOutOfRangeException(
                nameof(dimension), dimension, $"Bounds on {dimension} variables: their number must be zero or more.");
        double[] l = new double[dimension], u = new double[dimension];
        l.AsSpan().Fill(lower);
        u.AsSpan().Fill(upper);
        return new Bounds(l, u);
    }

    /// <summary>The number of variables.</summary>
    public int Dimension => _lower.Length;

    /// <summary>l.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>u.</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>P(x): the nearest point within the bounds; x and the result may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length does not fit.</exception>
    public void Project(ReadOnlySpan<double> x, Span<double> result)
    {
        if (x.Length != Dimension || result.Length != Dimension)
            throw new ShapeMismatchException(
                $"There are bounds on {Dimension} variables; the point has {x.Length} and the result room for {result.Length}.");
        for (int i = 0; i < x.Length; i++)
            result[i] = Math.Min(Math.Max(x[i], _lower[i]), _upper[i]);
    }

    /// <summary>‖P(x − g) − x‖₂: zero exactly at the points that satisfy the first-order conditions.</summary>
    internal double Criticality(ReadOnlySpan<double> x, ReadOnlySpan<double> g) => Criticality(x, g, new double[x.Length]);

    /// <summary>The same; P(x − g) − x is left in <paramref name="step"/>.</summary>
    internal double Criticality(ReadOnlySpan<double> x, ReadOnlySpan<double> g, Span<double> step)
    {
        for (int i = 0; i < x.Length; i++)
            step[i] = Math.Min(Math.Max(-g[i], _lower[i] - x[i]), _upper[i] - x[i]);
        return Kernels.Vectors.Norm(step);
    }

    /// <summary>Whether a variable cannot go where f falls: it has no room, or is at a bound to which the gradient pushes it.</summary>
    internal bool Holds(int i, double x, double gradient) =>
        x <= _lower[i] && (gradient >= 0 || x >= _upper[i]) || x >= _upper[i] && gradient <= 0;

    /// <summary>The longest α with l ≤ x + αd ≤ u; infinity if there is none.</summary>
    internal double LongestStep(ReadOnlySpan<double> x, ReadOnlySpan<double> d)
    {
        double longest = double.PositiveInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            if (d[i] != 0)
                longest = Math.Min(longest, ((d[i] > 0 ? _upper[i] : _lower[i]) - x[i]) / d[i]);
        }
        return longest;
    }
}
