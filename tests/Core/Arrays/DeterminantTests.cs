using System.Numerics;
using AutoDiff.Hvp;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>
/// Determinants at singular, nearly singular and badly scaled matrices, to the fourth order in every mode. The oracle is the polynomial
/// det(A + sB + tC) in whole numbers, summed over permutations or, from 7 × 7 on, by fraction-free elimination at whole arguments.
/// </summary>
public sealed class DeterminantTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int, int, int> Cases
    {
        get
        {
            TheoryData<int, int, int> cases = [];
            foreach (int n in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 10, 13])
            {
                for (int rank = Math.Max(0, n - 7); rank <= n; rank++)
                    cases.Add(n, rank, 100 * n + rank);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Of_every_rank_to_the_fourth_order(int n, int rank, int seed)
    {
        Random random = new(seed);
        long[,] a = OfRank(n, rank, random), b = Whole(n, n, random), c = Whole(n, n, random);
        Check(n, a, b, c);
    }

    [Fact]
    public void The_cases_that_were_wrong()
    {
        Objective det = Objective.Of(x => x.Reshape(3, 3).Determinant());
        double[] nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Close(det.Hvp(nine, [1, 0, 0, 0, 0, 0, 0, 0, 0]), [0, 0, 0, 0, 9, -8, 0, -6, 5], 1e-13);
        using LocalModel at = det.At(nine);
        at.DirectionalDerivatives([1, 0, 0, 0, 1, 0, 0, 0, 0], 2)[2].ShouldBe(18, 1e-12);
        Objective.Of(x => x.Reshape(2, 2).Determinant()).Gradient([1, 2, 2, 4]).ShouldBe([4, -2, -2, 1]);
        Check(3, new long[,] { { 1, 2, 3 }, { 3, 2, 1 }, { -1, 0, 1 } }, new long[,] { { 1, -1, 2 }, { 0, 3, 1 }, { 2, 2, -3 } },
            new long[,] { { 2, 0, 1 }, { 1, 1, -2 }, { 0, 5, 1 } });
    }

    [Theory]
    [InlineData(3), InlineData(6), InlineData(9), InlineData(12)]
    public void Nearly_singular_ones(int n)
    {
        // A whole matrix of determinant ±1 whose inverse is huge: A = L·U with whole unit triangles, times a last row that nearly depends.
        Random random = new(n);
        for (int trial = 0; trial < 5; trial++)
        {
            long[,] a = OfRank(n, n - 1, random);
            a[n - 1, random.Next(n)] += 1; // Whole numbers up to some thousands: one singular value is small beside the others.
            for (int j = 0; j < n; j++)
                a[0, j] *= 1000;
            Check(n, a, Whole(n, n, random), Whole(n, n, random));
        }
    }

    [Theory]
    [InlineData(4), InlineData(8)]
    public void Partial_products_neither_overflow_nor_vanish(int n)
    {
        double[] a = new double[n * n], direction = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] = i < n / 2 ? 1e-200 : 1e200;
            direction[i * n + i] = a[i * n + i];
        }
        Objective det = Objective.Of(x => x.Reshape(n, n).Determinant());
        det.Value(a).ShouldBe(1, 1e-13);
        double[] gradient = det.Gradient(a);
        for (int i = 0; i < n; i++)
            (gradient[i * n + i] * a[i * n + i]).ShouldBe(1, 1e-13);
        // det(A + tA) = (1 + t)ⁿ.
        double[] product = det.Hvp(a, direction);
        for (int i = 0; i < n; i++)
            (product[i * n + i] * a[i * n + i]).ShouldBe(n - 1, 1e-12);
        using LocalModel at = det.At(a);
        at.DirectionalDerivatives(direction, 3)[3].ShouldBe(n * (n - 1) * (n - 2), 1e-10);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void An_element_that_is_not_finite_leaves_no_number(double element)
    {
        foreach (int n in (int[])[2, 7])
        {
            double[] a = ArrayCase.Numbers(n * n, n);
            a[n + 1] = element;
            Objective.Of(x => x.Reshape(n, n).Determinant()).Value(a).ShouldBe(double.NaN);
            Objective.Of(x => x.Reshape(n, n).Determinant()).Gradient(a).ShouldAllBe(g => !double.IsFinite(g));
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5), InlineData(20)]
    public void Singular_values_and_vectors(int n)
    {
        Random random = new(n);
        for (int trial = 0; trial < 6; trial++)
        {
            double[] a = new double[n * n], u = new double[n * n], v = new double[n * n], d = new double[n];
            for (int i = 0; i < a.Length; i++)
                a[i] = trial == 0 ? 0
                    : (random.NextDouble() - 0.5) * (trial == 2 && i / n == n - 1 ? 0 : 1) * Math.Pow(10, trial == 3 ? -10 * (i / n) : 0);
            int sign = DenseSvd.Factor(n, a, u, d, v);
            MathNet.Numerics.LinearAlgebra.Matrix<double> matrix = Dense(n, a), left = Dense(n, u), right = Dense(n, v);
            double[] expected = [.. matrix.Svd().S];
            for (int i = 0; i < n; i++)
                Math.Abs(d[i]).ShouldBe(expected[i], 1e-300 + 1e-13 * expected[0]);
            (left.TransposeThisAndMultiply(left) - Dense(n, Identity(n))).FrobeniusNorm().ShouldBeLessThan(1e-12);
            (right.TransposeThisAndMultiply(right) - Dense(n, Identity(n))).FrobeniusNorm().ShouldBeLessThan(1e-12);
            (left * MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseDiagonal(n, n, i => d[i]) * right.Transpose(
                ) - matrix).FrobeniusNorm()
                .ShouldBeLessThan(1e-12 * (1 + matrix.FrobeniusNorm()));
            sign.ShouldBe(Math.Sign(left.Determinant() * right.Determinant()));
        }
    }

    private static double[] Identity(int n) => [.. Enumerable.Range(0, n * n).Select(k => k % (n + 1) == 0 ? 1.0 : 0)];

    private static MathNet.Numerics.LinearAlgebra.Matrix<double> Dense(int n, double[] a) =>
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, (i, j) => a[i * n + j]);

    private static void Check(int n, long[,] a, long[,] b, long[,] c)
    {
        double[] x = Flat(a), v = Flat(b), w = Flat(c);
        Objective det = Objective.Of(y => y.Reshape(n, n).Determinant());
        double[] alongV = Coefficients(n, a, b), taylor;
        det.Value(x).ShouldBe(alongV[0], Tolerance * Bound(n, x, v, 0));
        double[] gradient = det.Gradient(x), product = det.Hvp(x, v), many;
        using (LocalModel at = det.At(x))
        {
            taylor = at.DirectionalDerivatives(v, 4);
            many = new double[16 * x.Length];
            double[] directions = new double[16 * x.Length];
            for (int k = 0; k < 16; k++)
                (k % 2 == 0 ? v : w).CopyTo(directions, k * x.Length);
            at.Hessian.ApplyMany(directions, many, 16);
        }
        for (int order = 0, factorial = 1; order <= 4; factorial *= ++order)
            taylor[order].ShouldBe(
                order < alongV.Length ? alongV[order] * factorial : 0, Tolerance * factorial * Bound(n, x, v, order), $"order {order}");
        Dot(gradient, v).ShouldBe(alongV[1], Tolerance * Bound(n, x, v, 1));
        Dot(product, v).ShouldBe(n < 2 ? 0 : 2 * alongV[2], Tolerance * Bound(n, x, v, 2));
        // Mixed: the difference of second coefficients along v + w and v − w is 2 vᵀHw.
        double mixed = n < 2 ? 0 : (Coefficients(n, a, Combine(b, c, 1))[2] - Coefficients(n, a, Combine(b, c, -1))[2]) / 2;
        double mixedBound = Tolerance * (Bound(n, x, v, 2) + Bound(n, x, w, 2));
        Dot(product, w).ShouldBe(mixed, mixedBound);
        Dot(many.AsSpan(x.Length, x.Length).ToArray(), v).ShouldBe(mixed, mixedBound);
        Dot(many.AsSpan(14 * x.Length, x.Length).ToArray(), w).ShouldBe(mixed, mixedBound);
        // Nested: the gradient of vᵀ∇det, and the derivative along w of vᵀHv.
        Dot(Objective.Of(y => det.Gradient(y).Dot(v)).Gradient(x), w).ShouldBe(mixed, mixedBound);
        Dot(Objective.Of(y => det.Hvp(y, v).Dot(v)).Gradient(x), v).ShouldBe(
            n < 3 ? 0 : 6 * alongV[3], 6 * Tolerance * Bound(n, x, v, 3), "third order, nested");
        Objective compiled = Objective.Of(y => y.Reshape(n, n).Determinant() * 1.0).Compile(w);
        Dot(compiled.Gradient(x), v).ShouldBe(alongV[1], Tolerance * Bound(n, x, v, 1));
        Dot(compiled.Hvp(x, v), w).ShouldBe(mixed, mixedBound);
        DataObjective rows = Objective.Sum(new double[,] { { 1 }, { 2 } }, (y, r) => y.Reshape(n, n).Determinant() * r[0]);
        Dot(rows.Gradient(x), v).ShouldBe(3 * alongV[1], 3 * Tolerance * Bound(n, x, v, 1));
        Dot(rows.Hvp(x, v), w).ShouldBe(3 * mixed, 3 * mixedBound);
    }

    // The sum of the products that make up a coefficient would have at most this size.
    private static double Bound(int n, double[] a, double[] b, int order)
    {
        double logarithm = 0;
        for (int i = 0; i < n; i++)
            logarithm += Math.Log(1e-300 + Math.Max(1, Math.Max(Norm(a.AsSpan(i * n, n)), Norm(b.AsSpan(i * n, n)))));
        return Math.Exp(logarithm) * Math.Max(1, Binomial(n, order));

        static double Norm(ReadOnlySpan<double> row)
        {
            double sum = 0;
            foreach (double x in row)
                sum += x * x;
            return Math.Sqrt(sum);
        }
    }

    private static double Binomial(int n, int k)
    {
        double result = 1;
        for (int i = 0; i < k; i++)
            result *= (double)(n - i) / (i + 1);
        return result;
    }

    // The coefficients of det(A + tB): by whole values at t = 0 … n and Newton's divided differences, which are whole as well times k!.
    private static double[] Coefficients(int n, long[,] a, long[,] b)
    {
        BigInteger[] values = new BigInteger[n + 1];
        for (int t = 0; t <= n; t++)
            values[t] = Determinant(Combine(a, b, t));
        // Forward differences Δᵏ; det = Σ Δᵏ binomial(t, k), whose coefficients follow by multiplying out, over n!.
        BigInteger factorial = 1;
        for (int k = 2; k <= n; k++)
            factorial *= k;
        BigInteger[] sum = new BigInteger[n + 1], falling = new BigInteger[n + 1];
        falling[0] = factorial; // n! t(t − 1)…(t − k + 1)/k!
        for (int k = 0; k <= n; k++)
        {
            for (int i = 0; i <= n; i++)
                sum[i] += values[0] * falling[i];
            for (int i = 0; i < n - k; i++)
                values[i] = values[i + 1] - values[i];
            BigInteger[] next = new BigInteger[n + 1];
            for (int i = 0; i <= n; i++)
            {
                next[i] -= k * falling[i];
                if (i < n)
                    next[i + 1] += falling[i];
            }
            for (int i = 0; i <= n; i++)
                falling[i] = next[i] / (k + 1);
        }
        double[] coefficients = new double[Math.Max(n + 1, 5)];
        for (int i = 0; i <= n; i++)
            coefficients[i] = (double)(sum[i] / factorial);
        return coefficients;
    }

    // Bareiss 1968: every division is exact.
    private static BigInteger Determinant(long[,] whole)
    {
        int n = whole.GetLength(0), sign = 1;
        BigInteger[,] a = new BigInteger[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = whole[i, j];
        }
        BigInteger previous = 1;
        for (int k = 0; k < n - 1; k++)
        {
            int pivot = k;
            while (pivot < n && a[pivot, k].IsZero)
                pivot++;
            if (pivot == n)
                return 0;
            if (pivot != k)
            {
                sign = -sign;
                for (int j = 0; j < n; j++)
                    (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }
            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j < n; j++)
                    a[i, j] = (a[i, j] * a[k, k] - a[i, k] * a[k, j]) / previous;
            }
            previous = a[k, k];
        }
        return sign * a[n - 1, n - 1];
    }

    private static long[,] OfRank(int n, int rank, Random random)
    {
        long[,] left = Whole(n, rank, random), right = Whole(rank, n, random), product = new long[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < rank; k++)
                    product[i, j] += left[i, k] * right[k, j];
            }
        }
        return product;
    }

    private static long[,] Whole(int rows, int columns, Random random)
    {
        long[,] a = new long[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                a[i, j] = random.Next(-3, 4);
        }
        return a;
    }

    private static long[,] Combine(long[,] a, long[,] b, int t)
    {
        long[,] sum = (long[,])a.Clone();
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                sum[i, j] += t * b[i, j];
        }
        return sum;
    }

    private static double[] Flat(long[,] a) => [.. a.Cast<long>().Select(x => (double)x)];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static void Close(double[] numbers, double[] expected, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            numbers[i].ShouldBe(expected[i], tolerance);
    }
}
