using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>Critical points of models: networks, mixtures, factorizations, chains, and points of known test functions.</summary>
internal static class ModelPoints
{
    public static IEnumerable<KnownInertia> All() =>
    [
        LinearNetwork(4, 3, 5, 3, 2, 1), LinearNetwork(6, 8, 10, 10, 1, 0.1, 0.01), DeepChain(), TanhNetwork(6, 5, 0),
            TanhNetwork(10, 12, 0.05),
        Factorization(12, 0), Factorization(12, 1), Factorization(40, 7), RayleighQuotient(15, 6), RayleighQuotient(15, 0),
        Mixture(1.5), Mixture(4, 2, 1.01, 0.5, 0.25), Mixture(1.0001, 0.9, 0.5), DoubleWells(50, 5), DoubleWells(300, 1),
            DoubleWells(20, 0),
        PendulumsUpright(50), PendulumsUpright(298), PendulumsHanging(100), Rosenbrock(), PowellSingular(), BrownAlmostLinear(10),
    ];

    /// <summary>
    /// ½‖BA − M‖² at A = 0, B = 0, A being h × n, B m × h, M of rank k with the given singular values: every ±σ is h-fold, since the
    /// second-order term is −⟨M, BA⟩; the rest is 0 (Baldi, Hornik 1989).
    /// </summary>
    private static KnownInertia LinearNetwork(int m, int h, int n, params double[] sigma)
    {
        Turn left = new(m, 11), right = new(n, 12);
        double[][] u = [.. sigma.Select((_, k) => left.Back(Axis(m, k)))], v = [.. sigma.Select((_, k) => right.Back(Axis(n, k)))];
        double[,] target = new double[m, n];
        for (int k = 0; k < sigma.Length; k++)
        {
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                    target[i, j] += sigma[k] * u[k][i] * v[k][j];
            }
        }

        // One hidden unit passes on the first singular pair.
        Func<double, double[]> First(double sign) => t =>
        {
            double[] x = new double[h * (n + m)];
            for (int j = 0; j < n; j++)
                x[j] = 0.5 * t * v[0][j];
            for (int i = 0; i < m; i++)
                x[h * n + i * h] = sign * 0.5 * t * u[0][i];
            return x;
        };

