namespace AutoDiff.Lambdas;

/// <summary>
/// The 35 problems of J. J. Moré, B. S. Garbow, K. E. Hillstrom, <i>Testing unconstrained optimization software</i>, ACM Transactions on
/// Mathematical Software 7 (1981) 17–41, f(x) = Σ rᵢ(x)². The accepted minima have the digits of tests/Data/tables/mgh.py, which
/// reaches the paper's six in every case.
/// </summary>
public static partial class MoreGarbowHillstrom
{
    private static readonly Lazy<IReadOnlyList<LeastSquaresProblem>> s_all = new(() =>
    [
        Rosenbrock(), FreudensteinRoth(), PowellBadlyScaled(), BrownBadlyScaled(), Beale(), JennrichSampson(), HelicalValley(), Bard(),
        Gaussian(), Meyer(), Gulf(), Box(), PowellSingular(), Wood(), KowalikOsborne(), BrownDennis(), Osborne1(), BiggsExp6(), Osborne2(),
        Watson(), ExtendedRosenbrock(), ExtendedPowellSingular(), Penalty1(), Penalty2(), VariablyDimensioned(), Trigonometric(),
        BrownAlmostLinear(), DiscreteBoundaryValue(), DiscreteIntegral(), BroydenTridiagonal(), BroydenBanded(), LinearFullRank(),
        LinearRankOne(), LinearRankOneWithZeros(), Chebyquad(),
    ]);

    /// <summary>All problems in order of their numbers, with the usual dimensions.</summary>
    public static IReadOnlyList<LeastSquaresProblem> All => s_all.Value;

    /// <summary>Problem <paramref name="number"/> with n variables and m residuals, where these may be chosen.</summary>
    /// <exception cref="ArgumentException">The problem does not exist in this size.</exception>
    public static LeastSquaresProblem Get(int number, int n, int m)
    {
        LeastSquaresProblem problem = number switch
        {
            6 => JennrichSampson(m),
            11 => Gulf(m),
            12 => Box(m),
            16 => BrownDennis(m),
            18 => BiggsExp6(m),
            20 => Watson(n),
            21 => ExtendedRosenbrock(n),
            22 => ExtendedPowellSingular(n),
            23 => Penalty1(n),
            24 => Penalty2(n),
            25 => VariablyDimensioned(n),
            26 => Trigonometric(n),
            27 => BrownAlmostLinear(n),
            28 => DiscreteBoundaryValue(n),
            29 => DiscreteIntegral(n),
            30 => BroydenTridiagonal(n),
            31 => BroydenBanded(n),
            32 => LinearFullRank(n, m),
            33 => LinearRankOne(n, m),
            34 => LinearRankOneWithZeros(n, m),
            35 => Chebyquad(n, m),
            _ => All[number - 1],
        };
        return (problem.N, problem.M) == (n, m)
            ? problem
            : throw new ArgumentException(
                $"Problem {number} has {problem.N} variables and {problem.M} residuals; {n} and {m} were asked for.");
    }

    private static LeastSquaresProblem Problem(
        int number, string name, int m, Func<VarVector, VarVector> residuals, double[] start, double[] minima, string notes = "",
        double[]? saddles = null) =>
        new(number, name, start.Length, m, VectorFunction.Of(residuals), start, minima, saddles ?? [], notes);

    /// <summary>(1, 2, …, count) times a factor.</summary>
    private static double[] Multiples(int count, double factor) => [.. Enumerable.Range(1, count).Select(i => i * factor)];

    /// <summary>(1, 2, …, count) divided by a number.</summary>
    private static double[] Fractions(int count, double denominator) => [.. Enumerable.Range(1, count).Select(i => i / denominator)];

    /// <summary>A pattern over and over.</summary>
    private static double[] Repeat(int count, params double[] pattern) =>
        [.. Enumerable.Range(0, count).Select(i => pattern[i % pattern.Length])];

    private static double[] Map(double[] values, Func<double, double> function) => [.. values.Select(function)];
}
