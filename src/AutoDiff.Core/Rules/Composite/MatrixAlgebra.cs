using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>Products and triangular systems of row-major matrices over any number type; plain numbers go to the kernels, dual ones plane by
/// plane.</summary>
internal static class MatrixAlgebra
{
    /// <summary>C += op(A)·op(B), or C −= op(A)·op(B), with op(A) m×k and op(B) k×n.</summary>
    public static void AddProduct<T>(
        int m, int n, int k, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, Span<T> c, bool subtract = false)
        where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            MatrixProduct.Accumulate(
                m, n, k, Doubles(a), transposeA, Doubles(b), transposeB, MemoryMarshal.Cast<T, double>(c), subtract ? -1 : 1);
            return;
        }
        if (typeof(T) == typeof(Jet<Real>))
        {
            AddDualProduct(m, n, k, Planes.As<T, Jet<Real>>(a), transposeA, Planes.As<T, Jet<Real>>(b), transposeB, Planes.As<T,
                Jet<Real>>(c), subtract ? -1 : 1);
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
    public static void SolveTriangular<T>(int n, int m, ReadOnlySpan<T> t, bool lower, bool transposed, bool unitDiagonal, Span<T> b)
        where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            DenseTriangular.Solve(n, m, Doubles(t), lower, transposed, unitDiagonal, MemoryMarshal.Cast<T, double>(b));
            return;
        }
        if (typeof(T) == typeof(Jet<Real>))
        {
            SolveDualTriangular(n, m, Planes.As<T, Jet<Real>>(t), lower, transposed, unitDiagonal, Planes.As<T, Jet<Real>>(b));
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

    // C += AB, Ċ += ȦB + AḂ.
    private static void AddDualProduct(
        int m, int n, int k, ReadOnlySpan<Jet<Real>> a, bool transposeA, ReadOnlySpan<Jet<Real>> b, bool transposeB, Span<Jet<Real>> c,
        double alpha)
    {
        using Scratch<double> scratch = new(2 * (a.Length + b.Length + c.Length));
        Span<double> ofA = scratch.Span[..(2 * a.Length)], ofB = scratch.Span.Slice(2 * a.Length, 2 * b.Length),
            ofC = scratch.Span[(2 * (a.Length + b.Length))..];
        Span<double> a0 = ofA[..a.Length], a1 = ofA[a.Length..], b0 = ofB[..b.Length], b1 = ofB[b.Length..], c0 = ofC[..c.Length],
            c1 = ofC[c.Length..];
        Planes.Split(a, a0, a1);
        Planes.Split(b, b0, b1);
        Planes.Split(c, c0, c1);
        MatrixProduct.Accumulate(m, n, k, a0, transposeA, b0, transposeB, c0, alpha);
        MatrixProduct.Accumulate(m, n, k, a1, transposeA, b0, transposeB, c1, alpha);
        MatrixProduct.Accumulate(m, n, k, a0, transposeA, b1, transposeB, c1, alpha);
        Planes.Join(c0, c1, c);
    }

    // X = T⁻¹B, Ẋ = T⁻¹(Ḃ − ṪX), with the named triangle of Ṫ alone.
    private static void SolveDualTriangular(
        int n, int m, ReadOnlySpan<Jet<Real>> t, bool lower, bool transposed, bool unitDiagonal, Span<Jet<Real>> b)
    {
        using Scratch<double> scratch = new(2 * (t.Length + b.Length));
        Span<double> t0 = scratch.Span[..t.Length], t1 = scratch.Span.Slice(t.Length, t.Length);
        Span<double> b0 = scratch.Span.Slice(2 * t.Length, b.Length), b1 = scratch.Span[(2 * t.Length + b.Length)..];
        Planes.Split(t, t0, t1);
        Planes.Split(b, b0, b1);
        for (int i = 0; i < n; i++)
        {
            t1.Slice(i * n, n)[lower ? (i + 1).. : ..i].Clear();
            t1[i * n + i] = unitDiagonal ? 0 : t1[i * n + i];
        }
        DenseTriangular.Solve(n, m, t0, lower, transposed, unitDiagonal, b0);
        MatrixProduct.Accumulate(n, m, n, t1, transposed, b0, false, b1, alpha: -1);
        DenseTriangular.Solve(n, m, t0, lower, transposed, unitDiagonal, b1);
        Planes.Join(b0, b1, b);
    }
}
