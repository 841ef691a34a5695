using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Tests.Misuse;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>100,000 variables, of whose Hessian nothing but products is known: 80 GB if it were formed.</summary>
[Collection(AloneCollection.Name)] // It counts what is allocated, and the pools are everybody's.
public class LargeTests(ITestOutputHelper output)
{
    private const int N = 100_000;

    // Vectors: ten pairs of L-BFGS, an oracle's two points, the escape's, the verdict's.
    private const double Workspace = 100;

    private static readonly Dictionary<string, Minimizer> s_methods = new()
    {
        ["trust region"] = new TrustRegionNewton(), ["cubic regularization"] = new CubicRegularization(), ["L-BFGS"] = new Lbfgs(),
        ["CG"] = new NonlinearConjugateGradient(),
    };

    private static readonly Dictionary<string, Func<MinimizationProblem>> s_problems = new()
    {
        ["extended Rosenbrock"] = () => LargeProblems.ExtendedRosenbrock(N),
        ["Broyden tridiagonal"] = () => LargeProblems.BroydenTridiagonal(N),
        ["Frenkel-Kontorova"] = () => LargeProblems.FrenkelKontorova(N),
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
        Model(f);
        double model = Vectors(() => Model(f));
        OptimizationResult? ended = null;
        double vectors = Vectors(() => ended = s_methods[method].Minimize(f.Objective, f.Start));
        OptimizationResult result = ended.ShouldNotBeNull();
        output.WriteLine($"{vectors:F0} vectors allocated, {model:F0} by a model; {result}");

        result.IsConverged.ShouldBeTrue(result.ToString());
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
        // Broyden's function has other minima than its smallest.
        if (problem != "Broyden tridiagonal")
            result.Value.ShouldBe(f.Minimum, 1e-12);
        // What was ever allocated, garbage included, is more than was held at a time: a vector for every product (a Krylov basis, were none
        // of its vectors used again), a model wherever there was one and for the kinks, twice since buffers grow by doubling, and what a
        // method and the verdict work with.
        long products = result.Counts.HessianVectorProducts + result.Verdict.Counts.HessianVectorProducts;
        long models = (result.Counts.HessianVectorProducts > 0 ? result.Counts.Gradients : 0) + result.Verdict.Counts.Gradients;
        vectors.ShouldBeLessThan(products + 2 * model * (models + 1) + Workspace);
        vectors.ShouldBeLessThan(0.01 * N, "a hundredth of a Hessian");
    }

    private static double Vectors(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (8.0 * N);
    }

    private static void Model(MinimizationProblem f)
    {
        using LocalModel model = f.Objective.At(f.Start);
        model.Hessian.Apply(f.Start, new double[N]);
    }
}
