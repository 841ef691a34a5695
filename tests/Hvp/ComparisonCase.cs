using AutoDiff.Hvp;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Hvp;

/// <summary>A function by its hand-written value, gradient and Hessian-vector product: nothing of the engine takes part.</summary>
internal sealed record ComparisonCase(string Name, GradientFunction Gradient, double[] X, double[] V, Func<double[], double[]> Product)
{
    public override string ToString() => Name;

    /// <summary>The verdict on the product multiplied by 1 + <paramref name="fault"/>.</summary>
    public HvpComparison Run(double fault = 0) =>
        HvpComparison.Run(Gradient, X, V, v => Array.ConvertAll(Product(v), t => t * (1 + fault)));

    /// <summary>A sum Σφᵢ(xᵢ) from φ, φ′ and φ″.</summary>
    public static ComparisonCase Sum(
        string name, double[] x, double[] v,
            Func<int, double, double> value, Func<int, double, double> first, Func<int, double, double> second) =>
        new(
            name,
            (at, gradient) =>
            {
                double sum = 0;
                for (int i = 0; i < at.Length; i++)
                {
                    sum += value(i, at[i]);
                    gradient[i] = first(i, at[i]);
                }
                return sum;
            },
            x, v,
            w => [.. w.Select((t, i) => second(i, x[i]) * t)]);

    public static ComparisonCase Cosines(string name, double[] x, double[] v) =>
        Sum(name, x, v, (_, t) => Math.Cos(t), (_, t) => -Math.Sin(t), (_, t) => -Math.Cos(t));

    public static ComparisonCase CosinesOnSlope(string name, double[] x, double[] v, double slope) =>
        Sum(name, x, v, (_, t) => Math.Cos(t) + slope * t, (_, t) => slope - Math.Sin(t), (_, t) => -Math.Cos(t));

    public static ComparisonCase Exponentials(string name, double[] x, double[] v, double[] a) =>
        Sum(name, x, v, (i, t) => Math.Exp(a[i] * t), (i, t) => a[i] * Math.Exp(a[i] * t), (i, t) => a[i] * a[i] * Math.Exp(a[i] * t));

    public static ComparisonCase Valley(string name, double[] x, double[] v) =>
        new(name, Rosenbrock.ValueAndGradient, x, v, w => ValleyProduct(x, w));

    /// <summary>Rosenbrock's Hessian, tridiagonal: 1200xᵢ² − 400xᵢ₊₁ + 2 (+ 200 after the first) on the diagonal, −400xᵢ beside
    /// it.</summary>
    public static double[] ValleyProduct(double[] x, double[] w)
    {
        double[] result = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            result[i] += (1200 * x[i] * x[i] - 400 * x[i + 1] + 2) * w[i] - 400 * x[i] * w[i + 1];
            result[i + 1] += -400 * x[i] * w[i] + 200 * w[i + 1];
        }
        return result;
    }

    /// <summary>n numbers uniform in [−scale, scale).</summary>
    public static double[] Uniform(int n, ulong seed, double scale = 1)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, n).Select(_ => scale * random.NextSigned())];
    }

    /// <summary>n random numbers with the Euclidean norm given.</summary>
    public static double[] OfNorm(int n, ulong seed, double norm)
    {
        double[] x = Uniform(n, seed);
        double scale = norm / Math.Sqrt(x.Sum(t => t * t));
        return Array.ConvertAll(x, t => t * scale);
    }
}
