using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.Krylov;

/// <summary>Linear operators whose spectrum is known in closed form.</summary>
internal static class Operators
{
    public static ILinearOperator Diagonal(params double[] d) => new Product(d.Length, (v, r) =>
    {
        for (int i = 0; i < d.Length; i++)
            r[i] = d[i] * v[i];
    });

    /// <summary>(2 −1; −1 2 …): the eigenvalues are 2 − 2cos(jπ/(n+1)).</summary>
    public static ILinearOperator Laplacian(int n, double scale = 1) => new Product(n, (v, r) =>
    {
        for (int i = 0; i < n; i++)
            r[i] = scale * (2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < n ? v[i + 1] : 0));
    });

    public static double LaplacianEigenvalue(int n, int j) => 4 * Math.Pow(Math.Sin(j * Math.PI / (2 * (n + 1))), 2);

    /// <summary>Q·diag(d)·Q with a product of two Householder reflections as Q, so that no coordinate is an eigenvector.</summary>
    public static ILinearOperator Rotated(double[] d, ulong seed = 1)
    {
        int n = d.Length;
        RandomStream random = new(seed);
        double[] a = Unit(n, ref random), b = Unit(n, ref random);
        return new Product(n, (v, r) =>
        {
            v.CopyTo(r);
            Reflect(b, r);
            Reflect(a, r);
            for (int i = 0; i < n; i++)
                r[i] *= d[i];
            Reflect(a, r);
            Reflect(b, r);
        });
    }

    public static ILinearOperator Dense(double[,] a) => new Product(a.GetLength(0), (v, r) =>
    {
        for (int i = 0; i < r.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < v.Length; j++)
                sum += a[i, j] * v[j];
            r[i] = sum;
        }
    });

    public static double[,] RandomSymmetric(int n, ulong seed)
    {
        RandomStream random = new(seed);
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                a[i, j] = a[j, i] = random.NextNormal();
        }
        return a;
    }

    public static ILinearOperator From(int n, Body body) => new Product(n, body);

    public static double[] Unit(int n, ref RandomStream random)
    {
        double[] v = new double[n];
        random.FillNormal(v);
        Vectors.Scale(1 / Vectors.Norm(v), v, v);
        return v;
    }

    /// <summary>‖Av − λv‖ for a unit vector.</summary>
    public static double Residual(ILinearOperator a, double value, ReadOnlySpan<double> vector)
    {
        double[] r = a.Apply(vector);
        Vectors.AddScaled(-value, vector, r);
        return Vectors.Norm(r);
    }

    private static void Reflect(double[] unit, Span<double> v) => Vectors.AddScaled(-2 * Vectors.Dot(unit, v), unit, v);

    public delegate void Body(ReadOnlySpan<double> vector, Span<double> result);

    private sealed class Product(int n, Body body) : ILinearOperator
    {
        public int Rows => n;

        public int Columns => n;

        public void Apply(ReadOnlySpan<double> vector, Span<double> result) => body(vector.ToArray(), result);
    }
}
