using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>An orthogonal map Q of ℝⁿ, the product of two Householder reflections I − 2wwᵀ with random unit vectors w.</summary>
public sealed class Turn
{
    private readonly double[][] _normals;

    /// <summary>The map of that seed.</summary>
    public Turn(int n, ulong seed)
    {
        N = n;
        _normals = [Unit(Stream(seed)), Unit(Stream(seed + 1))];
    }

    /// <summary>The dimension.</summary>
    public int N { get; }

    /// <summary>Qx, differentiable.</summary>
    public VarVector Apply(VarVector x)
    {
        foreach (double[] normal in _normals)
        {
            VarVector w = normal;
            x -= 2 * w.Dot(x) * w;
        }
        return x;
    }

    /// <summary>Qᵀy, in numbers.</summary>
    public double[] Back(double[] y)
    {
        double[] x = [.. y];
        foreach (double[] w in _normals.Reverse())
        {
            double dot = 2 * w.Zip(x, (a, b) => a * b).Sum();
            for (int i = 0; i < x.Length; i++)
                x[i] -= dot * w[i];
        }
        return x;
    }

    /// <summary>n numbers uniform in [−1, 1).</summary>
    public double[] Stream(ulong seed)
    {
        SplitMix64 random = new(seed);
        double[] values = new double[N];
        for (int i = 0; i < N; i++)
            values[i] = random.NextSigned();
        return values;
    }

    private static double[] Unit(double[] v)
    {
        double norm = Math.Sqrt(v.Sum(value => value * value));
        return [.. v.Select(value => value / norm)];
    }
}
