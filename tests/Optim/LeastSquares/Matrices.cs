using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>Random matrices and vectors.</summary>
internal static class Matrices
{
    public static double[,] Random(int m, int n, ulong seed)
    {
        RandomStream random = new(seed);
        double[,] a = new double[m, n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = random.NextNormal();
        }
        return a;
    }

    public static double[] Column(int m, ulong seed)
    {
        double[] values = new double[m];
        RandomStream random = new(seed);
        random.FillNormal(values);
        return values;
    }
}
