using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>
/// Nondegenerate points with any spectrum: f = Σ λᵢ(1 − cos yᵢ + sin³yᵢ/10) + Σ |λᵢ|yᵢ²yᵢ₊₁²/10, y = Q(x − c) with an orthogonal Q. The
/// saddles hide a little negative curvature beside large positive ones; minima with as little positive curvature stand beside them.
/// </summary>
internal static class HiddenSaddles
{
    public static IEnumerable<KnownInertia> All() =>
    [
        Point("saddle, -1e2 beside 1e4", Above(10, 1, 1e4, -1e2)),
        Point("saddle, -1 beside 1e10", Above(30, 1, 1e10, -1)),
        Point("saddle, -1e-1 beside 1e2", Above(2, 1e2, 1e2, -1e-1)),
        Point("saddle, -1e-2 beside 1e6", Above(100, 1e-1, 1e6, -1e-2)),
        Point("saddle, -1e-3 beside 1e3", Above(300, 1e-2, 1e3, -1e-3)),
        Point("saddle, -1e-4 beside 1e8", Above(20, 1, 1e8, -1e-4)),
        Point("saddle, -1e-5 beside 1e5", Above(50, 1e-3, 1e5, -1e-5)),
        Point("saddle, -1e-6 beside 1", Above(200, 1e-3, 1, -1e-6)),
        Point("saddle, -1e-6 beside 1e10", Above(5, 1, 1e10, -1e-6)),
        Point("saddle, -1e-8 beside 1", Above(15, 1e-2, 1, -1e-8)),
        Point("saddle, -1e-8 beside 1e6", Above(40, 1e-4, 1e6, -1e-8)),
        Point("saddle, -1e-8 beside 1e10", Above(25, 1, 1e10, -1e-8)),
        Point("saddle of index 5", Above(60, 0.1, 1e3, -1, -0.5, -0.1, -0.01, -0.001)),
        Point("saddle of index n-1", [.. Above(33, 0.1, 1e3, -1e-3).Select(value => -value)]),
        Point("saddle, half of each sign", [.. Above(64, 1, 10), .. Above(64, 1, 10).Select(value => -value)]),
        Point("minimum, 1e-8 beside 1", Above(15, 1e-2, 1, 1e-8)),
        Point("minimum, 1e-6 beside 1e6", Above(80, 1e-4, 1e6, 1e-6)),
        Point("minimum, 1e-2 beside 1e10", Above(30, 1, 1e10, 1e-2)),
        Point("minimum, condition 10", Above(300, 1, 10)),
        Point("maximum, -1e-4 beside -1e4", [.. Above(45, 1e-2, 1e4, 1e-4).Select(value => -value)]),
    ];

    /// <summary>The extra eigenvalues, and before them as many as make n in a geometric progression.</summary>
    private static double[] Above(int n, double low, double high, params double[] extra)
    {
        int count = n - extra.Length;
        return [.. Enumerable.Range(0, count).Select(i => low * Math.Pow(high / low, i / Math.Max(1.0, count - 1))), .. extra];
    }

    private static KnownInertia Point(string name, double[] eigenvalues)
    {
        int n = eigenvalues.Length;
        ulong seed = (ulong)(1000 + name.Sum(letter => letter));
        Turn turn = new(n, seed);
        double[] centre = turn.Stream(seed + 50);
        // In an order in which neighbours differ, so that the coupling mixes small and large.
        double[] mixed = [.. eigenvalues.Select((value, i) => (value, Key: Math.Sin(i + 1))).OrderBy(pair => pair.Key).Select(
            pair => pair.value)];
        VarVector c = centre, lambda = mixed, sizes = (double[])[.. mixed.Select(value => 0.1 * Math.Abs(value))];
        double[] spectrum = [.. mixed.Order()];

        Func<double, double[]>? Along(double eigenvalue) => t =>
        {
            double[] y = new double[n];
            y[Array.IndexOf(mixed, eigenvalue)] = t;
            return [.. turn.Back(y).Zip(centre, (a, b) => a + b)];
        };

        return new KnownInertia(
            name,
            Objective.Of(x =>
            {
                VarVector y = turn.Apply(x - c), square = y * y, sine = Math.Sin(y);
                return lambda.Dot(1 - Math.Cos(y) + 0.1 * sine * sine * sine) + sizes[..^1].Dot(square[..^1] * square[1..]);
            }),
            centre, spectrum, spectrum[0] > 0 ? TrueKind.Minimum : spectrum[^1] < 0 ? TrueKind.Maximum : TrueKind.Saddle, 2,
            spectrum[0] < 0 ? Along(spectrum[0]) : null, spectrum[^1] > 0 ? Along(spectrum[^1]) : null);
    }
}
