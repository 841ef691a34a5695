using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>
/// The degenerate points of the plane inside a space of n dimensions: scale·core(y₁, y₂) ± Σ μᵢ((1 − cos yᵢ) + yᵢ²y₁²/10), i = 3…n, with
/// y = Q(x − c), Q orthogonal, so that no axis is special; the μᵢ are a geometric progression. The kind is the core's.
/// </summary>
internal static class TurnedPoints
{
    public static IEnumerable<KnownInertia> All()
    {
        int number = 0;
        foreach (KnownInertia core in PlanePoints.Degenerate())
        {
            int n = 3 + 4 * number;
            double scale = number % 3 == 0 ? 10 : number % 3 == 1 ? 1 : 0.1;
            yield return Embed(core, n, scale, 0.5, Math.Pow(10, number % 4), (ulong)(100 + number));
            number++;
        }
    }

    private static KnownInertia Embed(KnownInertia core, int n, double scale, double low, double high, ulong seed)
    {
        double sign = core.Kind == TrueKind.Maximum ? -1 : 1;
        double[] added = [.. Enumerable.Range(0, n - 2).Select(i => sign * low * Math.Pow(high / low, i / Math.Max(1.0, n - 3)))];
        Turn turn = new(n, seed);
        double[] centre = turn.Stream(seed + 50);
        VarVector c = centre, mu = added;
        double[] spectrum = [.. core.Spectrum.Select(value => scale * value), .. added];

        double[] Out(double[] y)
        {
            double[] x = turn.Back([.. y, .. new double[n - 2]]);
            return [.. x.Zip(centre, (a, b) => a + b)];
        }

        return new KnownInertia(
            $"turned {core.Name}",
            Objective.Of(x =>
            {
                VarVector y = turn.Apply(x - c), z = y[2..];
                return scale * core.Objective.Value(y[..2]) + mu.Dot(1 - Math.Cos(z) + 0.1 * y[0] * y[0] * (z * z));
            }),
            centre, [.. spectrum.Order()], core.Kind, core.DecidingOrder,
            core.Descent is { } down ? t => Out(down(t)) : null, core.Ascent is { } up ? t => Out(up(t)) : null);
    }
}
