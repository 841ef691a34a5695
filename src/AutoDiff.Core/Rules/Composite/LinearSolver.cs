using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// X = op(A)⁻¹·B over any number type. The factors of A's primal are computed once and kept as numbers, n² + n of them: plain numbers are
/// solved with these, dual ones by the same, tangent after primal; recorded scalars record a solution of their own; anything else is
/// eliminated.
/// </summary>
internal static class LinearSolver
{
    /// <summary>How many numbers the factors of an n×n matrix take.</summary>
    public static int FactorLength(int n) => n * n + n;

    /// <summary>Writes the factors of A's primal; NaN, which every solution then is, if A is singular.</summary>
    public static void Factor<T>(int n, ReadOnlySpan<T> a, Span<T> factors) where T : struct, IScalar<T>
    {
        using Scratch<double> scratch = new(FactorLength(n));
        Span<double> numbers = scratch.Span;
        for (int i = 0; i < a.Length; i++)
            numbers[i] = T.Primal(a[i]);
        bool isRegular = DenseLu.Factor(n, numbers[..(n * n)], numbers[(n * n)..]);
        for (int i = 0; i < factors.Length; i++)
            factors[i] = T.Constant(isRegular ? numbers[i] : double.NaN);
    }

    /// <summary>X = op(A)⁻¹·B for n×m B; X and B may be the same memory.</summary>
    public static void Solve<T>(int n, int m, ReadOnlySpan<T> a, bool transposed, ReadOnlySpan<T> factors, ReadOnlySpan<T> b, Span<T> x)
        where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            b.CopyTo(x);
            SolveByFactors(n, m, transposed, MatrixAlgebra.Doubles(factors), MemoryMarshal.Cast<T, double>(x));
        }
        else if (typeof(T) == typeof(Jet<Real>))
        {
            SolveDual(n, m, Planes.As<T, Jet<Real>>(a), transposed, Planes.As<T, Jet<Real>>(factors), Planes.As<T, Jet<Real>>(b),
                Planes.As<T, Jet<Real>>(x));
        }
        else if (typeof(T) == typeof(Var))
        {
            Record(n, m, Planes.As<T, Var>(a), transposed, Planes.As<T, Var>(b), Planes.As<T, Var>(x));
        }
        else
        {
            T[] copy = new T[n * n];
            if (transposed)
                MatrixAlgebra.Transpose(n, a, copy);
            else
                a.CopyTo(copy);
            b.CopyTo(x);
            Elimination.Solve(n, m, copy.AsSpan(), x);
        }
    }

    private static void SolveByFactors(int n, int m, bool transposed, ReadOnlySpan<double> factors, Span<double> x)
    {
        if (n > 0 && double.IsNaN(factors[0]))
            x.Fill(double.NaN);
        else
            DenseLu.Solve(n, m, factors[..(n * n)], factors[(n * n)..], transposed, x);
    }

    // X = A⁻¹B, Ẋ = A⁻¹(Ḃ − ȦX), primals and tangents apart.
    private static void SolveDual(
        int n, int m, ReadOnlySpan<Jet<Real>> a, bool transposed, ReadOnlySpan<Jet<Real>> factors, ReadOnlySpan<Jet<Real>> b,
        Span<Jet<Real>> x)
    {
        using Scratch<double> scratch = new(2 * n * m + n * n + FactorLength(n));
        Span<double> primal = scratch.Span[..(n * m)], tangent = scratch.Span.Slice(n * m, n * m);
        Span<double> aDot = scratch.Span.Slice(2 * n * m, n * n), numbers = scratch.Span[(2 * n * m + n * n)..];
        Planes.Split(b, primal, tangent);
        for (int i = 0; i < a.Length; i++)
            aDot[i] = a[i].Tangent.Value;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = factors[i].Primal.Value;
        SolveByFactors(n, m, transposed, numbers, primal);
        MatrixProduct.Accumulate(n, m, n, aDot, transposed, primal, false, tangent, alpha: -1);
        SolveByFactors(n, m, transposed, numbers, tangent);
        Planes.Join(primal, tangent, x);
    }

    private static void Record(int n, int m, ReadOnlySpan<Var> a, bool transposed, ReadOnlySpan<Var> b, Span<Var> x)
    {
        VarMatrix matrix = VarVector.Of(a).Reshape(n, n);
        VarVector solution = (transposed ? matrix.Transpose() : matrix).Solve(VarVector.Of(b).Reshape(n, m)).Flatten();
        for (int i = 0; i < x.Length; i++)
            x[i] = solution[i];
    }
}
