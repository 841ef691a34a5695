using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>Deep chains and deep stacks: the sweeps are loops, and a recording does not care how deep in the stack it is written.</summary>
public class DepthTests
{
    private static void WithStackOf(int kilobytes, Action body)
    {
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                body();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        }, kilobytes * 1024);
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw thrown;
    }

    [Fact]
    public void Ten_million_operations_in_a_chain_on_a_small_stack() => WithStackOf(256, () =>
    {
        // y ← a y + x, 5,000,000 times with a = ½: y → 2x, dy/dx → 2.
        Objective f = Objective.Of(x =>
        {
            Var y = x[0];
            for (int i = 0; i < 5_000_000; i++)
                y = 0.5 * y + x[0];
            return y;
        });
        double[] gradient = new double[1];
        f.Gradient([3.0], gradient).ShouldBe(6.0);
        gradient[0].ShouldBe(2.0);
    });

    [Fact]
    public void A_million_nonlinear_operations_and_their_second_order_on_a_small_stack() => WithStackOf(256, () =>
    {
        // Euler's steps y ← y + h(1 − y²), and the recurrences of their first and second derivative by the starting value.
        const int steps = 250_000;
        const double h = 1e-6;
        double y = 0.3, d1 = 1, d2 = 0;
        for (int i = 0; i < steps; i++)
        {
            d2 = d2 * (1 - 2 * h * y) - 2 * h * d1 * d1;
            d1 *= 1 - 2 * h * y;
            y += h * (1 - y * y);
        }
        Objective f = Objective.Of(x =>
        {
            Var z = x[0];
            for (int i = 0; i < steps; i++)
                z += h * (1 - z * z);
            return z;
        });
        f.Value([0.3]).ShouldBe(y);
        f.Gradient([0.3])[0].ShouldBe(d1, 1e-11);
        f.Hvp([0.3], [1.0])[0].ShouldBe(d2, 1e-11);
    });

    [Fact]
    public void Recursion_far_below_the_start_of_the_recording()
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(i => Math.Sin(i + 1))], v = [.. x.Select(t => t * t)];

        // Half a kilobyte a level and more: 400 levels go past 64 KB, where the check of the thread takes its longer way.
        static Var Down(VarVector x, int i)
        {
            Span<double> ballast = stackalloc double[64];
            ballast.Fill(x.Length);
            if (i == x.Length)
                return 1;
            Var below = Down(x, i + 1), here = x[i] * x[i] + below / (2 + x[i]);
            return ballast[i % 64] > 0 ? (x[i..(i + 1)] * here).Sum() - here : here;
        }

        static Var Flat(VarVector x)
        {
            Var below = 1;
            for (int i = x.Length - 1; i >= 0; i--)
            {
                Var here = x[i] * x[i] + below / (2 + x[i]);
                below = (x[i..(i + 1)] * here).Sum() - here;
            }
            return below;
        }

        Objective deep = Objective.Of(u => Down(u, 0)), flat = Objective.Of(Flat);
        deep.Value(x).ShouldBe(flat.Value(x));
        deep.Gradient(x).ShouldBe(flat.Gradient(x));
        deep.Hvp(x.AsSpan(), v).ShouldBe(flat.Hvp(x.AsSpan(), v));
    }

    [Fact]
    public void Handles_are_still_checked_deep_in_the_stack()
    {
        Kit ended = Kit.Ended();

        static void Below(int levels, Action body)
        {
            Span<double> ballast = stackalloc double[128];
            ballast.Fill(levels);
            if (levels == 0)
                body();
            else
                Below(levels - 1, body);
            ballast[^1].ShouldBe(levels);
        }

        Kit.Live(kit => Below(200, () =>
        {
            (kit.Scalar * kit.Scalar).Value.ShouldBe(0.25);
            Should.Throw<StaleVariableException>(() => kit.Scalar * ended.Scalar);
            Kit.Live(inner => Should.Throw<EscapedDependenceException>(() => inner.Scalar + kit.Scalar));
            Should.Throw<StaleVariableException>(() => kit.Vector + ended.Vector);
        }));
        Kit.OnAnotherThread(theirs => Below(200, () => Should.Throw<WrongThreadException>(() => theirs.Scalar + 1)));
    }

    [Fact]
    public void Evaluations_nested_without_end_stop_before_the_stack_does() => WithStackOf(512, () =>
    {
        Objective f = null!;
        f = Objective.Of(x => f.Value([x[0].Value]) + x[0]);
        Should.Throw<InsufficientExecutionStackException>(() => f.Value([1.0]));
        Objective.Of(x => x[0] * x[0]).Gradient([3.0]).ShouldBe([6.0]);
    });
}
