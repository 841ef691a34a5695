using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>Curves and surfaces of critical points: functions of some of the curved coordinates only, spheres, and products.</summary>
internal static class ContinuumPoints
{
    public static IEnumerable<KnownPoint> From(ulong shift)
    {
        ulong seed = 40_000 + shift;
        foreach ((int range, int flat) in new[] { (1, 1), (2, 1), (1, 2), (3, 3), (5, 1), (10, 2), (40, 6), (100, 1) })
        {
            foreach (Truth kind in new[] { Truth.MinimumContinuum, Truth.MaximumContinuum, Truth.Saddle })
            {
                if (range > 1 || kind != Truth.Saddle)
                    yield return Bent(range, flat, kind, ++seed);
            }
        }
        foreach (int n in new[] { 2, 3, 4, 7, 12 })
        {
            yield return Sphere(n, 1, ++seed);
            yield return Sphere(n, -1, ++seed);
        }
        foreach (double a in new[] { 1.0, 0.5, 3 })
        {
            yield return new KnownPoint(
                "continuum", $"(ab − 1)² at a = {a}", Objective.Of(x => Math.Square(x[0] * x[1] - 1)), [a, 1 / a], Truth.MinimumContinuum,
                true);
            yield return new KnownPoint(
                "continuum", $"(abc − 1)² at a = {a}", Objective.Of(x => Math.Square(x[0] * x[1] * x[2] - 1)), [a, 2, 0.5 / a],
                Truth.MinimumContinuum, true);
        }
    }

    private static KnownPoint Bent(int range, int flat, Truth kind, ulong seed)
    {
        SplitMix64 random = new(seed);
        double scale = StrictPoints.Power(ref random, seed % 3 == 0 ? 10 : 0);
        Coordinates coordinates = new(range + flat, seed, 0.3);
        double[] lambda = new double[range];
        for (int i = 0; i < range; i++)
            lambda[i] = (0.2 + 3 * random.NextUnit()) * (kind == Truth.MaximumContinuum || (kind == Truth.Saddle && i % 2 == 1) ? -1 : 1);
        VarVector weights = lambda;
        Objective f = Objective.Of(x =>
        {
            VarVector w = coordinates.Of(x)[..range];
            return scale * weights.Dot(w * w);
        });
        return new KnownPoint(
            "continuum", FormattableString.Invariant($"seed {seed}, {range} curved and {flat} flat, f ~ {scale:G2}"), f, coordinates.Centre,
            kind, true, scale);
    }

    private static KnownPoint Sphere(int n, double sign, ulong seed)
    {
        SplitMix64 random = new(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
            x[i] = random.NextSigned();
        double radius = x.Sum(v => v * v);
        return new KnownPoint(
            "continuum", $"sphere, seed {seed}, sign {sign}", Objective.Of(v => sign * Math.Square(v.SquaredNorm() - radius)), x,
            sign > 0 ? Truth.MinimumContinuum : Truth.MaximumContinuum, true);
    }
}
