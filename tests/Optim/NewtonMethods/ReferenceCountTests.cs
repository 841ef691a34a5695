using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.NewtonMethods;

/// <summary>Evaluations until ‖∇f‖₂ ≤ 1e-6 for the first time, beside those of scipy's trust-ncg; and the collection of Moré, Garbow and
/// Hillstrom from near and far.</summary>
public class ReferenceCountTests
{
    private static OptimizationResult Minimize(Minimizer method, MinimizationProblem problem) =>
        (method with { GradientTolerance = 1e-6, Certify = false }).Minimize(problem.Objective, problem.Start);

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    [Fact]
    public void Trust_region_Newton_needs_little_more_than_half_the_products_of_trust_ncg()
    {
        List<double> products = [], values = [];
        foreach (ReferenceCounts reference in ReferenceCounts.All)
        {
            OptimizationResult result = Minimize(new TrustRegionNewton(), reference.Problem);
            result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, reference.ToString());
            double ratio = (double)result.Counts.HessianVectorProducts / reference.TrustNcg.Products;
            if (reference.TrustNcg.Values == 2011)
            {
                result.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(40);
                continue;
            }
            ratio.ShouldBeLessThanOrEqualTo(1.0, reference.ToString());
            products.Add(ratio);
            values.Add((double)result.Counts.Values / reference.TrustNcg.Values);
        }
        products.Count.ShouldBe(12);
        GeometricMean(products).ShouldBeLessThanOrEqualTo(0.55);
        GeometricMean(values).ShouldBeLessThanOrEqualTo(0.75);
    }

    [Fact]
    public void Cubic_regularization_solves_all_of_them_with_no_more_products_than_trust_ncg()
    {
        foreach (ReferenceCounts reference in ReferenceCounts.All)
        {
            OptimizationResult result = Minimize(new CubicRegularization(), reference.Problem);
            result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, reference.ToString());
            result.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(reference.TrustNcg.Products, reference.ToString());
        }
    }

    [Fact]
    public void Nearly_all_of_the_collection_end_at_an_accepted_minimum()
    {
        foreach (Minimizer method in (
            ReadOnlySpan<Minimizer>)[new TrustRegionNewton(), new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint },
            new CubicRegularization()])
        {
            int accepted = 0;
            foreach (LeastSquaresProblem problem in MoreGarbowHillstrom.All)
            {
                OptimizationResult result = method.Minimize(problem.Objective, problem.Start);
                result.IsConverged.ShouldBeTrue($"{problem}: {result}");
                if (problem.Accepts(result.Value))
                    accepted++;
            }
            accepted.ShouldBeGreaterThanOrEqualTo(33);
        }
    }

    [Theory, InlineData(10.0), InlineData(100.0)]
    public void From_far_starts_nearly_all_of_the_collection_converge(double factor)
    {
        foreach (Minimizer method in (
            ReadOnlySpan<Minimizer>)[new TrustRegionNewton(), new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint },
            new CubicRegularization()])
        {
            Minimizer patient = method with { MaxIterations = 3000, Certify = false };
            MoreGarbowHillstrom.All.Count(p => patient.Minimize(p.Objective, p.StartTimes(factor)).IsConverged).ShouldBeGreaterThanOrEqualTo(
                32);
        }
    }
}
