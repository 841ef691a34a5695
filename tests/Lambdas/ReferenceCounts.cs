using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>
/// A problem with the evaluations that other minimizers needed until ‖∇f‖₂ ≤ 1e-6 for the first time: scipy 1.10.1 with exact derivatives
/// (bench/scipy_counts.py counts them), and a prototype of GLTR.
/// </summary>
/// <param name="Problem">The function and its start.</param>
/// <param name="TrustNcg">scipy's trust-ncg.</param>
/// <param name="TrustKrylov">scipy's trust-krylov.</param>
/// <param name="NewtonCg">scipy's Newton-CG; null where it did not get there.</param>
/// <param name="Lbfgsb">scipy's L-BFGS-B.</param>
/// <param name="GltrPrototype">A prototype of GLTR (Gould, Lucidi, Roma, Toint 1999).</param>
/// <remarks>
/// The counts of Watson's and the chained Rosenbrock function hang on rounding: trust-ncg's products vary from 104 to 157 and from 2284
/// to 2476 with perturbations of 1e-14.
/// </remarks>
public sealed record ReferenceCounts(
    MinimizationProblem Problem, Evaluations TrustNcg, Evaluations TrustKrylov, Evaluations? NewtonCg, Evaluations Lbfgsb,
        Evaluations GltrPrototype)
{
    private static readonly Lazy<IReadOnlyList<ReferenceCounts>> s_all = new(() =>
    [
        new(LargeProblems.ExtendedRosenbrock(2), new(30, 27, 81), new(38, 39, 90), new(106, 106, 144), new(45, 45, 0), new(37, 29, 46)),
        new(LargeProblems.ExtendedRosenbrock(1000), new(53, 48, 123), new(44, 45, 101), new(107, 107, 145), new(45, 45, 0),
            new(34, 28, 44)),
        new(Of(MoreGarbowHillstrom.PowellSingular()), new(24, 23, 90), new(21, 22, 84), new(22, 22, 69), new(52, 52, 0), new(18, 18, 63)),
        new(Of(MoreGarbowHillstrom.Wood()), new(109, 99, 366), new(85, 86, 256), new(828, 828, 1451), new(114, 114, 0), new(67, 54, 163)),
        new(Of(MoreGarbowHillstrom.BrownBadlyScaled()), new(2011, 2011, 5024), new(1012, 1013, 3025), new(5, 5, 5), new(27, 27, 0),
            new(17, 17, 24)),
        new(Of(MoreGarbowHillstrom.PowellBadlyScaled()), new(65, 58, 161), new(64, 65, 149), null, new(89, 89, 0), new(74, 60, 88)),
        new(Of(MoreGarbowHillstrom.Beale()), new(12, 12, 28), new(10, 11, 27), new(14, 14, 21), new(16, 16, 0), new(9, 9, 12)),
        new(Of(MoreGarbowHillstrom.HelicalValley()), new(24, 22, 72), new(12, 13, 35), new(24, 24, 48), new(34, 34, 0), new(15, 13, 28)),
        new(Of(MoreGarbowHillstrom.BrownDennis()), new(21, 21, 59), new(18, 19, 53), new(15, 15, 28), new(23, 23, 0), new(12, 12, 30)),
        new(Of(MoreGarbowHillstrom.Watson(12)), new(22, 21, 104), new(19, 20, 111), new(28, 28, 81), new(257, 257, 0), new(15, 15, 64)),
        new(LargeProblems.BroydenTridiagonal(1000), new(12, 12, 41), new(10, 11, 46), new(15, 15, 35), new(52, 52, 0), new(9, 9, 39)),
        new(LargeProblems.DixonPrice(100), new(17, 17, 209), new(14, 15, 194), new(21, 21, 201), new(169, 169, 0), new(11, 11, 179)),
        new(LargeProblems.ChainedRosenbrock(100), new(457, 385, 2401), new(306, 307, 2129), new(253, 253, 1810), new(626, 626, 0),
            new(323, 206, 2196)),
    ]);

    /// <summary>All thirteen.</summary>
    public static IReadOnlyList<ReferenceCounts> All => s_all.Value;

    /// <inheritdoc/>
    public override string ToString() => Problem.ToString();

    private static MinimizationProblem Of(LeastSquaresProblem problem) =>
        new(problem.Name, problem.Objective, problem.Start, problem.AcceptedMinima[0]);
}
