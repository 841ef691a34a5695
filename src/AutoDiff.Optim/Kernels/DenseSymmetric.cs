using AutoDiff.Optim.Krylov;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AutoDiff.Optim.Kernels;

/// <summary>The spectral decomposition A = Q·diag(λ)·Qᵀ of a dense symmetric matrix.</summary>
/// <remarks>Before anything else A is divided by the power of two next to its largest element, so that no scale over- or underflows. Of A
/// the mean of the two triangles is used.</remarks>
internal sealed class DenseSymmetric
{
    private readonly double[,] _vectors;

    /// <summary>Decomposes <paramref name="matrix"/>; O(n³).</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    /// <exception cref="ArithmeticException">An element is infinite or NaN.</exception>
    public DenseSymmetric(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double scale = CheckedScale(matrix);
        Values = new double[n];
        _vectors = new double[n, n];
        if (n == 0)
            return;
        Matrix<double> scaled = Matrix<double>.Build.Dense(n, n, (i, j) => 0.5 * (matrix[i, j] / scale) + 0.5 * (matrix[j, i] / scale));
        Evd<double> evd = scaled.Evd(Symmetricity.Symmetric);
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
            (order[i], Values[i]) = (i, evd.EigenValues[i].Real);
        Array.Sort(Values, order);
        for (int j = 0; j < n; j++)
        {
            Values[j] *= scale;
            for (int i = 0; i < n; i++)
                _vectors[i, j] = evd.EigenVectors[i, order[j]];
        }
    }

    /// <summary>The eigenvalues, ascending; each to about n·u·‖A‖.</summary>
    public double[] Values { get; }

    /// <summary>The orthonormal eigenvectors, as columns in the order of <see cref="Values"/>.</summary>
    public double[,] Vectors => _vectors;

    /// <summary>‖A‖₂.</summary>
    public double Norm => Values.Length == 0 ? 0 : Math.Max(Math.Abs(Values[0]), Math.Abs(Values[^1]));

    /// <summary>What an eigenvalue may be off by through rounding: 10·n·u·‖A‖.</summary>
    public double Error => 5 * Values.Length * Tridiagonal.Epsilon * Norm;

    /// <summary>Writes eigenvector <paramref name="index"/>.</summary>
    public void CopyVector(int index, Span<double> vector)
    {
        for (int i = 0; i < vector.Length; i++)
            vector[i] = _vectors[i, index];
    }

    private static double CheckedScale(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        if (matrix.GetLength(1) != n)
            throw new ShapeMismatchException($"A matrix of {n} × {matrix.GetLength(1)} is not symmetric.");
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (!double.IsFinite(matrix[i, j]))
                    throw new ArithmeticException($"Element ({i}, {j}) of the symmetric matrix is {matrix[i, j]}; only finite matrices can be decomposed.");
                largest = Math.Max(largest, Math.Abs(matrix[i, j]));
            }
        }
        return largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest));
    }
}
