using AutoDiff.Hvp;
using AutoDiff.Optim;
using Term = System.Func<AutoDiff.VarVector, AutoDiff.DataVector, AutoDiff.Var>;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.DataRows;

/// <summary>Sums over rows that report how far they are and can be cancelled.</summary>
public class WatchedTests
{
    private const int Rows = 20_000;

    private static readonly double[] s_x = [0.4, -0.8, 1.1], s_v = [1.0, 2.0, -0.5];

    private static readonly double[,] s_rows = Made(Rows);

    private static readonly Term s_branching = (x, row) => row[0] > x[0] ? Math.Exp(x[1] * row[1]) : x.Dot(row) * x[2];

    // A value that is read leaves each row to be recorded.
    private static readonly Term s_oneByOne = (x, row) => row[0].Value * x[0] * x[0] + x[1] * x[2];

    private static double[,] Made(int count)
    {
        double[,] rows = new double[count, 3];
        for (int i = 0; i < rows.Length; i++)
            rows[i / 3, i % 3] = Math.Sin(i + 0.1 * i * i);
        return rows;
    }

    private sealed class Watcher(Action<int>? then = null) : IProgress<int>
    {
        private int _inside;

        public List<int> Reports { get; } = [];

        public void Report(int value)
        {
            Interlocked.Increment(ref _inside).ShouldBe(1, "two threads report at once");
            Reports.Add(value);
            then?.Invoke(value);
            Interlocked.Decrement(ref _inside);
        }

        public void ShouldBeComplete(int rows)
        {
            Reports[^1].ShouldBe(rows);
            for (int i = 1; i < Reports.Count; i++)
                Reports[i].ShouldBeGreaterThan(Reports[i - 1]);
            Reports.Clear();
        }
    }

    public static TheoryData<string, int> Evaluations()
    {
        TheoryData<string, int> data = [];
        foreach (string name in s_evaluations.Keys)
        {
            foreach (int threads in (int[])[1, 2, 4])
                data.Add(name, threads);
        }
        return data;
    }

    // What is watched is given by the second.
    private static readonly Dictionary<string, Func<DataObjective, double[]>> s_evaluations = new()
    {
        ["value"] = f => [f.Value(s_x)],
        ["gradient"] = f => f.Gradient(s_x),
        ["product"] = f => f.Hvp(s_x.AsSpan(), s_v),
        ["local model"] = f =>
        {
            using LocalModel at = f.At(s_x);
            return at.Gradient.ToArray();
        },
        ["recorded"] = f => Objective.Of(x => f.Value(x)).Gradient(s_x),
    };

