using AutoDiff.Lambdas;
using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>The collection of Moré, Garbow and Hillstrom with default options, from the standard starts and from far ones.</summary>
public class MoreGarbowHillstromTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<LeastSquaresProblem, double[], OptimizationResult>> s_solvers = new()
    {
        ["trust region, GLTR"] = (p, x) => new TrustRegionNewton().Minimize(p.Objective, x),
        ["trust region, Steihaug"] = (p, x) => new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint }.Minimize(p.Objective, x),
        ["cubic regularization"] = (p, x) => new CubicRegularization().Minimize(p.Objective, x),
        ["saddle-free Newton"] = (p, x) => new SaddleFreeNewton().Minimize(p.Objective, x),
        ["Newton"] = (p, x) => new Newton().Minimize(p.Objective, x),
        ["Levenberg-Marquardt"] = (p, x) => new LevenbergMarquardt().Minimize(p.Residuals, x),
        ["L-BFGS"] = (p, x) => new Lbfgs().Minimize(p.Objective, x),
        ["CG"] = (p, x) => new NonlinearConjugateGradient().Minimize(p.Objective, x),
    };

    public static TheoryData<string> Solvers => [.. s_solvers.Keys];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 35)];

    [Theory, MemberData(nameof(Solvers))]
    public void Nearly_all_are_solved_to_eight_digits(string solver)
    {
        int solved = 0;
        foreach (LeastSquaresProblem problem in MoreGarbowHillstrom.All)
        {
            OptimizationResult result = s_solvers[solver](problem, problem.Start);
            bool accepted = problem.Accepts(SumOfSquares(problem, result));
            solved += accepted ? 1 : 0;
            if (!accepted)
                output.WriteLine($"{problem}: {result}");
        }
        output.WriteLine($"{solver}: {solved} of 35");
        solved.ShouldBeGreaterThanOrEqualTo(solver == "CG" ? 29 : 33);
    }

    /// <summary>
    /// Where a verdict says minimum, f has a value that is known to be one, or the Hessian is positive definite; and no method is led
    /// lower from there: Levenberg–Marquardt's steps follow the bent valleys in which f falls too slowly for a straight line to show it.
    /// </summary>
    [Theory, MemberData(nameof(Numbers))]
    public void What_is_called_a_minimum_is_one(int number)
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.All[number - 1];
        foreach (double factor in (ReadOnlySpan<double>)[1, 10, 100])
        {
            foreach ((string solver, Func<LeastSquaresProblem, double[], OptimizationResult> minimize) in s_solvers)
            {
                OptimizationResult result = minimize(problem, problem.StartTimes(factor));
                string what = $"{problem} from the start × {factor} by {solver}: {result}";
                CheckHonesty(result, what);
                if (result.Verdict.Kind != CriticalPointKind.Minimum || problem.Accepts(SumOfSquares(problem, result)))
                    continue;
                output.WriteLine(what);
                DenseHessian hessian = new(problem.Objective, result.X);
                hessian.Eigenvalues[0].ShouldBeGreaterThan(-hessian.Error, what);
                double value = SumOfSquares(problem, result),
                    lower = SumOfSquares(problem, new LevenbergMarquardt().Minimize(problem.Residuals, result.X));
                (value - lower).ShouldBeLessThanOrEqualTo(1e-8 * value + 1e-14, what);
            }
        }
    }

    // Whatever happened, the result agrees with f at its point, and its status with its gradient.
    private static void CheckHonesty(OptimizationResult result, string what)
    {
        if (result.Status == OptimizationStatus.NonFiniteStart)
            double.IsFinite(result.Value).ShouldBeFalse(what);
        else
            double.IsFinite(result.Value).ShouldBeTrue(what);
        if (!result.IsConverged)
            result.Verdict.Kind.ShouldBeOneOf([CriticalPointKind.NotCritical, CriticalPointKind.Undecided], what);
        result.Exception.ShouldBeNull(what);
    }

    // Of the point itself: Levenberg–Marquardt's f has a factor ½.
    private static double SumOfSquares(LeastSquaresProblem problem, OptimizationResult result) => problem.Objective.Value(result.X);
}
