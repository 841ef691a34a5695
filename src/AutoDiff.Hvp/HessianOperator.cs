namespace AutoDiff.Hvp;

/// <summary>The Hessian ∇²f(x) as a linear operator: exact products, no matrix. Symmetric; shares its model's life time and may be used
/// from many threads at once.</summary>
public sealed class HessianOperator : ILinearOperator
{
    private readonly LocalModel _model;

    internal HessianOperator(LocalModel model) => _model = model;

    /// <inheritdoc/>
    public int Rows => _model.Dimension;

    /// <inheritdoc/>
    public int Columns => _model.Dimension;

    /// <summary>The number of variables.</summary>
    public int Dimension => _model.Dimension;

    /// <summary>Writes ∇²f(x)·<paramref name="vector"/> to <paramref name="result"/>, which may be the same memory: one tangent sweep and
    /// one run of the R operator.</summary>
    /// <remarks>Exact to rounding (Pearlmutter 1994). Allocates nothing once warm.</remarks>
    /// <exception cref="ShapeMismatchException">A length is not <see cref="Dimension"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result) => _model.Multiply(vector, result, 1);

    /// <summary>∇²f(x)·<paramref name="vector"/>.</summary>
    /// <exception cref="ShapeMismatchException">The length is not <see cref="Dimension"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public double[] Apply(ReadOnlySpan<double> vector)
    {
        double[] result = new double[Dimension];
        Apply(vector, result);
        return result;
    }

    /// <summary>
    /// Products with <paramref name="count"/> directions, which stand one after the other in <paramref name="vectors"/>; the results
    /// likewise. Where the function is recorded in scalars, eight directions share a sweep, at about a third of the cost of as many single
    /// products. A compiled one whose loops were found takes four at a time, at half the cost if functions and short loops prevail, else at
    /// four fifths or, past the caches, all of it; there each product has the bits that it has by itself, unless
    /// something at the point is not finite and the operations are swept.
    /// </summary>
    /// <exception cref="ShapeMismatchException">A length is not <paramref name="count"/> times <see cref="Dimension"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public void ApplyMany(ReadOnlySpan<double> vectors, Span<double> results, int count) => _model.Multiply(vectors, results, count);

    /// <summary>The products with the rows of <paramref name="vectors"/>, as rows.</summary>
    /// <exception cref="ShapeMismatchException">The rows have not <see cref="Dimension"/> elements.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public double[,] Apply(double[,] vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        int count = vectors.GetLength(0);
        if (vectors.GetLength(1) != Dimension)
            throw new ShapeMismatchException(
                $"The directions have {vectors.GetLength(1)} elements each and the Hessian acts on {Dimension}.");
        double[,] results = new double[count, Dimension];
        ApplyMany(Flat(vectors), Flat(results), count);
        return results;
    }

    /// <summary>The Hessian as a matrix: n products, n² numbers. Row i is ∇²f(x)·eᵢ.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public double[,] ToDense()
    {
        int n = Dimension;
        double[,] units = new double[n, n];
        for (int i = 0; i < n; i++)
            units[i, i] = 1;
        return Apply(units);
    }

    private static Span<double> Flat(double[,] matrix) =>
        matrix.Length == 0 ? default : System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
}
