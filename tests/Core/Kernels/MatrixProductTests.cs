using System.Numerics;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Kernels;

/// <summary>The blocked product against the defining triple loop, at every vector width and across every block boundary.</summary>
public sealed class MatrixProductTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 0, 0, 0 }, { 0, 3, 2 }, { 3, 0, 2 }, { 3, 2, 0 }, { 1, 1, 1 }, { 1, 1, 7 }, { 1, 37, 5 }, { 37, 1, 5 }, { 1, 5, 300 },
        { 5, 1, 300 }, { 2, 3, 1 }, { 4, 8, 3 }, { 5, 9, 2 }, { 7, 11, 13 }, { 8, 24, 16 }, { 9, 25, 17 }, { 31, 29, 23 }, { 10, 64, 31 },
        { 64, 10, 128 }, { 10, 128, 64 }, { 64, 128, 10 }, { 53, 47, 255 }, { 12, 12, 256 }, { 13, 15, 257 }, { 6, 26, 513 },
            { 191, 23, 9 }, { 192, 24, 8 },
        { 193, 25, 7 }, { 401, 17, 300 }, { 3, 959, 11 }, { 3, 961, 11 }, { 200, 970, 5 }, { 197, 1930, 3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Accumulate_adds_the_product(int m, int n, int k)
    {
        foreach ((bool transposeA, bool transposeB) in Transposes)
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, seed: 1);
            double[] c = [.. problem.C];
            MatrixProduct.Accumulate(m, n, k, problem.A, transposeA, problem.B, transposeB, c);
            problem.ShouldBeProduct(c, alpha: 1, accumulate: true);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Assign_overwrites_whatever_was_there(int m, int n, int k)
    {
        foreach ((bool transposeA, bool transposeB) in Transposes)
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, seed: 2);
            var c = new double[m * n];
            c.AsSpan().Fill(double.NaN);
            MatrixProduct.Assign(m, n, k, problem.A, transposeA, problem.B, transposeB, c, alpha: -1.75);
            problem.ShouldBeProduct(c, alpha: -1.75, accumulate: false);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_vector_width_computes_the_product(int m, int n, int k)
    {
        if (m == 0 || n == 0 || k == 0)
            return;
        foreach ((bool transposeA, bool transposeB) in Transposes)
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, seed: 3);
            problem.ShouldBeProduct(RunAt<Vector512<double>, Simd512>(problem), alpha: -1, accumulate: true);
            problem.ShouldBeProduct(RunAt<Vector256<double>, Simd256>(problem), alpha: -1, accumulate: true);
            problem.ShouldBeProduct(RunAt<Vector128<double>, Simd128>(problem), alpha: -1, accumulate: true);
        }
    }

    [Theory]
    [InlineData(1, 1, 1, 3, 2, 4)]
    [InlineData(1, 9, 6, 1, 1, 1)]
    [InlineData(9, 1, 6, 1, 1, 1)]
    [InlineData(9, 1, 6, 0, 0, 0)]
    [InlineData(11, 27, 19, 5, 0, 2)]
    [InlineData(200, 31, 270, 1, 7, 3)]
    public void Leading_dimensions_leave_the_gaps_alone(int m, int n, int k, int gapA, int gapB, int gapC)
    {
        foreach ((bool transposeA, bool transposeB) in Transposes)
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, seed: 4);
            int columnsA = transposeA ? m : k, columnsB = transposeB ? k : n;
            double[] a = Widen(problem.A, columnsA, gapA), b = Widen(problem.B, columnsB, gapB), c = Widen(problem.C, n, gapC);
            double[] assigned = [.. c];
            MatrixProduct.Accumulate(m, n, k, a, columnsA + gapA, transposeA, b, columnsB + gapB, transposeB, c, n + gapC);
            MatrixProduct.Assign(m, n, k, a, columnsA + gapA, transposeA, b, columnsB + gapB, transposeB, assigned, n + gapC);
            problem.ShouldBeProduct(Narrow(c, n, gapC), alpha: 1, accumulate: true);
            problem.ShouldBeProduct(Narrow(assigned, n, gapC), alpha: 1, accumulate: false);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_bits_do_not_depend_on_alignment(int m, int n, int k)
    {
        var problem = new Problem(m, n, k, transposeA: false, transposeB: true, seed: 5);
        double[] expected = new double[m * n];
        MatrixProduct.Assign(m, n, k, problem.A, false, problem.B, true, expected);
        for (int shift = 0; shift < 8; shift++)
        {
            double[] a = [.. new double[shift], .. problem.A], b = [.. new double[7 - shift], .. problem.B], c = new double[shift + m * n];
            MatrixProduct.Assign(m, n, k, a.AsSpan(shift), false, b.AsSpan(7 - shift), true, c.AsSpan(shift));
            c.AsSpan(shift).SequenceEqual(expected).ShouldBeTrue();
        }
    }

    [Fact]
    public void An_element_has_the_same_bits_in_a_part_of_the_product()
    {
        const int m = 203, n = 77, k = 523;
        var problem = new Problem(m, n, k, transposeA: false, transposeB: false, seed: 6);
        double[] whole = new double[m * n], part = new double[m * n];
        MatrixProduct.Assign(m, n, k, problem.A, false, problem.B, false, whole);
        for (int i = 0; i < m; i += 29)
        {
            int rows = Math.Min(29, m - i);
            MatrixProduct.Assign(rows, n, k, problem.A.AsSpan(i * k, rows * k), false, problem.B, false, part.AsSpan(i * n, rows * n));
        }

        part.ShouldBe(whole);
    }

    [Theory]
    [InlineData(5, 7, 3)]
    [InlineData(1, 30, 9)]
    [InlineData(30, 1, 40)]
    [InlineData(70, 90, 300)]
    public void Not_a_number_and_infinity_reach_exactly_the_elements_they_touch(int m, int n, int k)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach ((bool transposeA, bool transposeB) in Transposes)
            {
                // B is zero: 0·∞ is NaN and must not be skipped.
                var problem = new Problem(m, n, k, transposeA, transposeB, seed: 7);
                int row = m / 2, step = k - 1;
                problem.A[transposeA ? step * m + row : row * k + step] = bad;
                Array.Clear(problem.B);
                double[] c = [.. problem.C];
                MatrixProduct.Accumulate(m, n, k, problem.A, transposeA, problem.B, transposeB, c);
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n; j++)
                        c[i * n + j].ShouldBe(i == row ? double.NaN : problem.C[i * n + j]);
            }
        }
    }

    [Fact]
    public void Infinity_times_a_number_is_infinity()
    {
        double[] c = new double[9];
        MatrixProduct.Assign(3, 3, 2, [1, 2, double.PositiveInfinity, 1, 3, 4], false, [1, -1, 2, 1, 1, 1], false, c);
        c.ShouldBe([3, 1, 4, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, 7, 1, 10]);
    }

    [Fact]
    public void Absolute_zero_beats_infinity_and_not_a_number()
    {
        double[] c = [10, 20, 30, 40];
        MatrixProduct.AccumulateAbsoluteZero(
            2, 2, 2, [-0.0, 1, double.PositiveInfinity, 2], false, [double.NaN, double.PositiveInfinity, 3, 4], false, c);
        c.ShouldBe([13, 24, double.NaN, double.PositiveInfinity]);

        double[] d = new double[1];
        MatrixProduct.AccumulateAbsoluteZero(
            1, 1, 3, [double.NaN, -0.0, -0.0], false, [-0.0, double.NegativeInfinity, double.NaN], false, d);
        d[0].ShouldBe(0);
        // A zero that is not structural is no absolute one.
        MatrixProduct.AccumulateAbsoluteZero(1, 1, 1, [0], false, [double.PositiveInfinity], false, d);
        d[0].ShouldBe(double.NaN);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Absolute_zero_changes_no_finite_product(int m, int n, int k)
    {
        foreach ((bool transposeA, bool transposeB) in Transposes)
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, seed: 8);
            double[] c = [.. problem.C];
            MatrixProduct.AccumulateAbsoluteZero(m, n, k, problem.A, transposeA, problem.B, transposeB, c);
            problem.ShouldBeProduct(c, alpha: 1, accumulate: true);
        }
    }

    [Fact]
    public void Repeated_products_allocate_nothing()
    {
        var problem = new Problem(205, 130, 300, transposeA: true, transposeB: true, seed: 9);
        double[] c = [.. problem.C];
        MatrixProduct.Accumulate(205, 130, 300, problem.A, true, problem.B, true, c);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            MatrixProduct.Accumulate(205, 130, 300, problem.A, true, problem.B, true, c);
            MatrixProduct.Assign(100, 130, 300, problem.A.AsSpan(0, 30_000), false, problem.B, true, c.AsSpan(0, 13_000));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Wrong_lengths_name_both_values()
    {
        ShouldThrow("a", "7", "8", () => MatrixProduct.Accumulate(2, 3, 4, V(7), false, V(12), false, V(6)));
        ShouldThrow("b", "13", "12", () => MatrixProduct.Assign(2, 3, 4, V(8), false, V(13), true, V(6)));
        ShouldThrow("c", "5", "6", () => MatrixProduct.AccumulateAbsoluteZero(2, 3, 4, V(8), true, V(12), false, V(5)));
        ShouldThrow("a", "8", "9", () => MatrixProduct.Accumulate(2, 3, 4, V(8), 5, false, V(12), 3, false, V(6), 3));
        ShouldThrow("b", "2", "3", () => MatrixProduct.Accumulate(2, 3, 4, V(8), 4, false, V(12), 2, false, V(6), 3));
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixProduct.Accumulate(-1, -1, 1, V(1), false, V(1), false, []));
    }

    [Fact]
    public void A_result_within_an_operand_is_refused()
    {
        double[] shared = V(64);
        ShouldThrow("a", "4", "4", () => MatrixProduct.Assign(2, 2, 2, shared.AsSpan(0, 4), false, V(4), false, shared.AsSpan(3, 4)));
        ShouldThrow("b", "4", "4", () => MatrixProduct.Assign(2, 2, 2, V(4), false, shared.AsSpan(3, 4), false, shared.AsSpan(0, 4)));
        ShouldThrow("a", "19", "18", () => MatrixProduct.Assign(3, 2, 3, shared, 8, false, V(6), 2, false, shared.AsSpan(2), 8));
    }

    [Fact]
    public void Parts_of_one_matrix_may_be_operand_and_result()
    {
        // C = rows 1–2, columns 3–4 of a 4×6 matrix, A = columns 0–2, B = columns 3–4 of another.
        double[] matrix = [.. Enumerable.Range(0, 24)];
        MatrixProduct.Assign(2, 2, 3, matrix.AsSpan(6), 6, false, [1, 0, 0, 1, 1, 1], 2, false, matrix.AsSpan(9), 6);
        matrix.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 11, 12, 13, 14, 26, 27, 17, 18, 19, 20, 21, 22, 23]);
    }

    private static double[] V(int length) => new double[length];

    private static IEnumerable<(bool A, bool B)> Transposes => [(false, false), (true, false), (false, true), (true, true)];

    private static void ShouldThrow(string parameter, string given, string needed, Action action)
    {
        ArgumentException thrown = Should.Throw<ArgumentException>(action);
        thrown.ParamName.ShouldBe(parameter);
        thrown.Message.ShouldMatch($@"\b{given}\b");
        thrown.Message.ShouldMatch($@"\b{needed}\b");
    }

    /// <summary>Spreads rows of <paramref name="columns"/> elements, each followed by <paramref name="gap"/> marks.</summary>
    private static double[] Widen(double[] matrix, int columns, int gap) =>
        [.. matrix.Chunk(columns).SelectMany(row => row.Concat(Enumerable.Repeat(-77.0, gap)))];

    /// <summary>Undoes <see cref="Widen"/>, having checked the marks.</summary>
    private static double[] Narrow(double[] wide, int columns, int gap)
    {
        foreach (double[] row in wide.Chunk(columns + gap))
            row.Skip(columns).ShouldAllBe(mark => mark == -77.0);
        return [.. wide.Chunk(columns + gap).SelectMany(row => row.Take(columns))];
    }

    private static unsafe double[] RunAt<TVector, TSimd>(Problem problem)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double[] c = [.. problem.C];
        fixed (double* pa = problem.A, pb = problem.B, pc = c)
        {
            MatrixView a = problem.TransposeA ? new(pa, 1, problem.M) : new(pa, problem.K, 1);
            MatrixView b = problem.TransposeB ? new(pb, 1, problem.K) : new(pb, problem.N, 1);
            var c0 = new MatrixView(pc, problem.N, 1);
            new MatrixProductBlocks(problem.M, problem.N, problem.K, -1, a, b, c0, accumulate: true).Run<TVector, TSimd>();
        }

        return c;
    }

    internal sealed class Problem
    {
        public Problem(int m, int n, int k, bool transposeA, bool transposeB, int seed)
        {
            (M, N, K, TransposeA, TransposeB) = (m, n, k, transposeA, transposeB);
            var random = new Random(seed);
            A = Fill(m * k);
            B = Fill(k * n);
            C = Fill(m * n);

            double[] Fill(int length)
            {
                var values = new double[length];
                foreach (ref double value in values.AsSpan())
                    value = 2 * random.NextDouble() - 1;
                return values;
            }
        }

        public int M { get; }

        public int N { get; }

        public int K { get; }

        public bool TransposeA { get; }

        public bool TransposeB { get; }

        public double[] A { get; }

        public double[] B { get; }

        public double[] C { get; }

        /// <summary>Within (k + 2)·u·Σ|a||b| of the triple loop, whose own error is as large: hence twice that.</summary>
        public void ShouldBeProduct(double[] actual, double alpha, bool accumulate)
        {
            actual.Length.ShouldBe(M * N);
            for (int i = 0; i < M; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    double sum = 0, size = 0;
                    for (int p = 0; p < K; p++)
                    {
                        double product = A[TransposeA ? p * M + i : i * K + p] * B[TransposeB ? j * K + p : p * N + j];
                        sum += product;
                        size += Math.Abs(product);
                    }

                    double start = accumulate ? C[i * N + j] : 0;
                    double bound = 2 * (K + 2) * UnitRoundoff * (Math.Abs(alpha) * size + Math.Abs(start));
                    double error = Math.Abs(actual[i * N + j] - (start + alpha * sum));
                    if (!(error <= bound))
                        Assert.Fail($"C[{i}, {j}] of {M}×{N}×{K}, transposes {TransposeA} {TransposeB}: error {error}, bound {bound}.");
                }
            }
        }
    }
}
