using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>Runs interrupted at any iteration.</summary>
internal static class Resumed
{
    /// <summary>From each of a run's checkpoints, by way of a stream, the same bits follow as in the run; which is returned.</summary>
    public static OptimizationResult ShouldGoOnWithTheSameBits(Minimizer method, Objective f, double[] x0)
    {
        List<Checkpoint> checkpoints = [];
        OptimizationResult whole = (method with { CheckpointEvery = 1, OnCheckpoint = checkpoints.Add, KeepTrace = true }).Minimize(f, x0);
        // An iteration that ends the run by itself leaves none.
        checkpoints.Count.ShouldBeInRange(whole.Iterations - 1, whole.Iterations);
        foreach (Checkpoint checkpoint in checkpoints)
        {
            using MemoryStream stream = new();
            checkpoint.Save(stream);
            stream.Position = 0;
            OptimizationResult resumed = (method with { CheckpointEvery = 1, KeepTrace = true }).Resume(f, Checkpoint.Load(stream));
            resumed.X.ShouldBe(whole.X);
            resumed.Value.ShouldBe(whole.Value);
            resumed.Counts.ShouldBe(whole.Counts);
            resumed.Iterations.ShouldBe(whole.Iterations);
            resumed.Verdict.Counts.ShouldBe(whole.Verdict.Counts);
            resumed.Trace.ShouldBe(whole.Trace.Skip(checkpoint.Iteration));
        }
        return whole;
    }
}
