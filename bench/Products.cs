using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Bench;

/// <summary>
/// Matrix products as a percentage of the multiply-adds this core was seen to do in the same run: the library's own kernel and, where one
/// is installed, a native BLAS on one thread.
/// </summary>
internal static class Products
{
    private static readonly (int M, int N, int K, bool TransposeA, bool TransposeB)[] Shapes =
    [
        (32, 32, 32, false, false), (64, 64, 64, false, false), (128, 128, 128, false, false), (256, 256, 256, false, false),
        (512, 512, 512, false, false), (1024, 1024, 1024, false, false), (512, 512, 512, true, false), (512, 512, 512, false, true),
        (1000, 1000, 1000, false, false), (64, 128, 784, false, false), (64, 128, 784, false, true), (128, 784, 64, true, false),
        (64, 10, 128, false, false), (10000, 16, 16, false, false), (16, 16, 10000, true, false), (2000, 40, 500, false, true),
    ];

    public static unsafe void Run()
    {
        NativeBlasLibrary? native = NativeBlasLibrary.Found;
        var random = new Random(1);
        List<double[]> measured = [];
        foreach ((int m, int n, int k, bool transposeA, bool transposeB) in Shapes)
        {
            double[] a = Fill(m * k), b = Fill(k * n), c = new double[m * n];
            double sink = 0;
            measured.Add(Quick.Shortest(
                () => sink += Peak(),
                () => MatrixProduct.Assign(m, n, k, a, transposeA, b, transposeB, c),
                () =>
                {
                    fixed (double* pa = a, pb = b, pc = c)
                        native?.Multiply(m, n, k, 1, pa, transposeA ? m : k, transposeA, pb, transposeB ? k : n, transposeB, pc, n, false);
                }));
            GC.KeepAlive(sink);
        }

        double peak = PeakOperations / measured.Min(times => times[0]);
        Console.WriteLine($"multiply-adds at their best {peak:F1} GFLOP/s, native: {native?.Name ?? "none"}");
        Console.WriteLine($"{"m × n × k",-28}{"own %",8}{"native %",10}{"own/native time",17}");
        foreach (((int m, int n, int k, bool transposeA, bool transposeB), double[] times) in Shapes.Zip(measured))
        {
            double operations = 2.0 * m * n * k;
            string shape = $"{m} × {n} × {k}{(transposeA ? " Aᵀ" : "")}{(transposeB ? " Bᵀ" : "")}";
            string other = native is null ? "–" : $"{100 * operations / times[2] / peak:F0}", ratio = native is null ? "–"
                : $"{times[1] / times[2]:F2}";
            Console.WriteLine($"{shape,-28}{100 * operations / times[1] / peak,8:F0}{other,10}{ratio,17}");
        }

        double[] Fill(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
    }

    private const int PeakSteps = 2000;

    private static double PeakOperations => PeakSteps * 12.0 * 2 * Vector512<double>.Count;

    /// <summary>Twelve independent chains of multiply-adds, more than latency × throughput of any core.</summary>
    private static double Peak()
    {
        Vector512<double> x = Vector512.Create(0.999), y = Vector512.Create(1e-3);
        Vector512<double> s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (int i = 0; i < PeakSteps; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, x, y);
            s1 = Vector512.FusedMultiplyAdd(s1, x, y);
            s2 = Vector512.FusedMultiplyAdd(s2, x, y);
            s3 = Vector512.FusedMultiplyAdd(s3, x, y);
            s4 = Vector512.FusedMultiplyAdd(s4, x, y);
            s5 = Vector512.FusedMultiplyAdd(s5, x, y);
            s6 = Vector512.FusedMultiplyAdd(s6, x, y);
            s7 = Vector512.FusedMultiplyAdd(s7, x, y);
            s8 = Vector512.FusedMultiplyAdd(s8, x, y);
            s9 = Vector512.FusedMultiplyAdd(s9, x, y);
            s10 = Vector512.FusedMultiplyAdd(s10, x, y);
            s11 = Vector512.FusedMultiplyAdd(s11, x, y);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
