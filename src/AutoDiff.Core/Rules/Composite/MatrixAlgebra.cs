using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>Products and triangular systems of row-major matrices over any number type; plain numbers go to the kernels.</summary>
internal static class MatrixAlgebra
{
    /// <summary>C += op(A)·op(B), or C −= op(A)·op(B), with op(A) m×k and op(B) k×n.</summary>
    public static void AddProduct<T>(int m, int n, int k, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, Span<T> c, bool subtract = false) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            MatrixProduct.Accumulate(m, n, k, Doubles(a), transposeA, Doubles(b), transposeB, MemoryMarshal.Cast<T, double>(c), subtract ? -1 : 1);
            return;
        }
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Constant(0);
                for (int l = 0; l < k; l++)
                    sum += a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j];
                c[i * n + j] = subtract ? c[i * n + j] - sum : c[i * n + j] + sum;
            }
        }
    }

    /// <summary>B = op(T)⁻¹·B, with T n×n and B n×m.</summary>
    public static void SolveTriangular<T>(int n, int m, ReadOnlySpan<T> t, bool lower, bool transposed, bool unitDiagonal, Span<T> b) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            DenseTriangular.Solve(n, m, Doubles(t), lower, transposed, unitDiagonal, MemoryMarshal.Cast<T, double>(b));
            return;
        }
        bool ascending = lower != transposed;
        for (int step = 0; step < n; step++)
        {
            int i = ascending ? step : n - 1 - step;
            for (int j = ascending ? 0 : i + 1; j < (ascending ? i : n); j++)
            {
                for (int c = 0; c < m; c++)
                    b[i * m + c] -= t[transposed ? j * n + i : i * n + j] * b[j * m + c];
            }
            for (int c = 0; c < m && !unitDiagonal; c++)
                b[i * m + c] /= t[i * n + i];
        }
    }

    /// <summary>Writes the transpose of the n×n matrix A.</summary>
    public static void Transpose<T>(int n, ReadOnlySpan<T> a, Span<T> transpose)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                transpose[j * n + i] = a[i * n + j];
        }
    }

    public static ReadOnlySpan<double> Doubles<T>(ReadOnlySpan<T> numbers) where T : struct => MemoryMarshal.Cast<T, double>(numbers);
}
