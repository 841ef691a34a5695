using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Hvp;

/// <summary>Comparisons on the reference problems: the engine's product, the hand-written one, and faults in it.</summary>
public class ReferenceComparisonTests
{
    [Fact]
    public void The_mixture_agrees()
    {
        GmmData data = GmmData.LoadD2K5();
        Check(GmmLambda.Scalar(data), data.Start());
    }

    [Fact]
    public void The_network_agrees()
    {
        NetworkData data = new(inputs: 12, hidden: 5, classes: 3, batch: 8);
        Check(NetworkLambda.Arrays(data), data.Start());
    }

    [Fact]
    public void The_cluster_agrees() => Check(LennardJonesLambda.Scalar(), LennardJones.Lattice(12));

    [Fact]
    public void The_classifier_agrees()
    {
        LogisticRegressionData data = LogisticRegressionData.Synthetic(40, 7);
        Check(LogisticLambda.Arrays(data), ComparisonCase.Uniform(data.ParameterCount, 4));
    }

    [Fact]
    public void The_long_valley_agrees() => Check(RosenbrockLambda.Arrays(), Rosenbrock.Start(500));

    private static void Check(Objective f, double[] x)
    {
        double[] v = ComparisonCase.Uniform(x.Length, 77);
        HvpComparison c = HvpComparison.Run(f, x, v);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        // The mixture's log-sum-exp subtracts the largest of its terms, and far away that is another.
        (c.Findings & ~(HvpFindings.LeftDomain | HvpFindings.KinkInsideStep)).ShouldBe(HvpFindings.None);
        c.RelativeDifference.ShouldBeLessThan(1e-9);
        foreach (double fault in (double[])[1e-6, -1e-4, 1e-2])
        {
            c = HvpComparison.Run(f, x, v, w => Array.ConvertAll(f.Hvp(x, w), t => t * (1 + fault)));
            c.Verdict.ShouldBe(HvpVerdict.Disagree, c.ToString());
        }
    }
}
