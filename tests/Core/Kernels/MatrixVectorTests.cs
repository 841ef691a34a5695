using System.Numerics;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Kernels;

/// <summary>Matrix × vector, dot and outer products against the defining loops, at every vector width.</summary>
public sealed class MatrixVectorTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 1, 9 }, { 9, 1 }, { 4, 8 }, { 5, 7 }, { 8, 32 }, { 13, 33 }, { 31, 97 },
        { 64, 10 }, { 3, 1000 }, { 1000, 3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_with_a_matrix(int m, int n)
    {
        foreach (bool transpose in new[] { false, true })
        {
            double[] a = Fill(m * n, 1), x = Fill(n, 2), y = Fill(m, 3);
            double[] added = [.. y], assigned = [.. y.Select(_ => double.NaN)];
            MatrixVector.Accumulate(m, n, a, transpose, x, added, alpha: -1);
            MatrixVector.Assign(m, n, a, transpose, x, assigned);
            for (int i = 0; i < m; i++)
            {
                IEnumerable<double> terms = Enumerable.Range(0, n).Select(j => a[transpose ? j * m + i : i * n + j] * x[j]);
                ShouldBeSum(added[i], [y[i], .. terms.Select(t => -t)]);
                ShouldBeSum(assigned[i], [.. terms]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outer_and_inner_products(int m, int n)
    {
        double[] x = Fill(m, 4), y = Fill(n, 5), a = Fill(m * n, 6), other = Fill(m, 7);
        double[] sum = [.. a];
        Outer.Accumulate(m, n, x, y, sum, alpha: 2);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                ShouldBeSum(sum[i * n + j], [a[i * n + j], 2 * x[i] * y[j]]);
        ShouldBeSum(MatrixVector.Dot(x, other), [.. x.Zip(other, (p, q) => p * q)]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_vector_width(int m, int n)
    {
        RunAt<Vector512<double>, Simd512>(m, n);
        RunAt<Vector256<double>, Simd256>(m, n);
        RunAt<Vector128<double>, Simd128>(m, n);
    }

    [Fact]
    public void Zero_times_infinity_is_not_a_number()
    {
        double[] y = [1, 2], a = [0, 0, 0, double.PositiveInfinity];
        MatrixVector.Accumulate(2, 2, a, false, [0, 0], y);
        y.ShouldBe([1, double.NaN]);
        MatrixVector.Assign(2, 2, a, true, [0, 0], y);
        y.ShouldBe([0, double.NaN]);
        Outer.Accumulate(1, 2, [0], [double.NegativeInfinity, 1], y = [3, 4]);
        y.ShouldBe([double.NaN, 4]);
        MatrixVector.Dot([0, 1], [double.NaN, 1]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Wrong_lengths_name_both_values()
    {
        ShouldThrow("a", 5, 6, () => MatrixVector.Accumulate(2, 3, new double[5], false, new double[3], new double[2]));
        ShouldThrow("x", 2, 3, () => MatrixVector.Accumulate(2, 3, new double[6], true, new double[2], new double[2]));
        ShouldThrow("y", 3, 2, () => MatrixVector.Assign(2, 3, new double[6], true, new double[3], new double[3]));
        ShouldThrow("y", 4, 5, () => MatrixVector.Dot(new double[5], new double[4]));
        ShouldThrow("a", 7, 6, () => Outer.Accumulate(2, 3, new double[2], new double[3], new double[7]));
        double[] shared = new double[4];
        ShouldThrow("x", 2, 2, () => MatrixVector.Assign(2, 2, new double[4], false, shared.AsSpan(0, 2), shared.AsSpan(1, 2)));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] a = Fill(40 * 50, 1), x = Fill(50, 2), y = Fill(40, 3);
        double sum = MatrixVector.Dot(y, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MatrixVector.Accumulate(40, 50, a, false, x, y);
        MatrixVector.Accumulate(40, 50, a, true, x, y);
        Outer.Accumulate(40, 50, y, x, a);
        sum += MatrixVector.Dot(x, x);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }

    private static unsafe void RunAt<TVector, TSimd>(int m, int n)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double[] a = Fill(m * n, 8), x = Fill(n, 9), y = Fill(m, 10);
        double[] byRows = [.. y], byColumns = [.. y], outer = [.. a];
        fixed (double* pa = a, px = x, py = y, pRows = byRows, pColumns = byColumns, pOuter = outer)
        {
            new MatrixRowsKernel(m, n, 1, new(pa, n, 1), px, pRows, accumulate: true).Run<TVector, TSimd>();
            new MatrixColumnsKernel(m, n, 1, new(pa, 1, m), px, pColumns).Run<TVector, TSimd>();
            new OuterKernel(m, n, 1, py, px, new(pOuter, n, 1)).Run<TVector, TSimd>();
        }

        for (int i = 0; i < m; i++)
        {
            ShouldBeSum(byRows[i], [y[i], .. Enumerable.Range(0, n).Select(j => a[i * n + j] * x[j])]);
            ShouldBeSum(byColumns[i], [y[i], .. Enumerable.Range(0, n).Select(j => a[j * m + i] * x[j])]);
            for (int j = 0; j < n; j++)
                ShouldBeSum(outer[i * n + j], [a[i * n + j], y[i] * x[j]]);
        }
    }

    /// <summary>Both sides err by at most (terms + 1)·u·Σ|term|.</summary>
    private static void ShouldBeSum(double actual, double[] terms) =>
        Math.Abs(actual - terms.Sum()).ShouldBeLessThanOrEqualTo(2 * (terms.Length + 1) * UnitRoundoff * terms.Sum(Math.Abs));

    private static void ShouldThrow(string parameter, int given, int needed, Action action)
    {
        ArgumentException thrown = Should.Throw<ArgumentException>(action);
        thrown.ParamName.ShouldBe(parameter);
        thrown.Message.ShouldMatch($@"\b{given}\b");
        thrown.Message.ShouldMatch($@"\b{needed}\b");
    }

    private static double[] Fill(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
