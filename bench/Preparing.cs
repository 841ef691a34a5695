using AutoDiff.Hvp;

namespace AutoDiff.Bench;

/// <summary>What a program costs before it gives its first gradient, and after how many gradients that is repaid. Processor time of the
/// best of several compilations, in a process in which the passes have run before; the first in a process waits for the just-in-time
/// compiler, too.</summary>
internal static class Preparing
{
    private const int MostRounds = 3000;

    private const double MostSeconds = 3;

    public static void Run()
    {
        Console.WriteLine("| workload | operations | first in the process ms | prepared ms | ns an operation | first gradient ms | gradient µs | uncompiled µs | repaid after |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (Workload workload in Workload.All().Where(w => w.Name.EndsWith("scalars", StringComparison.Ordinal)))
            Measure(workload);
    }

    private static void Measure(Workload workload)
    {
        double[] x = workload.Point, gradient = new double[x.Length];
        double first = 0, preparing = double.PositiveInfinity, withGradient = double.PositiveInfinity;
        Objective compiled = workload.Lambda;
        double start = ThreadClock.Now;
        for (int round = 0; round < 4 || round < MostRounds && (ThreadClock.Now - start) / 1e9 < MostSeconds; round++)
        {
            double begin = ThreadClock.Now;
            compiled = workload.Lambda.Compile(x);
            double prepared = ThreadClock.Now - begin;
            compiled.Gradient(x, gradient);
            double all = ThreadClock.Now - begin;
            if (round == 0)
                first = all;
            else if (all < withGradient)
                (preparing, withGradient) = (prepared, all);
        }
        double[] times = Quick.Shortest(() => compiled.Gradient(x, gradient), () => workload.Lambda.Gradient(x, gradient));
        using LocalModel at = workload.Lambda.At(x);
        double calls = (withGradient - times[0]) / (times[1] - times[0]);
        Console.WriteLine($"| {workload.Name} | {at.OperationCount} | {first / 1e6:F1} | {preparing / 1e6:F2} | {preparing / at.OperationCount:F0} | {(withGradient - preparing) / 1e6:F2} | {times[0] / 1e3:F1} | {times[1] / 1e3:F1} | {Math.Ceiling(calls):F0} calls |");
    }
}
