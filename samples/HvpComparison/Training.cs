using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Digits;

/// <summary>Trains the network: Adam on mini-batches, as far as it goes quickly; then Newton's method in a trust region, down to a point
/// whose gradient vanishes.</summary>
internal static class Training
{
    /// <summary>Adam from random weights; returns the parameters of the lowest loss.</summary>
    public static double[] Adam(Network network, Digits digits, Options options)
    {
        Objective loss = network.Loss(digits);
        double[] start = network.Start(options.Seed);
        Adam adam = new()
        {
            LearningRate = options.LearningRate, Batches = new MiniBatches(options.Batch), MaxIterations = options.Steps,
                Seed = (ulong)options.Seed, Certify = false,
        };
        OptimizationResult result = WithBar("Adam", options.Steps, bar => adam.Minimize(network.LossByDigit(digits), start, bar));
        Say(network, digits, $"Adam, {options.Steps} steps on {options.Batch} digits each", loss.Value(start), loss.Value(result.X),
            result.X);
        return result.X;
    }

    /// <summary>Newton's method on all digits, and its verdict on the point that it reaches.</summary>
    public static OptimizationResult Newton(Network network, Digits digits, Options options, double[] start)
    {
        Objective loss = network.Loss(digits);
        TrustRegionNewton newton = new() { GradientTolerance = 1e-6, MaxIterations = options.NewtonSteps };
        AnsiConsole.Write(new Rule("On to where the gradient vanishes").LeftJustified());
        OptimizationResult result = WithBar("Newton", options.NewtonSteps, bar => newton.Minimize(loss, start, bar));
        Say(network, digits, $"Trust-region Newton, {result.Iterations} iterations, {result.Counts}", loss.Value(start), result.Value,
            result.X);
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{result.Status}[/]: {result.Status.Explanation} ‖g‖ = {ProductReport.Scientific(result.GradientNorm)}.");
        return result;
    }

    private static void Say(Network network, Digits digits, string what, double before, double after, double[] parameters) =>
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: loss over all digits {before:F4} → [bold]{after:F4}[/], {network.Accuracy(parameters, digits):P1} of the digits right."));

    private static OptimizationResult WithBar(string name, int iterations, Func<IProgress<OptimizationProgress>, OptimizationResult> run) =>
        AnsiConsole.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).Start(progress =>
        {
            ProgressTask task = progress.AddTask(name, maxValue: iterations);
            OptimizationResult result = run(new Bar(task));
            task.Value = iterations;
            return result;
        });

    private sealed class Bar(ProgressTask task) : IProgress<OptimizationProgress>
    {
        public void Report(OptimizationProgress at)
        {
            task.Description = string.Create(CultureInfo.InvariantCulture, $"loss {at.Value:F4}");
            task.Value = at.Iteration;
        }
    }
}
