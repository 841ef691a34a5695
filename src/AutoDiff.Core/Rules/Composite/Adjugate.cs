using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// det A and the adjugate adj A = det A · A⁻¹ over any number type, also where A is singular or nearly so: both are polynomials in A, and
/// no derivative of a polynomial is infinite.
/// </summary>
/// <remarks>
/// Small matrices are expanded by minors. Larger ones are turned by the singular vectors of the primal A = U·D·Vᵀ, which stay as they are,
/// into B = UᵀAV, whose primal is diagonal. All but the last few rows of B are eliminated; what is left, where the smallest singular values
/// stand, is expanded by minors. A derivative of order k along which the pivots matter is no larger than one that the k + 1 smallest
/// singular values do not enter, and of these none is divided by: so the error is that of rounding A. Matrices far from singular take A⁻¹.
/// </remarks>
internal static class Adjugate
{
    // Up to this product of norms ‖A‖·‖A⁻¹‖ the inverse and its derivatives lose three digits at most.
    private const double LargestCondition = 1e3;

    /// <summary>Returns det A and writes adj A; all NaN unless A is finite.</summary>
    public static T Value<T>(int n, ReadOnlySpan<T> a, Span<T> adjugate) where T : struct, IScalar<T>
    {
        using Scratch<double> scratch = new(n * n);
        Span<double> primal = scratch.Span;
        bool isFinite = true;
        for (int i = 0; i < primal.Length; i++)
        {
            primal[i] = T.Primal(a[i]);
            isFinite &= double.IsFinite(primal[i]);
        }
        if (!isFinite)
        {
            adjugate.Fill(T.Undefined);
            return T.Undefined;
        }
        Scaling scaling = Scaling.Of(n, primal);
        if (scaling.IsNone)
            return Scaled(n, a, primal, adjugate);
        T[] scaled = a.ToArray();
        scaling.Apply(scaled, primal);
        T determinant = Scaled(n, scaled, primal, adjugate);
        scaling.Undo(adjugate);
        return scaling.Undo(determinant);
    }

    /// <summary>Whether A, whose determinant and adjugate are known, is far enough from singular for derivatives by A⁻¹ = adj A / det
    /// A.</summary>
    public static bool IsRegular<T>(ReadOnlySpan<T> a, T determinant, ReadOnlySpan<T> adjugate) where T : struct, IScalar<T> =>
        Norm(a) * Norm(adjugate) < LargestCondition * Math.Abs(T.Primal(determinant));

