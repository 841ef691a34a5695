using System.Diagnostics;
using AutoDiff.Hvp;

namespace AutoDiff.Bench;

/// <summary>
/// All ratios in one run of under two minutes. For each workload the variants take turns, so that a disturbance meets them all, and the
/// shortest time of each counts.
/// </summary>
internal static class Quick
{
    private const int Rounds = 25;

    public static void Run(string? filter)
    {
        Console.WriteLine("Times as multiples of the plain C# function, which is given in microseconds; ns are per recorded operation.");
        Console.WriteLine();
        Console.WriteLine($"{"workload",-40}{"plain µs",10}{"by hand:",10}{"grad",7}{"Hv",7}{"  lambda:",9}{"value",8}{"grad",8}{"Hv more",9}{"Hv×8",8}{"  compiled:",11}{"value",8}{"grad",8}{"Hv more",9}{"Hv×8",8}   {"ops",10}{"record",8}{"adjoint",8}{"Hv",8}{"  compiled:",11}{"Hv",8}{"Hv×8",8} ns");
        foreach (Workload workload in Workload.All())
        {
            if (filter is null || workload.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                Measure(workload);
        }
        Console.WriteLine();
        Memory.Report();
        Console.WriteLine();
        PyTorch.Report();
    }

    private static void Measure(Workload workload)
    {
        double[] x = workload.Point, gradient = new double[x.Length], v = new double[x.Length], product = new double[x.Length];
        for (int i = 0; i < v.Length; i++)
            v[i] = Math.Sin(i + 1);
        double[] eight = new double[8 * v.Length], eightProducts = new double[8 * v.Length];
        for (int i = 0; i < eight.Length; i++)
            eight[i] = Math.Sin(i + 1);
        Objective compiled = workload.Lambda.Compile(x);
        using LocalModel at = workload.Lambda.At(x), compiledAt = compiled.At(x);
        double sink = 0;
        double[] times = Shortest(
            () => sink += workload.Plain(),
            () => workload.GradientByHand?.Invoke(gradient),
            () => workload.HvpByHand?.Invoke(v, product),
            () => sink += workload.Lambda.Value(x),
            () => sink += workload.Lambda.Gradient(x, gradient),
            () => at.Hessian.Apply(v, product),
            () => at.Hessian.ApplyMany(eight, eightProducts, 8),
            () => sink += compiled.Value(x),
            () => sink += compiled.Gradient(x, gradient),
            () => compiledAt.Hessian.Apply(v, product),
            () => compiledAt.Hessian.ApplyMany(eight, eightProducts, 8));
        GC.KeepAlive(sink);

        double plain = times[0], operations = at.OperationCount;
        string handGradient = workload.GradientByHand is null ? "–" : $"{times[1] / plain:F2}", handProduct = workload.HvpByHand is null
            ? "–" : $"{times[2] / plain:F2}";
        string perOperation = operations < 1000 ? "" : $"{times[3] / operations,8:F2}{(times[4] - times[3]) / operations,8:F2}{times[5] / operations,8:F2}{"",11}{times[9] / operations,8:F2}{times[10] / 8 / operations,8:F2}";
        Console.WriteLine($"{workload.Name,-40}{plain / 1000,10:F2}{"",10}{handGradient,7}{handProduct,7}{"",9}{times[3] / plain,8:F2}{times[4] / plain,8:F2}{times[5] / plain,9:F2}{times[6] / 8 / plain,8:F2}{"",11}{times[7] / plain,8:F2}{times[8] / plain,8:F2}{times[9] / plain,9:F2}{times[10] / 8 / plain,8:F2}   {operations,10}{perOperation}");
    }

    /// <summary>The shortest processor time of each action in ns, after enough runs for the compiler to have settled.</summary>
    internal static double[] Shortest(params Action[] actions)
    {
        int[] repetitions = new int[actions.Length];
        for (int i = 0; i < actions.Length; i++)
            repetitions[i] = WarmUp(actions[i]);
        double[] shortest = new double[actions.Length];
        shortest.AsSpan().Fill(double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                double start = ThreadClock.Now;
                for (int k = 0; k < repetitions[i]; k++)
                    actions[i]();
                shortest[i] = Math.Min(shortest[i], (ThreadClock.Now - start) / repetitions[i]);
            }
        }
        return shortest;
    }

    // Tiered compilation needs 30 calls, a pause, and again as many with instrumentation before the code is final.
    private static int WarmUp(Action action)
    {
        for (int phase = 0; phase < 4; phase++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 40 && (i < 4 || Stopwatch.GetElapsedTime(start).TotalMilliseconds < 400); i++)
                action();
            Thread.Sleep(120);
        }
        long begin = Stopwatch.GetTimestamp();
        int count = 0;
        do
        {
            action();
            count++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 8);
        return count;
    }
}
