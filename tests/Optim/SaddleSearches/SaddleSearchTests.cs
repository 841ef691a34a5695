using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.SaddleSearches;

public class SaddleSearchTests
{
    // Minima of the potential, from which a search starts as chemists do. (From the third, at (−0.558, 1.442), both sides of the softest
    // mode lead up a wall, without a saddle.)
    private static readonly double[][] s_minima = [[0.62349940, 0.02803776], [-0.05001083, 0.46669410]];

    [Theory]
    [InlineData(-0.75, 0.55, 0), InlineData(-0.9, 0.7, 0), InlineData(0.25, 0.3, 1), InlineData(0.15, 0.35, 1)]
    public void Saddles_of_Muller_and_Brown_are_found(double x, double y, int saddle)
    {
        OptimizationResult found = new SaddleSearch { MaxIterations = 500 }.Find(MullerBrownLambda.Energy(), [x, y]);
        found.Status.IsConverged.ShouldBeTrue(found.ToString());
        double[] expected = MullerBrownLambda.Saddles[saddle];
        found.X[0].ShouldBe(expected[0], 1e-8);
        found.X[1].ShouldBe(expected[1], 1e-8);
        found.Value.ShouldBe(expected[2], 1e-8);
    }

    [Theory]
    [InlineData(new[] { 0.0, 0.0 }, "0"), InlineData(new[] { 1.0, double.NaN }, "NaN"),
        InlineData(new[] { 1.0, double.NegativeInfinity }, "Element 1"),
     InlineData(new[] { 1.0, 0, 0 }, "3 elements")]
    public void A_mode_without_a_direction_is_refused(double[] mode, string named)
    {
        ArgumentException refused =
            Should.Throw<ArgumentException>(() => new SaddleSearch { Mode = mode }.Find(MullerBrownLambda.Energy(), s_minima[0]));
        refused.Message.ShouldContain(named);
        refused.Message.ShouldContain("mode to follow");
    }

    [Theory, InlineData(SaddleSearchMethod.FlippedModes), InlineData(SaddleSearchMethod.GentlestAscent)]
    public void Up_the_softest_mode_of_a_minimum_one_side_leads_to_a_saddle(SaddleSearchMethod method)
    {
        Objective f = MullerBrownLambda.Energy();
        foreach (double[] minimum in s_minima)
        {
            using LocalModel at = f.At(minimum);
            double[] mode = new DenseSymmetric(at.Hessian.ToDense()).Vectors is var q ? [q[0, 0], q[1, 0]] : [];
            bool isFound = false;
            foreach (double side in (ReadOnlySpan<double>)[-0.05, 0.05])
            {
                OptimizationResult found =
                    new SaddleSearch { Method = method, MaxIterations = 2000 }.Find(
                    f, [minimum[0] + side * mode[0], minimum[1] + side * mode[1]]);
                isFound |= found.IsConverged
                    && MullerBrownLambda.Saddles.Any(s => Math.Abs(s[0] - found.X[0]) + Math.Abs(s[1] - found.X[1]) < 1e-6);
            }
            isFound.ShouldBeTrue($"from ({minimum[0]}, {minimum[1]})");
        }
    }

    [Fact]
    public void A_search_leaves_the_minimum_that_it_starts_at()
    {
        OptimizationResult found = new SaddleSearch().Find(Wells(), [.. Enumerable.Repeat(1.0, 4)]);
        found.Status.IsConverged.ShouldBeTrue(found.ToString());
        found.X.Count(e => Math.Abs(e) < 0.3).ShouldBe(1);
    }

    // Σ (xᵢ² − 1)² has 3ⁿ critical points: index = the number of zeros.
    private static Objective Wells() => Objective.Of(x =>
    {
        VarVector d = x * x - 1;
        return (d * d).Sum() + 0.1 * x[0] * x[1];
    });

    [Theory, InlineData(0, 6), InlineData(1, 6), InlineData(2, 6), InlineData(3, 6), InlineData(2, 300)]
    public void The_index_asked_for_is_the_index_found(int index, int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => (i < index ? 0.1 : 0.9) + 0.01 * Math.Sin(i))];
        OptimizationResult found = new SaddleSearch { Index = index, MaxIterations = 2000 }.Find(Wells(), x);
        found.Status.IsConverged.ShouldBeTrue(found.ToString());
        found.X.Count(e => Math.Abs(e) < 0.3).ShouldBe(index);
    }

    [Theory, InlineData(6), InlineData(300)]
    public void A_resumed_search_goes_on_with_the_same_bits(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => 0.3 + 0.1 * Math.Sin(i))];
        List<Checkpoint> checkpoints = [];
        SaddleSearch search = new() { Index = 1, MaxIterations = 12, CheckpointEvery = 1, OnCheckpoint = checkpoints.Add, Certify = false };
        OptimizationResult whole = search.Find(Wells(), x);
        checkpoints.Count.ShouldBe(whole.Iterations, whole.ToString());
        foreach (Checkpoint checkpoint in checkpoints)
        {
            OptimizationResult resumed = (search with { OnCheckpoint = null }).Resume(Wells(), checkpoint);
            resumed.X.ShouldBe(whole.X);
            resumed.Counts.ShouldBe(whole.Counts);
            resumed.Iterations.ShouldBe(whole.Iterations);
        }
    }

    [Fact]
    public void More_directions_than_variables_are_refused() =>
        Should.Throw<ArgumentException>(() => new SaddleSearch { Index = 3 }.Find(Wells(), [1.0, 2.0])).Message.ShouldContain("3");
}
