using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>Y = A⁻¹ and its derivatives, which Y alone states: Ẏ = −Y·Ȧ·Y, Ā −= Yᵀ·Ȳ·Yᵀ.</summary>
internal static class InverseAlgebra
{
    /// <summary>Writes the inverse, all NaN if A is singular, and the pivots of A; returns the sign of their product's row exchanges, 0 if
    /// A is singular.</summary>
    public static int Value<T>(int n, ReadOnlySpan<T> a, Span<T> inverse, Span<T> pivots) where T : struct, IScalar<T>
    {
        inverse.Fill(T.Constant(0));
        for (int i = 0; i < n; i++)
            inverse[i * n + i] = T.Constant(1);
        int sign;
        if (typeof(T) == typeof(Real))
        {
            using Scratch<T> scratch = new(LinearSolver.FactorLength(n));
            Span<T> factors = scratch.Span;
            LinearSolver.Factor(n, a, factors);
            LinearSolver.Solve(n, n, a, false, factors, inverse, inverse);
            sign = n > 0 && double.IsNaN(T.Primal(factors[0])) ? 0 : 1;
            for (int i = 0; i < n; i++)
            {
                pivots[i] = factors[i * n + i];
                if (T.Primal(factors[n * n + i]) != i)
                    sign = -sign;
            }
            return sign;
        }
        T[] copy = a.ToArray();
        sign = Elimination.Solve(n, n, copy.AsSpan(), inverse);
        for (int i = 0; i < n; i++)
            pivots[i] = copy[i * n + i];
        return sign;
    }

    /// <summary>Ẏ = −Y·Ȧ·Y.</summary>
    public static void Tangent<T>(int n, ReadOnlySpan<T> y, ReadOnlySpan<T> aDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        using Scratch<T> scratch = new(n * n);
        scratch.Span.Fill(T.Constant(0));
        MatrixAlgebra.AddProduct(n, n, n, aDot, false, y, false, scratch.Span);
        yDot.Fill(T.Constant(0));
        MatrixAlgebra.AddProduct(n, n, n, y, false, scratch.Span, false, yDot, subtract: true);
    }

    /// <summary>Ā −= Yᵀ·Ȳ·Yᵀ.</summary>
    public static void Adjoint<T>(int n, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> aBar) where T : struct, IScalar<T>
    {
        if (Rows.AreZero(yBar))
            return;
        using Scratch<T> scratch = new(n * n);
        scratch.Span.Fill(T.Constant(0));
        MatrixAlgebra.AddProduct(n, n, n, yBar, false, y, true, scratch.Span);
        MatrixAlgebra.AddProduct(n, n, n, y, true, scratch.Span, false, aBar, subtract: true);
    }

    /// <summary>⟨Aᵀ, B⟩, the trace of A·B.</summary>
    public static T TraceOfProduct<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : struct, IScalar<T>
    {
        T sum = T.Constant(0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                sum += a[i * n + j] * b[j * n + i];
        }
        return sum;
    }

    /// <summary>B += s·Aᵀ.</summary>
    public static void AddTransposed<T>(int n, ReadOnlySpan<T> a, T s, Span<T> b) where T : struct, IScalar<T>
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                b[i * n + j] += T.AbsoluteProduct(a[j * n + i], s);
        }
    }
}
