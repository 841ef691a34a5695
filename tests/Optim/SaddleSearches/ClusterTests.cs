using AutoDiff.Hvp;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Symmetries;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.SaddleSearches;

/// <summary>Transition states of Lennard-Jones clusters from their minima, in Cartesian coordinates.</summary>
public class ClusterTests
{
    [Theory]
    [InlineData(3, 2, SaddleSearchMethod.FlippedModes), InlineData(4, 3, SaddleSearchMethod.FlippedModes), InlineData(5, 3, SaddleSearchMethod.FlippedModes)]
    [InlineData(7, 3, SaddleSearchMethod.FlippedModes), InlineData(13, 3, SaddleSearchMethod.FlippedModes)]
    [InlineData(3, 2, SaddleSearchMethod.MinimumMode), InlineData(4, 3, SaddleSearchMethod.MinimumMode), InlineData(7, 3, SaddleSearchMethod.MinimumMode)]
    [InlineData(13, 3, SaddleSearchMethod.MinimumMode)]
    public void A_saddle_of_index_one_is_found_from_every_minimum(int atoms, int dimensions, SaddleSearchMethod method)
    {
        Objective f = Clusters.Energy(dimensions);
        int starts = 0, zeros = dimensions == 3 ? 6 : 3;
        for (int seed = 1; starts < 10; seed++)
        {
            OptimizationResult minimum = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(atoms, dimensions, seed));
            if (!minimum.IsConverged || Clusters.LargestGap(minimum.X, dimensions) > 1.5)
                continue;
            starts++;
            OptimizationResult found = new SaddleSearch { Method = method, MaxIterations = 3000, Symmetry = seed % 2 == 0 ? Symmetry.RigidMotions(dimensions) : null }.Find(f, minimum.X);
            found.IsConverged.ShouldBeTrue($"seed {seed}: {found}");
            found.Value.ShouldBeGreaterThan(minimum.Value);
            Clusters.LargestGap(found.X, dimensions).ShouldBeLessThan(2, $"seed {seed}: dissociated");
            (found.Verdict.Kind, found.Verdict.Index, found.Verdict.ZeroModes).ShouldBe((CriticalPointKind.Saddle, 1, zeros), $"seed {seed}: {found.Verdict}");
            // All eigenvalues by MathNet: one negative, as many zeros as there are rigid motions.
            using LocalModel at = f.At(found.X);
            double[] all = [.. Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense()).Evd(Symmetricity.Symmetric).EigenValues.Select(e => e.Real)];
            all.Count(e => e < -1e-7).ShouldBe(1);
            all.Count(e => Math.Abs(e) <= 1e-7).ShouldBe(zeros);
        }
    }

    // The rhombus that two tetrahedra turn into one another through.
    [Fact]
    public void A_mode_that_is_given_is_followed()
    {
        Objective f = Clusters.Energy(3);
        double[] x = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(4, 3, 1)).X;
        using LocalModel at = f.At(x);
        double[,] modes = Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense()).Evd(Symmetricity.Symmetric).EigenVectors.ToArray();
        double[] mode = [.. Enumerable.Range(0, x.Length).Select(i => modes[i, 6])];
        int isFound = 0;
        foreach (double side in (double[])[-1, 1])
        {
            OptimizationResult found = new SaddleSearch { Mode = [.. mode.Select(e => side * e)], MaxIterations = 1000 }.Find(f, x);
            isFound += found.IsConverged && found.Verdict.Index == 1 ? 1 : 0;
        }
        isFound.ShouldBeGreaterThan(0);
        Should.Throw<ShapeMismatchException>(() => new SaddleSearch { Mode = [1] }.Find(f, x)).Message.ShouldContain("12");
    }

    [Fact]
    public void A_search_from_a_minimum_goes_on_with_the_same_bits()
    {
        Objective f = Clusters.Energy(3);
        double[] x = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(5, 3, 1)).X;
        foreach (SaddleSearchMethod method in (SaddleSearchMethod[])[SaddleSearchMethod.FlippedModes, SaddleSearchMethod.MinimumMode])
        {
            List<Checkpoint> checkpoints = [];
            SaddleSearch search = new() { Method = method, MaxIterations = 8, CheckpointEvery = 3, OnCheckpoint = checkpoints.Add, Certify = false };
            OptimizationResult whole = search.Find(f, x);
            checkpoints.ShouldNotBeEmpty();
            foreach (Checkpoint checkpoint in checkpoints)
            {
                OptimizationResult resumed = (search with { OnCheckpoint = null }).Resume(f, checkpoint);
                resumed.X.ShouldBe(whole.X);
                resumed.Counts.ShouldBe(whole.Counts);
            }
        }
    }
}