    /// <summary>The derivatives of det A and of adj A along Ȧ.</summary>
    public static T Tangent<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<T> aDot, Span<T> adjugateDot) where T : struct, IScalar<T>
    {
        using Scratch<Jet<T>> scratch = new(2 * n * n);
        Span<Jet<T>> jets = scratch.Span[..(n * n)], adjugate = scratch.Span[(n * n)..];
        for (int i = 0; i < jets.Length; i++)
            jets[i] = new(a[i], aDot[i]);
        Jet<T> determinant = Value<Jet<T>>(n, jets, adjugate);
        for (int i = 0; i < adjugate.Length; i++)
            adjugateDot[i] = adjugate[i].Tangent;
        return determinant.Tangent;
    }

    private static double Norm<T>(ReadOnlySpan<T> a) where T : struct, IScalar<T>
    {
        double sum = 0;
        foreach (T x in a)
            sum = double.Hypot(sum, T.Primal(x));
        return sum;
    }

    private static T Scaled<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<double> primal, Span<T> adjugate) where T : struct, IScalar<T>
    {
        if (n <= Minors.MostRows)
            return Minors.Expand(n, a, adjugate);
        return typeof(T) == typeof(Real) && TryByInverse(n, a, adjugate, out T determinant) ? determinant
            : BySingularVectors(n, a, primal, adjugate);
    }

    private static bool TryByInverse<T>(int n, ReadOnlySpan<T> a, Span<T> adjugate, out T determinant) where T : struct, IScalar<T>
    {
        using Scratch<T> pivots = new(n);
        int sign = InverseAlgebra.Value(n, a, adjugate, pivots.Span);
        determinant = T.Constant(sign);
        if (sign == 0)
            return false;
        for (int i = 0; i < n; i++)
            determinant *= pivots.Span[i];
        foreach (ref T element in adjugate)
            element *= determinant;
        return IsRegular(a, determinant, adjugate);
    }

    private static T BySingularVectors<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<double> primal, Span<T> adjugate)
        where T : struct, IScalar<T>
    {
        double[] u = new double[n * n], v = new double[n * n], d = new double[n];
        int sign = DenseSvd.Factor(n, primal, u, d, v), large = n - Minors.MostRows;
        if (d[large - 1] == 0)
        {
            // So many singular values are zero that no derivative of the orders there are is anything else.
            adjugate.Fill(T.Constant(0));
            return T.Constant(0);
        }
        T[] b = Turned(n, a, primal, u, d, v);
        T[] inverse = new T[n * n];
        T product = Eliminate(n, large, b, inverse);
        int small = n - large;
        T[] rest = new T[small * small], minors = new T[small * small];
        for (int i = 0; i < rest.Length; i++)
            rest[i] = b[(large + i / small) * n + large + i % small];
        T expanded = Minors.Expand<T>(small, rest, minors);
        T[] turned = new T[n * n];
        Assemble(n, large, b, inverse, expanded, minors, turned);
        // adj A = sign · product · V · turned · Uᵀ.
        T scale = product * sign;
        T[] half = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Constant(0);
                for (int k = 0; k < n; k++)
                    sum += turned[i * n + k] * u[j * n + k];
                half[i * n + j] = sum;
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Constant(0);
                for (int k = 0; k < n; k++)
                    sum += half[k * n + j] * v[i * n + k];
                adjugate[i * n + j] = scale * sum;
            }
        }
        return scale * expanded;
    }

    // B = UᵀAV. Its primal is diagonal to rounding; where numbers stand for this point alone, exactly.
    private static T[] Turned<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<double> primal, double[] u, double[] d, double[] v)
        where T : struct, IScalar<T>
    {
        bool isOfThisPoint = typeof(T) != typeof(Var);
        T[] half = new T[n * n], b = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Constant(0);
                for (int k = 0; k < n; k++)
                    sum += (isOfThisPoint ? a[i * n + k] - primal[i * n + k] : a[i * n + k]) * v[k * n + j];
                half[i * n + j] = sum;
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Constant(isOfThisPoint && i == j ? d[i] : 0);
                for (int k = 0; k < n; k++)
                    sum += half[k * n + j] * u[k * n + i];
                b[i * n + j] = sum;
            }
        }
        return b;
    }

    // Gauss–Jordan on the first rows and columns, pivots in order, without exchanges: their primal is diagonal. Afterwards the upper right
    // block holds B₁₁⁻¹B₁₂, the lower left one −B₂₁B₁₁⁻¹, the lower right one B₂₂ − B₂₁B₁₁⁻¹B₁₂, and the upper left block of the inverse
    // B₁₁⁻¹.
    private static T Eliminate<T>(int n, int large, T[] b, T[] inverse) where T : struct, IScalar<T>
    {
        T product = T.Constant(1);
        for (int k = 0; k < large; k++)
        {
            T pivot = b[k * n + k], reciprocal = 1 / pivot;
            product *= pivot;
            for (int i = 0; i < n; i++)
            {
                if (i == k)
                    continue;
                T factor = b[i * n + k] * reciprocal;
                for (int j = 0; j < n; j++)
                {
                    if (j != k)
                        b[i * n + j] -= factor * b[k * n + j];
                }
                b[i * n + k] = -factor; // What a column of the identity would have become.
            }
            for (int j = 0; j < n; j++)
            {
                if (j != k)
                    b[k * n + j] *= reciprocal;
            }
            b[k * n + k] = reciprocal;
        }
        for (int i = 0; i < large; i++)
            b.AsSpan(i * n, large).CopyTo(inverse.AsSpan(i * n, large));
        return product;
    }

    // adj B / det B₁₁, with S = B₂₂ − B₂₁B₁₁⁻¹B₁₂, its determinant and its adjugate.
    private static void Assemble<T>(int n, int large, T[] b, T[] inverse, T expanded, T[] minors, T[] adjugate) where T : struct, IScalar<T>
    {
        int small = n - large;
        T[] right = new T[large * small]; // B₁₁⁻¹B₁₂ adj S
        for (int i = 0; i < large; i++)
        {
            for (int j = 0; j < small; j++)
            {
                T sum = T.Constant(0);
                for (int k = 0; k < small; k++)
                    sum += b[i * n + large + k] * minors[k * small + j];
                right[i * small + j] = sum;
                adjugate[i * n + large + j] = -sum;
            }
            for (int j = 0; j < large; j++)
            {
                T sum = expanded * inverse[i * n + j];
                for (int k = 0; k < small; k++)
                    sum -= right[i * small + k] * b[(large + k) * n + j];
                adjugate[i * n + j] = sum;
            }
        }
        for (int i = 0; i < small; i++)
        {
            for (int j = 0; j < large; j++)
            {
                T sum = T.Constant(0);
                for (int k = 0; k < small; k++)
                    sum += minors[i * small + k] * b[(large + k) * n + j];
                adjugate[(large + i) * n + j] = sum;
            }
            for (int j = 0; j < small; j++)
                adjugate[(large + i) * n + large + j] = minors[i * small + j];
        }
    }

    /// <summary>Powers of two by which rows and columns are multiplied so that no partial product overflows or vanishes where the
    /// determinant does not.</summary>
    private readonly struct Scaling
    {
        // Products of so many numbers within these exponents are far from the ends of the range.
        private const int Range = 900;

        private readonly int[] _rows, _columns;
        private readonly int _total;

        private Scaling(int[] rows, int[] columns)
        {
            (_rows, _columns) = (rows, columns);
            _total = rows.Sum() + columns.Sum();
        }

        public bool IsNone => _rows is null;

        public static Scaling Of(int n, ReadOnlySpan<double> a)
        {
            bool isWithin = true;
            foreach (double x in a)
                isWithin &= x == 0 || Math.Abs(Math.ILogB(x)) * n <= Range;
            if (isWithin)
                return default;
            int[] rows = new int[n], columns = new int[n];
            for (int i = 0; i < n; i++)
                rows[i] = -Exponent(a.Slice(i * n, n));
            double[] column = new double[n];
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < n; i++)
                    column[i] = Math.ScaleB(a[i * n + j], rows[i]);
                columns[j] = -Exponent(column);
            }
            return new Scaling(rows, columns);
        }

        public void Apply<T>(Span<T> a, Span<double> primal) where T : struct, IScalar<T>
        {
            int n = _rows.Length;
            for (int i = 0; i < a.Length; i++)
            {
                a[i] = Times(a[i], _rows[i / n] + _columns[i % n]);
                primal[i] = Math.ScaleB(primal[i], _rows[i / n] + _columns[i % n]);
            }
        }

        public T Undo<T>(T determinant) where T : struct, IScalar<T> => Times(determinant, -_total);

        public void Undo<T>(Span<T> adjugate) where T : struct, IScalar<T>
        {
            int n = _rows.Length;
            for (int i = 0; i < adjugate.Length; i++)
                adjugate[i] = Times(adjugate[i], _columns[i / n] + _rows[i % n] - _total);
        }

        private static int Exponent(ReadOnlySpan<double> numbers)
        {
            double largest = 0;
            foreach (double x in numbers)
                largest = Math.Max(largest, Math.Abs(x));
            return largest == 0 ? 0 : Math.ILogB(largest);
        }

        private static T Times<T>(T x, int exponent) where T : struct, IScalar<T>
        {
            for (; exponent > 1000; exponent -= 1000)
                x *= Math.ScaleB(1, 1000);
            for (; exponent < -1000; exponent += 1000)
                x *= Math.ScaleB(1, -1000);
            return x * Math.ScaleB(1, exponent);
        }
    }
}
