using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The empirical Fisher matrix (1/N)·Σ gᵢgᵢᵀ from the gradients of N examples.</summary>
/// <remarks>Rank at most N. A product costs 4·N·n flops. <see cref="GaussNewtonOperator.EmpiricalFisher"/> does without the N × n numbers.
/// Immutable.</remarks>
public sealed class EmpiricalFisherOperator : ILinearOperator
{
    private readonly double[][] _gradients;

    /// <summary>The matrix of the gradients in the rows of <paramref name="gradients"/>, which are copied.</summary>
    /// <exception cref="ArgumentException">There is no gradient, or it has no elements.</exception>
    public EmpiricalFisherOperator(double[,] gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.Length == 0)
            throw new ArgumentException(
                $"A matrix of {gradients.GetLength(0)} × {gradients.GetLength(1)} holds no gradients.", nameof(gradients));
        Columns = gradients.GetLength(1);
        _gradients = new double[gradients.GetLength(0)][];
        for (int i = 0; i < _gradients.Length; i++)
        {
            _gradients[i] = new double[Columns];
            for (int j = 0; j < Columns; j++)
                _gradients[i][j] = gradients[i, j];
        }
    }

    /// <summary>n.</summary>
    public int Rows => Columns;

    /// <summary>n.</summary>
    public int Columns { get; }

    /// <summary>Writes (1/N)·Σ gᵢ(gᵢᵀv); <paramref name="result"/> may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length is not n.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        if (vector.Length != Columns || result.Length != Columns)
            throw new ShapeMismatchException(
                $"The Fisher matrix acts on {Columns} variables; given were {vector.Length} and room for {result.Length}.");
        double[] slopes = new double[_gradients.Length];
        for (int i = 0; i < slopes.Length; i++)
            slopes[i] = Vectors.Dot(_gradients[i], vector) / slopes.Length;
        result.Clear();
        for (int i = 0; i < slopes.Length; i++)
            Vectors.AddScaled(slopes[i], _gradients[i], result);
    }
}
