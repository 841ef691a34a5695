using AutoDiff.Lambdas;
using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>100,000 variables, of whose Hessian nothing but products is known: 80 GB if it were formed.</summary>
public class LargeTests(ITestOutputHelper output)
{
    private const int N = 100_000;

    private static readonly Dictionary<string, Minimizer> s_methods = new()
    {
        ["trust region"] = new TrustRegionNewton(), ["cubic regularization"] = new CubicRegularization(), ["L-BFGS"] = new Lbfgs(), ["CG"] = new NonlinearConjugateGradient(),
    };

    private static readonly Dictionary<string, Func<MinimizationProblem>> s_problems = new()
    {
        ["extended Rosenbrock"] = () => LargeProblems.ExtendedRosenbrock(N), ["extended Wood"] = () => LargeProblems.ExtendedWood(N),
        ["Broyden tridiagonal"] = () => LargeProblems.BroydenTridiagonal(N), ["Frenkel-Kontorova"] = () => LargeProblems.FrenkelKontorova(N),
    };

    public static TheoryData<string, string> Runs()
    {
        TheoryData<string, string> runs = [];
        foreach (string problem in s_problems.Keys)
        {
            foreach (string method in s_methods.Keys)
                runs.Add(problem, method);
        }
        return runs;
    }

    [Theory, MemberData(nameof(Runs))]
    public void Chained_problems_end_at_a_minimum_in_memory_of_some_vectors(string problem, string method)
    {
        MinimizationProblem f = s_problems[problem]();
        long before = GC.GetAllocatedBytesForCurrentThread();
        OptimizationResult result = s_methods[method].Minimize(f.Objective, f.Start);
        double vectors = (GC.GetAllocatedBytesForCurrentThread() - before) / (8.0 * N);
        output.WriteLine($"{vectors:F0} vectors allocated; {result}");

        result.IsConverged.ShouldBeTrue(result.ToString());
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
        // All that was ever allocated, garbage included, bounds what was held at a time: a vector for every product (a Krylov basis, were
        // none of its vectors used again), ten for every gradient (a model's own), and those that a method and the verdict work with.
        long products = result.Counts.HessianVectorProducts + result.Verdict.Counts.HessianVectorProducts;
        long models = result.Counts.HessianVectorProducts > 0 ? result.Counts.Gradients : 0;
        vectors.ShouldBeLessThan(products + 10 * (models + result.Verdict.Counts.Gradients) + 60);
        // And in any case nothing like a matrix, of which this would be the three-hundredth part.
        vectors.ShouldBeLessThan(N / 300.0);
    }

    /// <summary>Broyden's function has local minima above zero: known only by being critical and the Hessian positive.</summary>
    [Theory, InlineData("extended Rosenbrock"), InlineData("extended Wood"), InlineData("Frenkel-Kontorova")]
    public void They_end_at_the_known_minimum(string problem)
    {
        MinimizationProblem f = s_problems[problem]();
        foreach (Minimizer method in s_methods.Values)
            (method with { Certify = false }).Minimize(f.Objective, f.Start).Value.ShouldBe(f.Minimum, 1e-12);
    }
}
