using AutoDiff.Optim;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.Symmetries;

/// <summary>Lennard-Jones clusters in the plane and in space.</summary>
internal static class Clusters
{
    /// <summary>Σ 4(r⁻¹² − r⁻⁶) over the pairs.</summary>
    public static Objective Energy(int dimensions) => Objective.Of(x =>
    {
        int atoms = x.Length / dimensions;
        Var energy = 0;
        for (int i = 0; i < atoms; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Var square = 0;
                for (int k = 0; k < dimensions; k++)
                    square += Math.Square(x[dimensions * i + k] - x[dimensions * j + k]);
                Var s = 1 / (square * square * square);
                energy += 4 * s * (s - 1);
            }
        }
        return energy;
    });

    /// <summary>Atoms at random.</summary>
    public static double[] Start(int atoms, int dimensions, int seed)
    {
        Random random = new(seed);
        double half = 0.6 * Math.Pow(atoms, 1.0 / dimensions);
        return [.. Enumerable.Range(0, atoms * dimensions).Select(_ => half * (2 * random.NextDouble() - 1))];
    }

    /// <summary>x turned and shifted at random.</summary>
    public static double[] Moved(double[] x, int seed)
    {
        Random random = new(seed);
        Matrix<double> q = Matrix<double>.Build.Dense(3, 3, (_, _) => random.NextDouble() - 0.5).QR().Q;
        double[] shift = [random.NextDouble(), random.NextDouble(), random.NextDouble()], moved = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            moved[i] = shift[i % 3];
            for (int k = 0; k < 3; k++)
                moved[i] += q[i % 3, k] * x[i / 3 * 3 + k];
        }
        return moved;
    }

    /// <summary>The longest way from an atom to its nearest neighbour.</summary>
    public static double LargestGap(double[] x, int dimensions)
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i += dimensions)
        {
            double nearest = double.PositiveInfinity;
            for (int j = 0; j < x.Length; j += dimensions)
            {
                double square = 0;
                for (int k = 0; k < dimensions; k++)
                    square += (x[i + k] - x[j + k]) * (x[i + k] - x[j + k]);
                nearest = i == j ? nearest : Math.Min(nearest, square);
            }
            largest = Math.Max(largest, Math.Sqrt(nearest));
        }
        return largest;
    }
}
