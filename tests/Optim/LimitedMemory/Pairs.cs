using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.LimitedMemory;

namespace AutoDiff.Tests.Optim.LimitedMemory;

/// <summary>Random pairs of a convex quadratic, and the dense BFGS matrix they make.</summary>
internal static class Pairs
{
    public static (PairMemory Memory, CompactHessian Hessian) Random(int n, int capacity, int pairs, ulong seed)
    {
        RandomStream random = RandomStream.Of(seed, 0);
        PairMemory memory = new(n, capacity);
        CompactHessian hessian = new(memory);
        double[] s = new double[n], y = new double[n];
        for (int k = 0; k < pairs; k++)
        {
            random.FillNormal(s);
            for (int i = 0; i < n; i++)
                y[i] = (1 + i) * s[i] + 0.3 * (s[(i + 1) % n] + s[(i + n - 1) % n]);
            bool full = memory.Count == capacity;
            memory.Add(s, y).ShouldBeTrue();
            hessian.Add(full).ShouldBeTrue();
        }
        return (memory, hessian);
    }

    /// <summary>B by the BFGS formula, B₊ = B − BssᵀB/sᵀBs + yyᵀ/yᵀs, from θI.</summary>
    public static double[,] DenseBfgs(PairMemory memory)
    {
        int n = memory.Step(0).Length;
        double[,] b = new double[n, n];
        for (int i = 0; i < n; i++)
            b[i, i] = memory.Curvature;
        for (int k = 0; k < memory.Count; k++)
        {
            double[] s = memory.Step(k), y = memory.Change(k), bs = Multiply(b, s);
            double sbs = Vectors.Dot(s, bs), sy = Vectors.Dot(s, y);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    b[i, j] += y[i] * y[j] / sy - bs[i] * bs[j] / sbs;
            }
        }
        return b;
    }

    public static double[] Multiply(double[,] a, double[] v) =>
        [.. Enumerable.Range(0, a.GetLength(0)).Select(i => Enumerable.Range(0, v.Length).Sum(j => a[i, j] * v[j]))];
}
