using AutoDiff.Lambdas;
using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>Starts from which other minimizers end "successfully" at a strict saddle (bench/scipy_saddles.py): no minimizer here calls one
/// a minimum.</summary>
public class StrictSaddleTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Runs()
    {
        TheoryData<string, string> runs = [];
        foreach (Type type in typeof(Minimizer).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Minimizer))))
        {
            foreach (MinimizationProblem problem in SaddleProblems.All)
                runs.Add(type.Name, problem.Name);
        }
        return runs;
    }

    public static TheoryData<string> Problems => [.. SaddleProblems.All.Select(p => p.Name)];

    [Theory, MemberData(nameof(Runs))]
    public void A_strict_saddle_is_never_called_a_minimum(string method, string problem)
    {
        MinimizationProblem saddle = SaddleProblems.Get(problem);
        foreach (bool escapes in (ReadOnlySpan<bool>)[true, false])
        {
            Minimizer minimizer = Create(method) with { MaxIterations = 2000, EscapeSaddles = escapes };
            OptimizationResult result = minimizer.Minimize(saddle.Objective, saddle.Start);
            output.WriteLine($"{(escapes ? "escaping" : "staying")}: {result}");
            DenseHessian hessian = new(saddle.Objective, result.X);
            if (result.Verdict.Kind == CriticalPointKind.Minimum)
            {
                hessian.IsStrictSaddle.ShouldBeFalse(result.ToString());
                LowestAround(saddle.Objective, result.X, hessian).ShouldBeGreaterThanOrEqualTo(
                    result.Value - 1e-12 * Math.Abs(result.Value), result.ToString());
            }
            if (result.IsConverged && hessian.IsStrictSaddle)
                result.Verdict.Kind.ShouldBeOneOf(CriticalPointKind.Saddle, CriticalPointKind.Maximum, CriticalPointKind.Undecided);
            foreach (SaddleEscape escape in result.Escapes)
                escape.ValueAfter.ShouldBeLessThan(escape.Point.Value);
        }
    }

    [Theory, MemberData(nameof(Problems))]
    public void Second_order_methods_go_on_to_a_minimum(string problem)
    {
        MinimizationProblem saddle = SaddleProblems.Get(problem);
        foreach (Minimizer method in SecondOrderMethods.All)
        {
            OptimizationResult result = method.Minimize(saddle.Objective, saddle.Start);
            result.Status.IsConverged.ShouldBeTrue($"{method.GetType().Name}: {result}");
            result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, $"{method.GetType().Name}: {result}");
            result.Value.ShouldBe(saddle.Minimum, 1e-12, $"{method.GetType().Name}: {result}");
        }
    }

    [Theory, MemberData(nameof(Problems))]
    public void Second_order_methods_that_may_not_leave_say_truthfully_where_they_are(string problem)
    {
        MinimizationProblem saddle = SaddleProblems.Get(problem);
        foreach (Minimizer method in SecondOrderMethods.All)
        {
            OptimizationResult result = (method with { EscapeSaddles = false }).Minimize(saddle.Objective, saddle.Start);
            result.Verdict.Kind.ShouldBe(
                new DenseHessian(saddle.Objective, result.X).IsStrictSaddle ? CriticalPointKind.Saddle : CriticalPointKind.Minimum,
                $"{method.GetType().Name}: {result}");
            result.Escapes.ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_known_minima_are_ones_and_the_wells_begin_at_a_saddle()
    {
        foreach (MinimizationProblem problem in SaddleProblems.All)
        {
            problem.Objective.Value(problem.Minimizer.ShouldNotBeNull()).ShouldBe(problem.Minimum, 1e-15);
            new DenseHessian(problem.Objective, problem.Minimizer).Eigenvalues[0].ShouldBeGreaterThan(0);
        }
        MinimizationProblem wells = SaddleProblems.Wells(10);
        new DenseHessian(wells.Objective, wells.Start).Eigenvalues[0].ShouldBe(-1, 1e-14);
    }

    private static Minimizer Create(string method) =>
        (Minimizer)Activator.CreateInstance(
            typeof(Minimizer).Assembly.GetType($"AutoDiff.Optim.{method}").ShouldNotBeNull()).ShouldNotBeNull();

    // Both ways along every eigenvector, from near to far within 1e-2: what is lower than a minimum has to be farther away.
    private static double LowestAround(Objective f, double[] x, DenseHessian hessian) =>
        (from v in hessian.Vectors
         from t in new[] { 1e-2, 1e-3, 1e-4, 1e-5 }
         from sign in new[] { -1, 1 }
         select f.Value([.. x.Select((xi, i) => xi + sign * t * v[i])])).Min();
}
