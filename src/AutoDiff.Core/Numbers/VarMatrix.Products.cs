using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Matrix products and functions of rows and columns.
public readonly partial struct VarMatrix
{
    /// <summary>The matrix product X·Y. A transposed operand is read in place.</summary>
    /// <exception cref="ShapeMismatchException">The columns of X are not as many as the rows of Y.</exception>
    public VarMatrix MatMul(VarMatrix other)
    {
        if (Columns != other.Rows)
            throw new ShapeMismatchException(
                $"MatMul: {Rows} × {Columns} times {other.Rows} × {other.Columns}; the inner lengths must be equal.");
        return Structured.MatrixProduct(Block, _transposed, other.Block, other._transposed, Rows, other.Columns, Columns).Reshape(
            Rows, other.Columns);
    }

    /// <summary>The product X·y.</summary>
    /// <exception cref="ShapeMismatchException">The vector's length is not the number of columns.</exception>
    public VarVector MatMul(VarVector other)
    {
        if (Columns != other.Length)
            throw new ShapeMismatchException(
                $"MatMul: {Rows} × {Columns} times a vector of {other.Length}; the inner lengths must be equal.");
        return Structured.MatrixProduct(Block, _transposed, other.View, false, Rows, 1, Columns);
    }

    /// <summary>The sum of all elements.</summary>
    public Var Sum() => Flat.Sum();

    /// <summary>The mean of all elements.</summary>
    /// <exception cref="InvalidOperationException">The matrix is empty.</exception>
    public Var Mean() => Flat.Mean();

    /// <summary>The product of all elements.</summary>
    public Var Product() => Flat.Product();

    /// <summary>The smallest element.</summary>
    /// <exception cref="InvalidOperationException">The matrix is empty.</exception>
    public Var Min() => Flat.Min();

    /// <summary>The largest element.</summary>
    /// <exception cref="InvalidOperationException">The matrix is empty.</exception>
    public Var Max() => Flat.Max();

    /// <summary>The Frobenius norm.</summary>
    public Var Norm() => Flat.Norm();

    /// <summary>The squared Frobenius norm.</summary>
    public Var SquaredNorm() => Flat.SquaredNorm();

    /// <summary>The sum of the rows: one number a column.</summary>
    public VarVector SumRows() => _transposed ? Transpose().SumColumns() : Structured.Linear<SumOverRows>(Block, 1, Columns);

    /// <summary>The sum of the columns: one number a row.</summary>
    public VarVector SumColumns() => _transposed ? Transpose().SumRows() : Structured.Linear<SumOverColumns>(Block, Rows, 1, [Columns]);

    /// <summary>The mean of the rows: one number a column.</summary>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public VarVector MeanRows() =>
        SumRows() / (Rows > 0 ? Rows : throw new InvalidOperationException("MeanRows of a matrix without rows."));

    /// <summary>The mean of the columns: one number a row.</summary>
    /// <exception cref="InvalidOperationException">There are no columns.</exception>
    public VarVector MeanColumns() => SumColumns() / NonEmptyRow(nameof(MeanColumns));

    /// <summary>The product of each row's elements: one number a row.</summary>
    public VarVector ProductColumns() => Structured.Composite<RowProduct>(View, Rows, 1, Columns);

    /// <summary>The smallest element of each row; ties share the derivative.</summary>
    public VarVector MinColumns() => Structured.Composite<Extreme<Smallest>>(View, Rows, 1, NonEmptyRow(nameof(MinColumns)));

    /// <summary>The largest element of each row; ties share the derivative.</summary>
    public VarVector MaxColumns() => Structured.Composite<Extreme<Largest>>(View, Rows, 1, NonEmptyRow(nameof(MaxColumns)));

    /// <summary>The product of each column's elements: one number a column.</summary>
    public VarVector ProductRows() => Transpose().ProductColumns();

    /// <summary>The smallest element of each column.</summary>
    public VarVector MinRows() => Transpose().MinColumns();

    /// <summary>The largest element of each column.</summary>
    public VarVector MaxRows() => Transpose().MaxColumns();

    /// <summary>ln Σ exp of each row, without overflow. Where it is infinite its derivative is 0.</summary>
    /// <exception cref="InvalidOperationException">There are no columns.</exception>
    public VarVector LogSumExp() => Structured.Composite<LogSumExp>(View, Rows, 1 + NonEmptyRow(nameof(LogSumExp)), Columns)[..Rows];

    /// <summary>The softmax of each row.</summary>
    public VarMatrix Softmax() =>
        Structured.Composite<RowSoftmax>(View, Rows, Columns, NonEmptyRow(nameof(Softmax))).Reshape(Rows, Columns);

    /// <summary>The logarithm of the softmax of each row.</summary>
    public VarMatrix LogSoftmax() =>
        Structured.Composite<RowLogSoftmax>(View, 2 * Rows, Columns, NonEmptyRow(nameof(LogSoftmax))).Matrix(0, Rows, Columns);

    /// <summary>−ln softmax(row i) at labels[i], one number a row. The labels are copied.</summary>
    /// <exception cref="ShapeMismatchException">There are not as many labels as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside 0 … Columns − 1.</exception>
    public VarVector CrossEntropy(ReadOnlySpan<int> labels)
    {
        if (labels.Length != Rows)
            throw new ShapeMismatchException($"CrossEntropy: {labels.Length} labels for {Rows} rows.");
        int[] picks = Structured.CheckedIndices(labels, Columns, "Label");
        for (int i = 0; i < picks.Length; i++)
            picks[i] += i * Columns;
        return -LogSoftmax().Flat.Gather(picks);
    }

    private int NonEmptyRow(string operation) =>
        Columns > 0 ? Columns : throw new InvalidOperationException($"{operation} of rows without elements.");
}
