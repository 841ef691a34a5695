using System.Diagnostics;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Bench;

/// <summary>How times grow with the work, from a thousand recorded operations to ten million, on one thread and on two; in ns of the time
/// of day for each operation, with the exponents of the growth.</summary>
internal static class Scaling
{
    private const double Smallest = 1e3, Largest = 1e7;

    private static readonly string[] s_variants =
        ["plain", "record", "gradient", "reused", "Hv more", "compiled: value", "gradient", "Hv more", "Hv×8"];

    // The last gives eight products.
    private static readonly int[] s_callsCounted = [1, 1, 1, 1, 1, 1, 1, 1, 8];

    public static void Run()
    {
        Rows("Rosenbrock, scalars", size => (RosenbrockLambda.Scalar(), Rosenbrock.Start((int)(size / 8) + 1)), Rosenbrock.Value);
        Rows("Lennard-Jones, scalars", size => (LennardJonesLambda.Scalar(), LennardJones.Lattice((int)Math.Sqrt(2 * size / 15) + 1)),
            LennardJones.Value);
        Data();
    }

    private delegate double Function(ReadOnlySpan<double> x);

    private static void Rows(string name, Func<double, (Objective Lambda, double[] Point)> make, Function plain)
    {
        foreach (int threads in (int[])[1, 2])
        {
            Console.WriteLine($"{name}, {(threads == 1 ? "one thread" : "two threads, each with a point of its own")}");
            PrintLine("operations", [.. s_variants, "preparing"]);
            List<(double Size, double[] Times)> lines = [];
            for (double size = Smallest; size <= Largest; size *= 10)
            {
                (Objective lambda, double[] x) = make(size);
                Objective compiled = lambda.Compile(x);
                long begin = Stopwatch.GetTimestamp();
                lambda.Compile(x);
                double preparing = Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
                Objective reusing = lambda.Reusing();
                Caller[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Caller(lambda, reusing, compiled, x, plain))];
                long operations = callers[0].Operations;
                double[] times = [.. Enumerable.Range(0, s_variants.Length).Select(
                    v => Shortest(callers.Select(c => c.Variant(v)).ToArray()) / s_callsCounted[v]), preparing];
                foreach (Caller caller in callers)
                    caller.Dispose();
                PrintLine($"{operations}", [.. times.Select(t => $"{t / operations:F3}")]);
                lines.Add((operations, times));
            }
            PrintSlopes(lines);
        }
    }

    private static void Data()
    {
        Console.WriteLine("logistic regression of 30 features through Objective.Mean: ns for each row");
        PrintLine("rows", ["gradient, 1 thread", "2 threads", "Hv more, 1 thread", "2 threads"]);
        List<(double Size, double[] Times)> lines = [];
        for (int rows = 100; rows <= 1_000_000; rows *= 10)
        {
            LogisticRegressionData data = LogisticRegressionData.Synthetic(rows, 30);
            DataObjective f = LogisticLambda.ByRow(data);
            double[] x = new double[data.ParameterCount], gradient = new double[x.Length], product = new double[x.Length],
                v = [.. x.Select((_, i) => Math.Sin(i + 1))];
            double[] times = new double[4];
            foreach (int threads in (int[])[1, 2])
            {
                f.MaxDegreeOfParallelism = threads;
                using LocalModel at = f.At(x);
                times[threads - 1] = Shortest(() => f.Gradient(x, gradient));
                times[threads + 1] = Shortest(() => at.Hessian.Apply(v, product));
            }
            PrintLine($"{rows}", [.. times.Select(t => $"{t / rows:F2}")]);
            lines.Add((rows, times));
        }
        PrintSlopes(lines);
    }

    // Exponents p of time ~ sizeᵖ from each line to the next, of the whole range in the last place.
    private static void PrintSlopes(List<(double Size, double[] Times)> lines)
    {
        for (int i = 1; i < lines.Count; i++)
            Print($"slope {lines[i - 1].Size:0.#e0}…{lines[i].Size:0.#e0}", lines[i - 1], lines[i]);
        Print("slope, all", lines[0], lines[^1]);
        Console.WriteLine();

        static void Print(string name, (double Size, double[] Times) a, (double Size, double[] Times) b) =>
            PrintLine(name, [.. a.Times.Zip(b.Times, (s, t) => $"{Math.Log(t / s) / Math.Log(b.Size / a.Size):F2}")]);
    }

    private static void PrintLine(string first, string[] cells) => Console.WriteLine($"| {first} | {string.Join(" | ", cells)} |");

    // Each action on a thread of its own, all at once, each a while; the mean time of a call in the best round.
    private static double Shortest(params Action[] actions)
    {
        const int rounds = 5;
        const double warmUp = 250, measured = 60;
        double shortest = double.PositiveInfinity;
        for (int round = 0; round <= rounds; round++)
        {
            using Barrier barrier = new(actions.Length);
            double[] means = new double[actions.Length];
            Thread[] threads = [.. actions.Select((action, i) => new Thread(() =>
            {
                barrier.SignalAndWait();
                long begin = Stopwatch.GetTimestamp();
                int calls = 0;
                do
                {
                    action();
                    calls++;
                }
                while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < (round == 0 ? warmUp : measured));
                means[i] = Stopwatch.GetElapsedTime(begin).TotalNanoseconds / calls;
            }))];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            if (round > 0)
                shortest = Math.Min(shortest, means.Max());
        }
        return shortest;
    }

    private sealed class Caller(Objective lambda, Objective reusing, Objective compiled, double[] x, Function plain) : IDisposable
    {
        private readonly double[] _gradient = new double[x.Length], _product = new double[x.Length],
            _v = [.. x.Select((_, i) => Math.Sin(i + 1))];
        private readonly double[] _eight = [.. Enumerable.Range(0, 8 * x.Length).Select(i => Math.Sin(i + 1))],
            _eightProducts = new double[8 * x.Length];
        private readonly LocalModel _at = lambda.At(x), _compiledAt = compiled.At(x);
        private double _sink;

        public long Operations => _at.OperationCount;

        public Action Variant(int number) => number switch
        {
            0 => () => _sink += plain(x),
            1 => () => _sink += lambda.Value(x),
            2 => () => _sink += lambda.Gradient(x, _gradient),
            3 => () => _sink += reusing.Gradient(x, _gradient),
            4 => () => _at.Hessian.Apply(_v, _product),
            5 => () => _sink += compiled.Value(x),
            6 => () => _sink += compiled.Gradient(x, _gradient),
            7 => () => _compiledAt.Hessian.Apply(_v, _product),
            _ => () => _compiledAt.Hessian.ApplyMany(_eight, _eightProducts, 8),
        };

        public void Dispose()
        {
            GC.KeepAlive(_sink);
            _at.Dispose();
            _compiledAt.Dispose();
        }
    }
}
