using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>One function on many threads is fine; one recording on many threads is an exception, never a wrong number.</summary>
public class ThreadTests
{
    // Branches, scalars, arrays, an inner derivative.
    private static readonly Objective s_inner = Objective.Of(x => x[0] * x[0] * x[1]);

    private static readonly Objective s_f = Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
            sum += x[i] > x[i + 1] ? 100 * x[i] * x[i + 1] : x[i] / (1 + x[i + 1] * x[i + 1]);
        return sum + (x * x).Sum() * x[^1] + s_inner.Gradient(x[..2])[0];
    });

    [Fact]
    public void Sixty_four_threads_have_the_bits_of_one()
    {
        const int threads = 64, rounds = 500, n = 24;
        double[] v = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))];
        double[][] points = [.. Enumerable.Range(0, 16).Select(k => Enumerable.Range(0, n).Select(i => Math.Sin(k * n + i)).ToArray())];
        double[][] gradients = [.. points.Select(x => s_f.Gradient(x))], products = [.. points.Select(x => s_f.Hvp(x.AsSpan(), v))];
        using LocalModel shared = s_f.At(points[3]);
        int wrong = 0;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            double[] gradient = new double[n];
            for (int round = 0; round < rounds; round++)
            {
                int k = (t + round) % points.Length;
                s_f.Gradient(points[k], gradient);
                if (!gradient.AsSpan().SequenceEqual(gradients[k]))
                    Interlocked.Increment(ref wrong);
                if (round % 10 == 0 && !(
                    s_f.Hvp(points[k].AsSpan(), v).AsSpan().SequenceEqual(products[k])
                    && shared.Hessian.Apply(v).AsSpan().SequenceEqual(products[3])))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in all)
            thread.Start();
        foreach (Thread thread in all)
            thread.Join();
        wrong.ShouldBe(0);
    }

    [Fact]
    public void A_parallel_loop_over_one_recording_never_gives_a_wrong_number()
    {
        double[] x = [.. Enumerable.Range(0, 1000).Select(i => 1.0 + i)];
        int refused = 0;
        for (int attempt = 0; attempt < 50; attempt++)
        {
            try
            {
                double[] gradient = Objective.Of(u =>
                {
                    Var[] terms = new Var[u.Length];
                    Parallel.For(0, u.Length, i =>
                    {
                        Thread.SpinWait(100); // Time for other threads to join in.
                        terms[i] = u[i] * u[i];
                    });
                    Var sum = 0;
                    foreach (Var term in terms)
                        sum += term;
                    return sum;
                }).Gradient(x);
                // The calling thread did all of it.
                gradient.ShouldBe(x.Select(t => 2 * t));
            }
            catch (AggregateException e)
            {
                e.Flatten().InnerExceptions.ShouldAllBe(inner => inner is WrongThreadException);
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(0);
        s_inner.Gradient([2.0, 3.0]).ShouldBe([12.0, 4.0]);
    }

    [Fact]
    public void Work_handed_to_a_task_is_refused()
    {
        Objective f = Objective.Of(x => OnAnotherThread(() => x[0] * 2));
        Should.Throw<WrongThreadException>(() => f.Gradient([1.0]));
        Objective vector = Objective.Of(x => OnAnotherThread(() => (x * x).Sum()));
        Should.Throw<WrongThreadException>(() => vector.Gradient([1.0]));
        Objective inner = Objective.Of(x => OnAnotherThread(() => s_inner.Gradient(x)[0]));
        Should.Throw<WrongThreadException>(() => inner.Gradient([1.0, 2.0]));
    }

    private static T OnAnotherThread<T>(Func<T> work)
    {
        T result = default!;
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        return thrown is null ? result : throw thrown;
    }

    [Fact]
    public void An_inner_evaluation_on_another_thread_is_its_own()
    {
        Objective f = Objective.Of(x => x[0] * OnAnotherThread(() => s_inner.Gradient([2.0, 3.0])[0]));
        f.Gradient([1.0]).ShouldBe([12.0]);
    }

    [Fact]
    public async Task Awaiting_inside_and_around_an_evaluation()
    {
        double[] before = s_inner.Gradient([2.0, 3.0]);
        for (int i = 0; i < 100; i++)
        {
            await Task.Yield();
            s_inner.Gradient([2.0, 3.0]).ShouldBe(before);
        }
        // A handle carried over an await that changes threads or outlives the call.
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Var> late = Task.FromResult<Var>(0);
        Objective f = Objective.Of(x =>
        {
            late = Later(x[0]);
            return x[0];
        });
        f.Gradient([1.0]).ShouldBe([1.0]);
        gate.SetResult();
        await Should.ThrowAsync<VariableException>(() => late);

        async Task<Var> Later(Var x)
        {
            await gate.Task;
            return x * 2;
        }
    }
}
