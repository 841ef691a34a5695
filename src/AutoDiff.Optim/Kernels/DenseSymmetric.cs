using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Kernels;

/// <summary>The spectral decomposition A = Q·diag(λ)·Qᵀ of a dense symmetric matrix: to tridiagonal form by Householder's reflections, from
/// there by the implicit QL method (Wilkinson and Reinsch 1971, contributions II/2 and II/4).</summary>
/// <remarks>Before anything else A is divided by the power of two next to its largest element, so that no scale over- or underflows. Of A
/// the mean of the two triangles is used. What is below 2⁻⁵⁰⁰ of the largest element when a reflection needs it counts as zero, far below
/// rounding.</remarks>
internal sealed class DenseSymmetric
{
    private static readonly double s_negligible = Math.ScaleB(1, -500);

    private readonly double[][] _vectors;
    private double[,]? _columns;

    /// <summary>Decomposes <paramref name="matrix"/>; O(n³).</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    /// <exception cref="ArithmeticException">An element is infinite or NaN.</exception>
    public DenseSymmetric(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double scale = CheckedScale(matrix);
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++)
        {
            a[i] = new double[n];
            for (int j = 0; j < n; j++)
                a[i][j] = 0.5 * (matrix[i, j] / scale) + 0.5 * (matrix[j, i] / scale);
        }
        double[] diagonal = new double[n], couplings = new double[Math.Max(0, n - 1)];
        double[]?[] reflectors = Reduce(a, diagonal, couplings);
        TridiagonalEigensystem t = new(diagonal, couplings, full: true);
        Values = t.Values;
        _vectors = new double[n][];
        for (int i = 0; i < n; i++)
        {
            Values[i] *= scale;
            _vectors[i] = t.Vector(i).ToArray();
            for (int k = reflectors.Length - 1; k >= 0; k--)
            {
                if (reflectors[k] is { } v)
                    Reflect(v, _vectors[i].AsSpan(k + 1));
            }
        }
    }

    /// <summary>The eigenvalues, ascending; each to about n·u·‖A‖.</summary>
    public double[] Values { get; }

    /// <summary>The orthonormal eigenvectors, as columns in the order of <see cref="Values"/>.</summary>
    public double[,] Vectors => _columns ??= Columns();

    /// <summary>‖A‖₂.</summary>
    public double Norm => Values.Length == 0 ? 0 : Math.Max(Math.Abs(Values[0]), Math.Abs(Values[^1]));

    /// <summary>What an eigenvalue may be off by through rounding, 10·n·u·‖A‖, and not less than the distance of the smallest
    /// numbers.</summary>
    public double Error => 5 * Values.Length * Math.Max(Tridiagonal.Epsilon * Norm, double.Epsilon);

    /// <summary>Writes eigenvector <paramref name="index"/>.</summary>
    public void CopyVector(int index, Span<double> vector) => _vectors[index].CopyTo(vector);

    private double[,] Columns()
    {
        double[,] columns = new double[_vectors.Length, _vectors.Length];
        for (int i = 0; i < _vectors.Length; i++)
        {
            for (int j = 0; j < _vectors.Length; j++)
                columns[i, j] = _vectors[j][i];
        }
        return columns;
    }

    // A ← HAH for the reflection H = I − 2vvᵀ that brings row k to two elements beside the diagonal, for one k after the other.
    private static double[]?[] Reduce(double[][] a, double[] diagonal, double[] couplings)
    {
        int n = a.Length;
        double[]?[] reflectors = new double[Math.Max(0, n - 2)][];
        double[] product = new double[n];
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = a[k][k];
            if (k == n - 1)
                break;
            couplings[k] = a[k][k + 1];
            if (k == n - 2)
                continue;
            double[] v = a[k][(k + 1)..];
            double norm = Kernels.Vectors.Norm(v);
            if (norm < s_negligible)
            {
                couplings[k] = 0;
                continue;
            }
            couplings[k] = v[0] > 0 ? -norm : norm;
            v[0] -= couplings[k];
            Kernels.Vectors.Scale(1 / norm, v, v);
            Kernels.Vectors.Scale(1 / Kernels.Vectors.Norm(v), v, v);
            reflectors[k] = v;
            Span<double> w = product.AsSpan(0, v.Length);
            for (int i = 0; i < v.Length; i++)
                w[i] = 2 * Kernels.Vectors.Dot(a[k + 1 + i].AsSpan(k + 1), v);
            Kernels.Vectors.AddScaled(-Kernels.Vectors.Dot(v, w), v, w);
            for (int i = 0; i < v.Length; i++)
            {
                Span<double> row = a[k + 1 + i].AsSpan(k + 1);
                Kernels.Vectors.AddScaled(-v[i], w, row);
                Kernels.Vectors.AddScaled(-w[i], v, row);
            }
        }
        return reflectors;
    }

    private static void Reflect(ReadOnlySpan<double> v, Span<double> x) => Kernels.Vectors.AddScaled(-2 * Kernels.Vectors.Dot(v, x), v, x);

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
                    throw new ArithmeticException(
                        $"Element ({i}, {j}) of the symmetric matrix is {matrix[i, j]}; only finite matrices can be decomposed.");
                largest = Math.Max(largest, Math.Abs(matrix[i, j]));
            }
        }
        return largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest));
    }
}
