namespace AutoDiff;

/// <summary>A linear map known by its products with vectors: a Hessian, a Jacobian, a preconditioner. The layers above see no more than
/// this.</summary>
public interface ILinearOperator
{
    /// <summary>The length of the results.</summary>
    int Rows { get; }

    /// <summary>The length of the operands.</summary>
    int Columns { get; }

    /// <summary>The length of operands and results of a square operator.</summary>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    int Dimension =>
        Rows == Columns ? Rows
        : throw new InvalidOperationException($"An operator of {Rows} × {Columns} has no single dimension; ask for Rows or Columns.");

    /// <summary>Writes A·<paramref name="vector"/> to <paramref name="result"/>; the two may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length does not fit.</exception>
    void Apply(ReadOnlySpan<double> vector, Span<double> result);

    /// <summary>A·<paramref name="vector"/>.</summary>
    /// <exception cref="ShapeMismatchException">The length does not fit.</exception>
    double[] Apply(ReadOnlySpan<double> vector)
    {
        double[] result = new double[Rows];
        Apply(vector, result);
        return result;
    }
}
