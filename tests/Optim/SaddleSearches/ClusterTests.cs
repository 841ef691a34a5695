using AutoDiff.Hvp;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Symmetries;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.SaddleSearches;

/// <summary>Transition states of Lennard-Jones clusters from their minima, in Cartesian coordinates.</summary>
public class ClusterTests
{
    [Theory]
    [InlineData(3, 2, SaddleSearchMethod.FlippedModes), InlineData(4, 3, SaddleSearchMethod.FlippedModes),
        InlineData(5, 3, SaddleSearchMethod.FlippedModes)]
    [InlineData(7, 3, SaddleSearchMethod.FlippedModes), InlineData(13, 3, SaddleSearchMethod.FlippedModes)]
    [InlineData(3, 2, SaddleSearchMethod.MinimumMode), InlineData(4, 3, SaddleSearchMethod.MinimumMode),
        InlineData(7, 3, SaddleSearchMethod.MinimumMode)]
    [InlineData(13, 3, SaddleSearchMethod.MinimumMode)]
    [InlineData(3, 2, SaddleSearchMethod.EigenvectorFollowing), InlineData(4, 3, SaddleSearchMethod.EigenvectorFollowing)]
    [InlineData(6, 3, SaddleSearchMethod.EigenvectorFollowing), InlineData(9, 3, SaddleSearchMethod.EigenvectorFollowing)]
    [InlineData(11, 3, SaddleSearchMethod.EigenvectorFollowing), InlineData(12, 3, SaddleSearchMethod.EigenvectorFollowing)]
    [InlineData(13, 3, SaddleSearchMethod.EigenvectorFollowing)]
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
            OptimizationResult found =
                new SaddleSearch { Method = method, MaxIterations = 3000, Symmetry = seed % 2 == 0 ? Symmetry.RigidMotions(dimensions)
                : null }.Find(f, minimum.X);
            found.IsConverged.ShouldBeTrue($"seed {seed}: {found}");
            found.Value.ShouldBeGreaterThan(minimum.Value);
            Clusters.LargestGap(found.X, dimensions).ShouldBeLessThan(2, $"seed {seed}: dissociated");
            (found.Verdict.Kind, found.Verdict.Index, found.Verdict.ZeroModes).ShouldBe(
                (CriticalPointKind.Saddle, 1, zeros), $"seed {seed}: {found.Verdict}");
            // All eigenvalues by MathNet: one negative, as many zeros as there are rigid motions.
            using LocalModel at = f.At(found.X);
            double[] all = [.. Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense()).Evd(Symmetricity.Symmetric).EigenValues.Select(
                e => e.Real)];
            all.Count(e => e < -1e-7).ShouldBe(1);
            all.Count(e => Math.Abs(e) <= 1e-7).ShouldBe(zeros);
        }
    }

    /// <summary>The line of three and the rhombus of four atoms are stationary by symmetry; their energies are those of one and two
    /// lengths, found here by golden sections.</summary>
    [Theory]
    [InlineData(SaddleSearchMethod.EigenvectorFollowing), InlineData(SaddleSearchMethod.FlippedModes),
        InlineData(SaddleSearchMethod.MinimumMode)]
    public void Energies_are_those_of_the_line_and_the_rhombus(SaddleSearchMethod method)
    {
        double line = Least(r => 2 * Pair(r) + Pair(2 * r), 1, 1.3);
        double rhombus = Least(p => Least(q => 4 * Pair(Math.Sqrt(p * p + q * q)) + Pair(2 * p) + Pair(2 * q), 0.7, 1.2), 0.45, 0.65);
        foreach ((int atoms, int dimensions, double energy) in new[] { (3, 2, line), (4, 3, rhombus) })
        {
            Objective f = Clusters.Energy(dimensions);
            double[] minimum = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(atoms, dimensions, 1)).X;
            OptimizationResult found = new SaddleSearch { Method = method, MaxIterations = 1000 }.Find(f, minimum);
            found.Value.ShouldBe(energy, 1e-9, found.ToString());
        }

        static double Pair(double r) => 4 * (Math.Pow(r, -12) - Math.Pow(r, -6));
    }

    private static double Least(Func<double, double> f, double low, double high)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2;
        for (int step = 0; step < 60; step++)
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            (low, high) = f(left) < f(right) ? (low, right) : (left, high);
        }
        return f(0.5 * (low + high));
    }

    /// <summary>Whichever mode is given, the search climbs along it at first, and ends at a saddle of index 1 or says that it did
    /// not.</summary>
    [Theory]
    [InlineData(SaddleSearchMethod.EigenvectorFollowing), InlineData(SaddleSearchMethod.FlippedModes)]
    public void Every_mode_can_be_followed(SaddleSearchMethod method)
    {
        Objective f = Clusters.Energy(3);
        double[] x = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(7, 3, 1)).X;
        using LocalModel at = f.At(x);
        double[,] modes = Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense()).Evd(Symmetricity.Symmetric).EigenVectors.ToArray();
        HashSet<int> energies = [];
        for (int k = 6; k < 12; k++)
        {
            foreach (double side in (double[])[-1, 1])
            {
                double[] mode = [.. Enumerable.Range(0, x.Length).Select(i => side * modes[i, k])];
                SaddleSearch search = new() { Method = method, Mode = mode, MaxIterations = 300 };
                double[] first = (search with { MaxIterations = 1, Certify = false }).Find(f, x).X;
                double[] moved = [.. first.Zip(x, (a, b) => a - b)];
                double length = Math.Sqrt(moved.Sum(t => t * t));
                moved.Zip(mode, (a, b) => a * b).Sum().ShouldBeGreaterThan(0.9 * length, $"mode {k}, side {side}");
                OptimizationResult found = search.Find(f, x);
                if (found.IsConverged)
                    (found.Verdict.Index, energies.Add((int)(1e6 * found.Value))).Item1.ShouldBe(1);
            }
        }
        energies.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_mode_is_for_index_one()
    {
        SaddleSearch search = new() { Mode = [1, 0], Index = 2 };
        Should.Throw<ArgumentException>(() => search.Find(Objective.Of(x => x[0] * x[0] - x[1] * x[1]), [1, 1])).Message.ShouldContain(
            "Index is 2");
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
            SaddleSearch search = new(
                ) { Method = method, MaxIterations = 8, CheckpointEvery = 3, OnCheckpoint = checkpoints.Add, Certify = false };
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
