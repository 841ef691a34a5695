using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>Memory: limits that are reached and left again, exceptions that leave nothing behind, rows that do not add up.</summary>
[Collection(AloneCollection.Name)]
public class MemoryTests
{
    private static void WithLimit(long bytes, Action body)
    {
        long before = RecordingLimits.MaximumBytes;
        RecordingLimits.MaximumBytes = bytes;
        try
        {
            // On a thread of its own, whose memory has not grown yet.
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
            });
            thread.Start();
            thread.Join();
            if (thrown is not null)
                throw thrown;
        }
        finally
        {
            RecordingLimits.MaximumBytes = before;
        }
    }

    private static readonly Objective s_small = Objective.Of(x => x[0] * x[0] * x[1]);

    private static Objective Long(int operations) => Objective.Of(x =>
    {
        Var y = x[0];
        for (int i = 0; i < operations; i++)
            y *= 1.0000001;
        return y;
    });

    [Fact]
    public void A_limit_that_is_reached_throws_and_the_next_call_works() => WithLimit(1 << 20, () =>
    {
        Objective endless = Objective.Of(x =>
        {
            Var y = x[0];
            while (true)
                y += 1;
        });
        double[] before = s_small.Gradient([2.0, 3.0]);
        for (int i = 0; i < 3; i++)
        {
            Should.Throw<RecordingLimitException>(() => endless.Gradient([1.0])).Message.ShouldContain("1,048,576");
            s_small.Gradient([2.0, 3.0]).ShouldBe(before);
            s_small.Hvp([2.0, 3.0], [1.0, 1.0]).ShouldBe([10.0, 4.0]);
        }
        Long(10_000).Gradient([1.0])[0].ShouldBe(Math.Pow(1.0000001, 10_000), 1e-9);
        Should.Throw<RecordingLimitException>(() => Long(1_000_000).Gradient([1.0]));
        RecordingLimits.MaximumBytes = 1L << 30;
        Long(1_000_000).Gradient([1.0])[0].ShouldBe(Math.Pow(1.0000001, 1_000_000), 1e-6);
    });

    [Fact]
    public void A_limit_reached_by_arrays_throws_too_and_can_be_caught_inside_the_lambda() => WithLimit(1 << 20, () =>
    {
        double[] x = new double[4];
        Should.Throw<RecordingLimitException>(() => Objective.Of(u => (VarVector.Concat(u, new double[1 << 20]) * 2).Sum()).Value(x));
        Should.Throw<RecordingLimitException>(() => s_small.Value(new double[1 << 20]));
        Objective catching = Objective.Of(u =>
        {
            Should.Throw<RecordingLimitException>(() => VarVector.Concat(u, new double[1 << 20]));
            return u[0] * u[0] * u[1];
        });
        catching.Gradient([2.0, 3.0]).ShouldBe(s_small.Gradient([2.0, 3.0]));
    });

    [Fact]
    public void A_growth_that_fails_halfway_leaves_no_capacity_without_memory() => WithLimit(long.MaxValue, () =>
    {
        Recording recording = new();
        recording.Grow(1_000, 1_000);
        Should.Throw<RecordingLimitException>(() => recording.Grow(1_000_000, int.MaxValue));
        recording.InstructionCapacity.ShouldBeLessThanOrEqualTo(recording.SlotCapacity);
    });

    [Fact]
    public void Limits_below_the_least_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RecordingLimits.MaximumBytes = 65_535);

    [Fact]
    public void Sums_over_rows_take_the_memory_of_a_few_rows() => WithLimit(1 << 20, () =>
    {
        DataObjective f = Objective.Sum(new double[2_000, 3], (x, row) =>
        {
            Var y = x[0];
            for (int i = 0; i < 200; i++)
                y = y * 0.5 + x[0];
            return y + row[1];
        });
        f.Value([3.0]).ShouldBe(12_000);
        f.Gradient([3.0]).ShouldBe([4_000.0]);
        using LocalModel at = f.At([3.0]);
        at.Gradient.ToArray().ShouldBe([4_000.0]);
        at.DirectionalDerivatives([1.0], 2).ShouldBe([12_000.0, 4_000.0, 0.0]);
        Should.Throw<RecordingLimitException>(() => f.FindNonFinite([3.0])).Message.ShouldContain("batches");
    });

    [Fact]
    public void A_hundred_thousand_exceptions_leave_nothing_behind()
    {
        FormatException planted = new("planted");
        int calls = 0;
        Objective f = Objective.Of(x =>
        {
            VarVector y = x * x + x[0];
            calls++;
            return y.Sum() > -1e300 ? throw planted : y[0];
        });
        double[] x = [1, 2, 3], gradient = new double[3];
        Throw(1_000);
        long before = GC.GetTotalMemory(true);
        Throw(100_000);
        long growth = GC.GetTotalMemory(true) - before;
        calls.ShouldBe(101_000);
        growth.ShouldBeLessThanOrEqualTo(64 * 1024);

        void Throw(int count)
        {
            for (int i = 0; i < count; i++)
            {
                try
                {
                    f.Gradient(x, gradient);
                }
                catch (FormatException)
                {
                }
            }
        }
    }
}
