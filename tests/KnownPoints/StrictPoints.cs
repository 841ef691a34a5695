using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>Nondegenerate points: F·Σ σᵢλᵢg(zᵢ) with g(z) = ½z² + … and signs σ; 1 to 2,000 variables, f and x in units from 1e-10 to
/// 1e10.</summary>
internal static class StrictPoints
{
    private static readonly int[] s_sizes = [1, 2, 3, 5, 8, 13, 20, 50, 120, 200, 201, 400, 1000, 2000];

    public static IEnumerable<KnownPoint> From(ulong shift)
    {
        ulong seed = 1000 + shift;
        foreach (int n in s_sizes)
        {
            foreach (Truth kind in new[] { Truth.Minimum, Truth.Saddle, Truth.Maximum })
            {
                for (int k = 0; k < (n <= 120 ? 3 : 1); k++)
                {
                    if (n == 1 && kind == Truth.Saddle)
                        continue;
                    seed++;
                    SplitMix64 random = new(seed);
                    double scale = Power(ref random, k == 0 ? 0 : 10), unit = Power(ref random, k == 2 ? 10 : 0);
                    double condition = Math.Pow(10, random.NextUnit() * (n <= 120 ? 6 : 3));
                    yield return Make(n, seed, kind, scale, unit, condition, k);
                }
            }
        }
    }

    internal static double Power(ref SplitMix64 random, double most) =>
        most == 0 ? 1 : Math.Pow(10, Math.Round(most * random.NextSigned()));

    private static KnownPoint Make(int n, ulong seed, Truth kind, double scale, double unit, double condition, int k)
    {
        SplitMix64 random = new(seed + 7);
        double[] lambda = new double[n];
        for (int i = 0; i < n; i++)
            lambda[i] = Math.Pow(condition, -i / Math.Max(1.0, n - 1)) * (kind == Truth.Maximum ? -1 : 1);
        if (kind == Truth.Saddle)
        {
            // One negative eigenvalue, the smallest of all, is the hardest to find; otherwise a random share of them.
            if (k == 0)
                lambda[n - 1] = -lambda[n - 1];
            else
            {
                for (int i = 0; i < n; i++)
                    lambda[i] *= i == 0 ? 1 : i == n - 1 || random.NextUnit() < 0.3 ? -1 : 1;
            }
        }
        Coordinates coordinates = new(n, seed, n == 1 ? 0 : 0.3, unit);
        VarVector weights = lambda;
        Objective f = Objective.Of(x =>
        {
            VarVector z = coordinates.Of(x);
            VarVector g = ((int)(seed % 4)) switch
            {
                0 => 0.5 * z * z,
                1 => 1 - Math.Cos(z),
                2 => Math.Exp(z) - 1 - z,
                _ => Math.Sqrt(1 + z * z) - 1,
            };
            return scale * weights.Dot(g);
        });
        return new KnownPoint(
            "strict", FormattableString.Invariant($"seed {seed}, f ~ {scale:G2}, x ~ {unit:G2}, condition {condition:G2}"), f,
            coordinates.Centre, kind, true, scale, unit)
        {
            // Lanczos resolves a condition κ in some √κ·log products.
            MaxProducts = n > 200 ? 100 + (int)(15 * Math.Sqrt(condition)) : null,
        };
    }
}
