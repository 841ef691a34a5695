using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// The lower factor of A = L·Lᵀ for [n]; A's lower triangle is read. L̇ = L·Φ(L⁻¹ȦL⁻ᵀ), where Φ keeps the lower triangle and half of the
/// diagonal; with S = L⁻ᵀΦ(LᵀL̄)L⁻¹, Ā = S + Sᵀ below the diagonal and S on it. NaN if A is not positive definite.
/// </summary>
/// <remarks>I. Murray, Differentiation of the Cholesky decomposition, arXiv:1602.07527 (2016), eqs. 8 and 10.</remarks>
internal readonly struct Cholesky : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        if (typeof(T) == typeof(Real))
        {
            if (!DenseCholesky.Factor(n, MatrixAlgebra.Doubles(u), MemoryMarshal.Cast<T, double>(y)))
                y.Fill(T.Undefined);
            return;
        }
        y.Fill(T.Constant(0));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T rest = u[i * n + j];
                for (int k = 0; k < j; k++)
                    rest -= y[i * n + k] * y[j * n + k];
                if (i == j && !(T.Primal(rest) > 0))
                {
                    y.Fill(T.Undefined);
                    return;
                }
                y[i * n + j] = i == j ? T.Sqrt(rest) : rest / y[j * n + j];
            }
        }
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        using Scratch<T> scratch = new(2 * n * n);
        Span<T> a = scratch.Span[..(n * n)], b = scratch.Span[(n * n)..];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                a[i * n + j] = a[j * n + i] = uDot[i * n + j];
        }
        MatrixAlgebra.SolveTriangular(n, n, y, lower: true, transposed: false, unitDiagonal: false, a);
        MatrixAlgebra.Transpose<T>(n, a, b);
        MatrixAlgebra.SolveTriangular(n, n, y, lower: true, transposed: false, unitDiagonal: false, b);
        HalfLower(n, b);
        yDot.Fill(T.Constant(0));
        MatrixAlgebra.AddProduct(n, n, n, y, false, b, false, yDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        using Scratch<T> scratch = new(2 * n * n);
        Span<T> a = scratch.Span[..(n * n)], b = scratch.Span[(n * n)..];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                b[i * n + j] = j <= i ? yBar[i * n + j] : T.Constant(0); // Above the diagonal L is constant.
        }
        a.Fill(T.Constant(0));
        MatrixAlgebra.AddProduct(n, n, n, y, true, b, false, a);
        HalfLower(n, a);
        MatrixAlgebra.SolveTriangular(n, n, y, lower: true, transposed: true, unitDiagonal: false, a);
        MatrixAlgebra.Transpose<T>(n, a, b);
        MatrixAlgebra.SolveTriangular(n, n, y, lower: true, transposed: true, unitDiagonal: false, b); // Sᵀ.
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                uBar[i * n + j] += b[i * n + j] + b[j * n + i];
            uBar[i * n + i] += b[i * n + i];
        }
    }

    /// <summary>Φ.</summary>
    private static void HalfLower<T>(int n, Span<T> a) where T : struct, IScalar<T>
    {
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] *= 0.5;
            a.Slice(i * n + i + 1, n - i - 1).Fill(T.Constant(0));
        }
    }
}
