using AutoDiff.Kernels;
using AutoDiff.Tests.Misuse;
using Problem = AutoDiff.Tests.Core.Kernels.MatrixProductTests.Problem;

namespace AutoDiff.Tests.Core.Kernels;

/// <summary>Products by a native BLAS, where there is one, against the defining triple loop and the library's own kernels.</summary>
[Collection(AloneCollection.Name)]
public sealed class NativeBlasTests : IDisposable
{
    private readonly bool _enabled = NativeBlas.Enabled;

    public void Dispose()
    {
        NativeBlas.Enabled = _enabled;
        NativeBlas.Threads = 1;
    }

    [Fact]
    public void It_is_off_unless_asked_for()
    {
        if (Environment.GetEnvironmentVariable("AUTODIFF_NATIVE_BLAS") is null)
            NativeBlas.Enabled.ShouldBeFalse();
        NativeBlas.Threads.ShouldBe(1);
    }

    [Theory]
    [InlineData("libno_such_blas.so")]
    [InlineData("libm.so.6")]
    [InlineData("kernel32.dll")]
    public void Without_a_library_there_is_none(string name) => NativeBlasLibrary.TryLoad(name).ShouldBeNull();

    [Fact]
    public void Switched_on_products_are_right_with_and_without_a_library()
    {
        NativeBlas.Enabled = true;
        foreach (int size in new[] { 1, 2, 31, 32, 33, 100 })
        {
            var problem = new Problem(size, size, size, transposeA: true, transposeB: false, seed: 1);
            double[] c = [.. problem.C];
            MatrixProduct.Accumulate(size, size, size, problem.A, true, problem.B, false, c, alpha: 0.75);
            problem.ShouldBeProduct(c, alpha: 0.75, accumulate: true);
        }
    }

    [Fact]
    public void A_factor_of_zero_hides_no_NaN()
    {
        NativeBlas.Enabled = true;
        double[] a = new double[64 * 64], c = new double[64 * 64];
        a[64 * 5 + 3] = double.NaN;
        MatrixProduct.Assign(64, 64, 64, a, false, new double[64 * 64], false, c, alpha: 0);
        for (int i = 0; i < c.Length; i++)
            c[i].ShouldBe(i / 64 == 5 ? double.NaN : 0);
    }

    [Fact]
    public void Fewer_than_one_thread_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => NativeBlas.Threads = 0).Message.ShouldContain("0");

    [NativeBlasFact]
    public void The_switch_decides_who_multiplies()
    {
        // Long enough for both to cut the sum into blocks, each in its own way: short sums have the same bits.
        const int m = 61, n = 67, k = 1500;
        var problem = new Problem(m, n, k, transposeA: false, transposeB: true, seed: 2);
        double[] own = new double[m * n], native = new double[m * n], direct = new double[m * n];
        NativeBlas.Enabled = false;
        MatrixProduct.Assign(m, n, k, problem.A, false, problem.B, true, own);
        NativeBlas.Enabled = true;
        MatrixProduct.Assign(m, n, k, problem.A, false, problem.B, true, native);
        Multiply(problem, direct, alpha: 1, gap: 0, accumulate: false);
        native.ShouldBe(direct);
        own.SequenceEqual(native).ShouldBeFalse("both sums have the same roundings: did the native library compute either?");
    }

    [NativeBlasFact]
    public void Every_size_and_transpose_agrees_to_rounding()
    {
        var random = new Random(3);
        for (int size = 1; size <= 200; size++)
        {
            (int m, int n, int k) = (size % 3) switch
            {
                0 => (size, size, size),
                1 => (size, random.Next(1, 201), random.Next(1, 201)),
                _ => (random.Next(1, 201), random.Next(1, 201), size),
            };
            var problem = new Problem(m, n, k, transposeA: (size / 3 & 1) != 0, transposeB: (size / 6 & 1) != 0, seed: size);
            bool accumulate = (size & 1) != 0;
            int gap = size % 5;
            double[] c = [.. problem.C.Chunk(n).SelectMany(row => row.Concat(Enumerable.Repeat(-77.0, gap)))];
            Multiply(problem, c, alpha: 1.5, gap, accumulate);
            c.Chunk(n + gap).SelectMany(row => row.Skip(n)).ShouldAllBe(mark => mark == -77.0);
            problem.ShouldBeProduct([.. c.Chunk(n + gap).SelectMany(row => row.Take(n))], alpha: 1.5, accumulate);
        }
    }

    [NativeBlasFact]
    public void Not_a_number_and_infinity_reach_exactly_the_elements_they_touch()
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach (int size in new[] { 33, 64, 150 })
            {
                var problem = new Problem(size, size, size, transposeA: false, transposeB: false, seed: 4);
                problem.A[size / 2 * size + size / 3] = bad;
                Array.Clear(problem.B, size / 3 * size, size);
                double[] own = [.. problem.C], native = [.. problem.C];
                MatrixProduct.Accumulate(size, size, size, problem.A, false, problem.B, false, own, alpha: 1.5);
                Multiply(problem, native, alpha: 1.5, gap: 0, accumulate: true);
                for (int i = 0; i < own.Length; i++)
                {
                    double.IsNaN(own[i]).ShouldBe(i / size == size / 2);
                    double.IsNaN(native[i]).ShouldBe(i / size == size / 2);
                }
            }
        }
    }

    [NativeBlasFact]
    public void Gradients_through_products_agree_with_the_own_kernels()
    {
        const int rows = 33, inner = 1500;
        Objective f = Objective.Of(x =>
        {
            VarMatrix a = x.Matrix(0, rows, inner), b = x.Matrix(rows * inner, inner, rows);
            return Math.Tanh(a.MatMul(b) / 40).Sum();
        });
        double[] point = [.. Enumerable.Range(0, 2 * rows * inner).Select(i => Math.Sin(i * i))];
        NativeBlas.Enabled = false;
        double[] own = f.Gradient(point);
        NativeBlas.Enabled = true;
        double[] native = f.Gradient(point);
        own.SequenceEqual(native).ShouldBeFalse("did the native library compute nothing?");
        for (int i = 0; i < own.Length; i++)
            native[i].ShouldBe(own[i], 1e-13);
    }

    private static unsafe void Multiply(Problem problem, double[] c, double alpha, int gap, bool accumulate)
    {
        NativeBlasLibrary library = NativeBlasLibrary.Found.ShouldNotBeNull();
        fixed (double* pa = problem.A, pb = problem.B, pc = c)
        {
            library.Multiply(
                problem.M, problem.N, problem.K, alpha, pa, problem.TransposeA ? problem.M : problem.K, problem.TransposeA,
                pb, problem.TransposeB ? problem.K : problem.N, problem.TransposeB, pc, problem.N + gap, accumulate);
        }
    }

    /// <summary>A fact that is skipped, and says so, where no native library is to be found.</summary>
    private sealed class NativeBlasFactAttribute : FactAttribute
    {
        public NativeBlasFactAttribute()
        {
            if (NativeBlas.Library is null)
                Skip = "There is no native BLAS on this machine.";
        }
    }
}
