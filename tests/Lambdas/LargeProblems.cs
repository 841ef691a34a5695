using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>
/// Minimization problems of any dimension, written in a few array operations, so that a gradient at n = 100 000 takes milliseconds.
/// Sums of squares are without a factor ½; the starts are those of Moré, Garbow and Hillstrom (1981) where they have the problem.
/// </summary>
public static class LargeProblems
{
    /// <summary>All of them in about n variables (n is rounded up to a multiple of 4).</summary>
    public static IReadOnlyList<MinimizationProblem> All(int n)
    {
        int size = (n + 3) / 4 * 4;
        return
        [
            ChainedRosenbrock(size), ExtendedRosenbrock(size), ExtendedPowell(size), ExtendedWood(size), BroydenTridiagonal(size),
            BroydenBanded(size), DixonPrice(size), FrenkelKontorova(size), ConvexQuadratic(size),
        ];
    }

    /// <summary>Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². For 4 ≤ n ≤ 30 it has one more minimum, near (−1, 1, …, 1) (Kok, Sandrock 2009).</summary>
    public static MinimizationProblem ChainedRosenbrock(int n) =>
        new("chained Rosenbrock", RosenbrockLambda.Arrays(), Problems.Rosenbrock.Start(n), 0, Filled(n, 1));

    /// <summary>n/2 independent Rosenbrock functions.</summary>
    public static MinimizationProblem ExtendedRosenbrock(int n) => new("extended Rosenbrock",
        Objective.Of(x =>
        {
            VarMatrix pairs = x.Reshape(n / 2, 2);
            VarVector a = pairs.Column(0), b = pairs.Column(1);
            return (100 * Math.Square(b - a * a) + Math.Square(1 - a)).Sum();
        }),
        Pattern(n, -1.2, 1), 0, Filled(n, 1));

    /// <summary>n/4 independent singular functions of Powell; the Hessian at the minimum has rank n/2.</summary>
    public static MinimizationProblem ExtendedPowell(int n) => new("extended Powell singular",
        Objective.Of(x =>
        {
            VarMatrix fours = x.Reshape(n / 4, 4);
            VarVector a = fours.Column(0), b = fours.Column(1), c = fours.Column(2), d = fours.Column(3);
            return (Math.Square(a + 10 * b) + 5 * Math.Square(c - d) + Math.Pow(b - 2 * c, 4) + 10 * Math.Pow(a - d, 4)).Sum();
        }),
        Pattern(n, 3, -1, 0, 1), 0, new double[n]);

    /// <summary>n/4 independent functions of Wood; saddles with f ≈ 7.877 each stand in the way.</summary>
    public static MinimizationProblem ExtendedWood(int n) => new("extended Wood",
        Objective.Of(x =>
        {
            VarMatrix fours = x.Reshape(n / 4, 4);
            VarVector a = fours.Column(0), b = fours.Column(1), c = fours.Column(2), d = fours.Column(3);
            return (100 * Math.Square(b - a * a) + Math.Square(1 - a) + 90 * Math.Square(d - c * c) + Math.Square(1 - c)
                + 10 * Math.Square(b + d - 2) + 0.1 * Math.Square(b - d)).Sum();
        }),
        Pattern(n, -3, -1), 0, Filled(n, 1));

    /// <summary>Problem 30 of the collection. Local minima above 0 exist.</summary>
    public static MinimizationProblem BroydenTridiagonal(int n) => Of(MoreGarbowHillstrom.BroydenTridiagonal(n));

    /// <summary>Problem 31 of the collection.</summary>
    public static MinimizationProblem BroydenBanded(int n) => Of(MoreGarbowHillstrom.BroydenBanded(n));

    /// <summary>
    /// (x₁ − 1)² + Σ i(2xᵢ² − xᵢ₋₁)², i = 2…n, with minima 0 at xᵢ = ±2^(−1 + 2^(1−i)), all + but the last; start (1, …, 1).
    /// </summary>
    public static MinimizationProblem DixonPrice(int n)
    {
        VarVector weights = (double[])[.. Enumerable.Range(2, n - 1)];
        return new MinimizationProblem("Dixon-Price",
            Objective.Of(x => Math.Square(x[0] - 1) + weights.Dot(Math.Square(2 * x[1..] * x[1..] - x[..^1]))),
            Filled(n, 1), 0, [.. Enumerable.Range(1, n).Select(i => Math.Pow(2, -1 + Math.Pow(2, 1 - i)))]);
    }

    /// <summary>
    /// A chain of pendulums, Σ ½(xᵢ₊₁ − xᵢ)² + Σ (1 − cos xᵢ) (Frenkel and Kontorova 1938): minimum 0 where all xᵢ are the same multiple
    /// of 2π, and local minima with kinks between such multiples. Trigonometric, indefinite at the start xᵢ = 2 sin i.
    /// </summary>
    public static MinimizationProblem FrenkelKontorova(int n) => new("Frenkel-Kontorova chain",
        Objective.Of(x => 0.5 * Math.Square(x[1..] - x[..^1]).Sum() + (1 - Math.Cos(x)).Sum()),
        [.. Enumerable.Range(1, n).Select(i => 2 * Math.Sin(i))], 0, new double[n]);

    /// <summary>
    /// ½(x − c)ᵀQᵀΛQ(x − c): a spectrum from 1 to <paramref name="condition"/> in a geometric progression, turned by two Householder
    /// reflections Q, so that nothing is along an axis; minimum 0 at c; start 0.
    /// </summary>
    public static MinimizationProblem ConvexQuadratic(int n, double condition = 1e4, ulong seed = 1)
    {
        Turn turn = new(n, seed);
        double[] centre = turn.Stream(seed + 7);
        VarVector c = centre, spectrum = (double[])[.. Enumerable.Range(0, n).Select(i => Math.Pow(condition, i / Math.Max(1.0, n - 1)))];
        return new MinimizationProblem("convex quadratic",
            Objective.Of(x =>
            {
                VarVector y = turn.Apply(x - c);
                return 0.5 * spectrum.Dot(y * y);
            }),
            new double[n], 0, centre);
    }

    private static MinimizationProblem Of(LeastSquaresProblem problem) => new(problem.Name, problem.Objective, problem.Start, 0);

    private static double[] Filled(int n, double value) => [.. Enumerable.Repeat(value, n)];

    private static double[] Pattern(int n, params double[] pattern) => n % pattern.Length == 0
        ? [.. Enumerable.Range(0, n).Select(i => pattern[i % pattern.Length])]
        : throw new ArgumentException($"This problem needs a multiple of {pattern.Length} variables; {n} were asked for.", nameof(n));
}