    [Theory, MemberData(nameof(Evaluations))]
    public void Progress_rises_to_all_rows_and_changes_no_bit(string name, int threads)
    {
        Watcher watcher = new();
        foreach ((Term term, int count) in new[] { (s_branching, Rows), (s_oneByOne, 300), (s_branching, 1), (s_branching, 0) })
        {
            DataObjective plain = Objective.Mean(Made(count), term), watched = plain.With(watcher);
            watched.MaxDegreeOfParallelism = threads;
            s_evaluations[name](watched).ShouldBe(s_evaluations[name](plain));
            int reports = watcher.Reports.Count;
            watcher.ShouldBeComplete(count);
            reports.ShouldBeGreaterThan(count / 256);
            reports.ShouldBeLessThanOrEqualTo(2 + count / 8);
            // A part of it, with the same watcher.
            if (count > 1)
            {
                s_evaluations[name](watched.Batch([0, 1, 1])).Length.ShouldBeGreaterThan(0);
                watcher.ShouldBeComplete(3);
            }
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void Products_of_a_local_model_are_watched_too(int threads)
    {
        Watcher watcher = new();
        DataObjective plain = Objective.Mean(s_rows, s_branching), watched = plain.With(watcher);
        watched.MaxDegreeOfParallelism = threads;
        using LocalModel expected = plain.At(s_x), at = watched.At(s_x);
        watcher.ShouldBeComplete(Rows);
        at.Hessian.Apply(s_v).ShouldBe(expected.Hessian.Apply(s_v));
        watcher.ShouldBeComplete(Rows);
        at.Hessian.ToDense().ShouldBe(expected.Hessian.ToDense());
        watcher.ShouldBeComplete(Rows);
    }

    [Fact]
    public void Rows_that_are_gone_through_twice_are_reported_once()
    {
        double[,] zeros = new double[5_000, 1];
        for (int i = 0; i < 5_000; i += 7)
            zeros[i, 0] = 1;
        // √ has an infinite derivative at 0: tiles are swept again with absolute zeros.
        Term term = (x, row) => Math.Sqrt(x[0] * x[0] * row[0]) * row[0];
        Watcher watcher = new();
        Objective.Sum(zeros, term).With(watcher).Gradient([2.0]).ShouldBe([715.0]);
        watcher.ShouldBeComplete(5_000);
    }

    [Theory, MemberData(nameof(Evaluations))]
    public void Cancelled_before_it_begins_it_runs_no_lambda(string name, int threads)
    {
        int runs = 0;
        using CancellationTokenSource source = new();
        DataObjective f = Objective.Sum(s_rows, (x, row) =>
        {
            runs++;
            return s_branching(x, row);
        }).With(cancellationToken: source.Token);
        f.MaxDegreeOfParallelism = threads;
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => s_evaluations[name](f)).CancellationToken.ShouldBe(source.Token);
        runs.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Evaluations))]
    public void Cancelled_on_its_way_it_stops_at_once_and_serves_again(string name, int threads)
    {
        foreach ((Term term, int count) in new[] { (s_branching, Rows), (s_oneByOne, 300) })
        {
            DataObjective plain = Objective.Mean(Made(count), term);
            plain.MaxDegreeOfParallelism = threads;
            double[] before = s_evaluations[name](plain);
            foreach (int when in (int[])[0, count / 3, count * 2 / 3])
            {
                using CancellationTokenSource source = new();
                Watcher watcher = new(done =>
                {
                    if (done >= when)
                        source.Cancel();
                });
                DataObjective watched = plain.With(watcher, source.Token);
                Should.Throw<OperationCanceledException>(() => s_evaluations[name](watched)).CancellationToken.ShouldBe(source.Token);
                // Each of the other threads may end its tile.
                watcher.Reports.Count(done => done >= when).ShouldBeInRange(1, threads);
                s_evaluations[name](plain).ShouldBe(before);
            }
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void A_product_is_cancelled_between_directions_and_the_model_serves_on(int threads)
    {
        using CancellationTokenSource source = new();
        bool cancels = false;
        Watcher watcher = new(_ =>
        {
            if (cancels)
                source.Cancel();
        });
        DataObjective f = Objective.Mean(s_rows, s_branching);
        f.MaxDegreeOfParallelism = threads;
        using LocalModel at = f.With(watcher, source.Token).At(s_x), other = f.At(s_x);
        at.Hessian.Apply(s_v).ShouldBe(other.Hessian.Apply(s_v));
        cancels = true;
        Should.Throw<OperationCanceledException>(() => at.Hessian.ToDense());
        Should.Throw<OperationCanceledException>(() => at.Hessian.Apply(s_v));
        other.Hessian.Apply(s_v).ShouldBe(f.Hvp(s_x.AsSpan(), s_v));
    }

    [Theory, MemberData(nameof(Evaluations))]
    public void An_exception_of_the_handler_passes_through(string name, int threads)
    {
        foreach ((Term term, int count) in new[] { (s_branching, Rows), (s_oneByOne, 300) })
        {
            FormatException planted = new("planted");
            DataObjective plain = Objective.Mean(Made(count), term);
            plain.MaxDegreeOfParallelism = threads;
            double[] before = s_evaluations[name](plain);
            Should.Throw<FormatException>(() => s_evaluations[name](plain.With(new Thrower(planted)))).ShouldBeSameAs(planted);
            s_evaluations[name](plain).ShouldBe(before);
        }
    }

    private sealed class Thrower(Exception planted) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value > 100)
                throw planted;
        }
    }

    [Fact]
    public void What_is_watched_allocates_nothing_by_the_row_and_what_is_cancelled_leaves_nothing_taken()
    {
        DataObjective plain = Objective.Mean(s_rows, s_branching);
        using CancellationTokenSource source = new();
        Silent silent = new();
        DataObjective watched = plain.With(silent, CancellationToken.None), cancelled = plain.With(new Canceller(source), source.Token);
        double[] gradient = new double[3];
        long expected = Allocated(() => plain.Gradient(s_x, gradient));
        Allocated(() => watched.Gradient(s_x, gradient)).ShouldBeLessThanOrEqualTo(expected + 512);
        silent.Count.ShouldBeGreaterThan(Rows / 256);
        // An exception takes some memory; workspaces, replicas of recordings and points are back where they came from.
        Allocated(() => Should.Throw<OperationCanceledException>(() => cancelled.Gradient(s_x, gradient))).ShouldBeLessThan(
            expected + 32 * 1024);

        static long Allocated(Action action)
        {
            for (int i = 0; i < 20; i++)
                action();
            return Allocation.Least(action);
        }
    }

    private sealed class Silent : IProgress<int>
    {
        public int Count { get; private set; }

        public void Report(int value) => Count++;
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value > 5_000)
                source.Cancel();
        }
    }

    [Fact]
    public void A_minimization_ends_in_the_midst_of_an_evaluation_with_its_best_point()
    {
        using CancellationTokenSource source = new();
        int evaluations = 0;
        Watcher watcher = new(done =>
        {
            if (done == Rows)
                evaluations++;
            else if (evaluations == 3 && done > Rows / 2)
                source.Cancel();
        });
        DataObjective f = Objective.Mean(s_rows, (x, row) => Math.Log(1 + Math.Exp(x.Dot(row))) + 0.5 * x.SquaredNorm());
        OptimizationResult result = new Lbfgs().Minimize(f.With(watcher, source.Token), s_x, cancellationToken: source.Token);
        result.Status.ShouldBe(OptimizationStatus.Cancelled);
        evaluations.ShouldBe(3);
        result.Value.ShouldBeLessThan(f.Value(s_x));
        result.Value.ShouldBe(f.Value(result.X));
    }
}