        IEnumerable<double> pairs = sigma.SelectMany(s => Enumerable.Repeat(s, h).Concat(Enumerable.Repeat(-s, h)));
        double[] spectrum = [.. pairs, .. new double[h * (m + n - 2 * sigma.Length)]];
        return new KnownInertia(
            $"linear network {m}-{h}-{n}",
            Objective.Of(x => 0.5 * (x.Matrix(h * n, m, h).MatMul(x.Matrix(0, h, n)) - target).SquaredNorm()),
            new double[h * (n + m)], [.. spectrum.Order()], TrueKind.Saddle, 2, First(1), First(-1));
    }

    /// <summary>½(abc − 1)² at 0: no second derivatives, −abc decides.</summary>
    private static KnownInertia DeepChain() => new(
        "deep linear chain", Objective.Of(x => 0.5 * Math.Square(x[0] * x[1] * x[2] - 1)), new double[3], new double[3], TrueKind.Saddle, 3,
        t => [t, t, t], t => [-t, t, t]);

    /// <summary>
    /// ½ mean (vᵀtanh(Wx) − target)² + ½μ‖(W, v)‖² at 0, W being h × d: the second-order term is −vᵀWz, z = mean target·x, so that the
    /// eigenvalues are μ ± ‖z‖, h times each, and μ. All hidden units are alike there.
    /// </summary>
    private static KnownInertia TanhNetwork(int hidden, int d, double decay)
    {
        const int count = 30;
        SplitMix64 random = new(5);
        double[,] inputs = new double[count, d];
        double[] targets = new double[count], z = new double[d];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < d; j++)
            {
                inputs[i, j] = random.NextSigned();
                targets[i] += inputs[i, j] * (j % 3 + 1);
            }
            for (int j = 0; j < d; j++)
                z[j] += targets[i] * inputs[i, j] / count;
        }
        double norm = Math.Sqrt(z.Sum(value => value * value));

        Func<double, double[]> Unit(double sign) => t =>
        {
            double[] x = new double[hidden * (d + 1)];
            for (int j = 0; j < d; j++)
                x[j] = 0.1 * t * z[j] / norm;
            x[hidden * d] = sign * 0.1 * t;
            return x;
        };

        double[] spectrum =
        [
            .. Enumerable.Repeat(decay - norm, hidden), .. Enumerable.Repeat(decay, hidden * (d - 1)),
                .. Enumerable.Repeat(decay + norm, hidden),
        ];
        VarVector t = targets;
        return new KnownInertia(
            $"tanh network {d}-{hidden}-1, decay {decay}",
            Objective.Of(x =>
            {
                VarMatrix w = x.Matrix(0, hidden, d);
                VarVector output = Math.Tanh(((VarMatrix)inputs).MatMul(w.Transpose())).MatMul(x[(hidden * d)..]);
                return 0.5 * (output - t).SquaredNorm() / count + 0.5 * decay * x.SquaredNorm();
            }),
            new double[hidden * (d + 1)], spectrum, TrueKind.Saddle, 2, Unit(1), Unit(-1));
    }

    /// <summary>
    /// ¼‖xxᵀ − M‖² less a constant, M with eigenvalues n…1, at √λ_k u_k: the Hessian ‖x‖²I + 2xxᵀ − M has the eigenvalues λ_k − λᵢ
    /// and 2λ_k. A minimum for the largest λ_k only.
    /// </summary>
    private static KnownInertia Factorization(int n, int k)
    {
        Turn turn = new(n, 21);
        double[] eigenvalues = [.. Enumerable.Range(0, n).Select(i => (double)(n - i))];
        double root = Math.Sqrt(eigenvalues[k]);
        VarVector lambda = eigenvalues;
        double[] spectrum = [.. eigenvalues.Select((value, i) => i == k ? 2 * value : eigenvalues[k] - value)];
        return new KnownInertia(
            $"factorization of rank 1, eigenvector {k}",
            Objective.Of(x =>
            {
                VarVector y = turn.Apply(x), square = y * y;
                return 0.25 * Math.Square(square.Sum()) - 0.5 * lambda.Dot(square);
            }),
            turn.Back(Scaled(n, k, root)), [.. spectrum.Order()], k == 0 ? TrueKind.Minimum : TrueKind.Saddle, 2,
            k == 0 ? null : t => turn.Back(Mixed(n, k, 0, root, t)), t => turn.Back(Scaled(n, k, root * (1 + t))));
    }

    /// <summary>xᵀAx/xᵀx, A with eigenvalues 1…n, at 2u_k: 2(λᵢ − λ_k)/‖x‖², and 0 along x, on which f is constant.</summary>
    private static KnownInertia RayleighQuotient(int n, int k)
    {
        const double length = 2;
        Turn turn = new(n, 31);
        VarVector lambda = (double[])[.. Enumerable.Range(1, n)];
        double[] spectrum = [.. Enumerable.Range(0, n).Select(i => 2 * (i - k) / (length * length))];
        return new KnownInertia(
            $"Rayleigh quotient, eigenvector {k}",
            Objective.Of(x =>
            {
                VarVector y = turn.Apply(x), square = y * y;
                return lambda.Dot(square) / square.Sum();
            }),
            turn.Back(Scaled(n, k, length)), spectrum, k == 0 ? TrueKind.NonIsolatedMinimum : TrueKind.Saddle, k == 0 ? 0 : 2,
            k == 0 ? null : t => turn.Back(Mixed(n, k, 0, length, t)), t => turn.Back(Mixed(n, k, n - 1, length, t)));
    }

    /// <summary>
    /// Minus the mean log likelihood of ½N(a, I) + ½N(b, I), a constant left out, at a = b = 0, for data of mean 0 whose covariance has the
    /// eigenvalues s: ½ in every direction of a + b, ½(1 − s) in those of a − b. Both means in the middle is a saddle if some s > 1.
    /// </summary>
    private static KnownInertia Mixture(params double[] variances)
    {
        int d = variances.Length, count = 2 * d;
        Turn turn = new(d, 41);
        double[,] data = new double[count, d];
        for (int k = 0; k < d; k++)
        {
            double[] point = turn.Back(Scaled(d, k, Math.Sqrt(d * variances[k])));
            for (int j = 0; j < d; j++)
                (data[2 * k, j], data[2 * k + 1, j]) = (point[j], -point[j]);
        }
        double[] axis = turn.Back(Axis(d, 0));
        // Up to the fourth order f is ½(1 − s)τ² + ds²τ⁴/12 for a = −b = τ·axis.
        double reach = Math.Sqrt(3 * (variances[0] - 1) / (d * variances[0] * variances[0]));
        double[] spectrum = [.. Enumerable.Repeat(0.5, d), .. variances.Select(s => 0.5 * (1 - s))];
        return new KnownInertia(
            $"mixture with both means in the middle, variance {variances[0]} in {d}",
            Objective.Of(x =>
            {
                VarVector LogDensity(VarVector mean) => ((VarMatrix)data).MatMul(mean) - 0.5 * mean.SquaredNorm();
                return -Math.LogAddExp(LogDensity(x[..d]), LogDensity(x[d..])).Mean();
            }),
            new double[2 * d], [.. spectrum.Order()], TrueKind.Saddle, 2,
            t => [.. axis.Select(a => t * reach * a), .. axis.Select(a => -t * reach * a)],
            t => [.. axis.Select(a => t * a), .. axis.Select(a => t * a)]);
    }

    /// <summary>
    /// Σ ¼(yᵢ² − 1)², y = Qx, with the last few yᵢ on the hill 0 (eigenvalue −1) and the others in the wells ±1 (eigenvalue 2).
    /// </summary>
    private static KnownInertia DoubleWells(int n, int hills)
    {
        Turn turn = new(n, 51);
        double[] y = [.. Enumerable.Range(0, n).Select(i => i >= n - hills ? 0.0 : i % 2 == 0 ? 1 : -1)];
        Func<double, double[]> Moved(int i, double step) => t =>
        {
            double[] z = [.. y];
            z[i] += step * t;
            return turn.Back(z);
        };
        return new KnownInertia(
            $"double wells, {hills} on the hill",
            Objective.Of(x =>
            {
                VarVector z = turn.Apply(x);
                return 0.25 * Math.Square(z * z - 1).Sum();
            }),
            turn.Back(y), [.. Enumerable.Repeat(-1.0, hills), .. Enumerable.Repeat(2.0, n - hills)],
            hills == 0 ? TrueKind.Minimum : TrueKind.Saddle, 2,
            hills == 0 ? null : Moved(n - 1, 1), Moved(0, 1));
    }

    /// <summary>The Frenkel–Kontorova chain with all pendulums upright: the path's Laplacian less the identity, 1 − 2cos(kπ/n).</summary>
    private static KnownInertia PendulumsUpright(int n) => new(
        $"{n} pendulums upright", LargeProblems.FrenkelKontorova(n).Objective, [.. Enumerable.Repeat(Math.PI, n)],
        [.. Enumerable.Range(0, n).Select(k => 1 - 2 * Math.Cos(k * Math.PI / n)).Order()], TrueKind.Saddle, 2,
        t => [.. Enumerable.Repeat(Math.PI + t, n)], t => [.. Enumerable.Range(0, n).Select(i => Math.PI + (i % 2 == 0 ? t : -t))]);

    /// <summary>The same hanging down: 3 − 2cos(kπ/n).</summary>
    private static KnownInertia PendulumsHanging(int n) => new(
        $"{n} pendulums hanging", LargeProblems.FrenkelKontorova(n).Objective, new double[n],
        [.. Enumerable.Range(0, n).Select(k => 3 - 2 * Math.Cos(k * Math.PI / n)).Order()], TrueKind.Minimum, 2,
        null, t => [.. Enumerable.Repeat(t, n)]);

    /// <summary>The minimum of Rosenbrock's function: trace 1002, determinant 400.</summary>
    private static KnownInertia Rosenbrock()
    {
        double larger = 501 + Math.Sqrt(501 * 501 - 400);
        return new KnownInertia(
            "Rosenbrock's minimum", MoreGarbowHillstrom.Rosenbrock().Objective, [1, 1], [400 / larger, larger], TrueKind.Minimum, 2,
            null, t => [1 + t, 1 + t]);
    }

    /// <summary>The minimum of Powell's singular function: 2·101 and 2·10, and a plane on which it is of fourth order.</summary>
    private static KnownInertia PowellSingular() => new(
        "Powell's singular minimum", MoreGarbowHillstrom.PowellSingular().Objective, new double[4], [0, 0, 20, 202], TrueKind.Minimum, 4,
        null, t => [t, t, t, t]);

    /// <summary>
    /// Brown's almost-linear function at (0, …, 0, n+1): f = (∏xᵢ − 1)² on the line (a, …, a, n+1−na), hence of order n − 1 there. Its
    /// Hessian 2JᵀJ, J having the rows eᵢ + (1, …, 1), has the eigenvalues 0, 2 (n − 2 times), and 2(1 + (n−1)(n+2)).
    /// </summary>
    private static KnownInertia BrownAlmostLinear(int n)
    {
        double[] On(double a) => [.. Enumerable.Repeat(a, n - 1), n + 1 - n * a];
        return new KnownInertia(
            "Brown's almost-linear flat point", MoreGarbowHillstrom.BrownAlmostLinear(n).Objective, On(0),
            [0, .. Enumerable.Repeat(2.0, n - 2), 2 * (1 + (n - 1) * (n + 2))], TrueKind.Saddle, n - 1,
            t => On(0.5 * t), t => On(-0.5 * t));
    }

    private static double[] Axis(int n, int k) => Scaled(n, k, 1);

    private static double[] Scaled(int n, int k, double length)
    {
        double[] y = new double[n];
        y[k] = length;
        return y;
    }

    /// <summary>From axis k towards another, at the same length.</summary>
    private static double[] Mixed(int n, int k, int towards, double length, double angle)
    {
        double[] y = new double[n];
        (y[k], y[towards]) = (length * Math.Cos(angle), length * Math.Sin(angle));
        return y;
    }
}
