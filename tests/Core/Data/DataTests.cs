using AutoDiff.Hvp;

namespace AutoDiff.Tests.DataRows;

public class DataTests
{
    [Fact]
    public void A_parameter_takes_effect_at_the_next_call()
    {
        Data a = Data.Of(2, 3);
        Objective f = Objective.Of(x => a[0] * x[0] * x[0] + a[1] * x[0]);
        f.Gradient([1.0])[0].ShouldBe(7);
        f.Hvp([1.0], [1.0])[0].ShouldBe(4);
        a.Set(10, 1);
        f.Gradient([1.0])[0].ShouldBe(21);
        Should.Throw<ShapeMismatchException>(() => a.Set(1));
    }

    [Fact]
    public void It_takes_slots_once_a_recording_and_is_inactive()
    {
        Data a = Data.Of(2, 3, 4);
        int Operations(int uses)
        {
            Objective f = Objective.Of(x =>
            {
                Var sum = 0;
                for (int i = 0; i < uses; i++)
                    sum += a[0] * x[0];
                return sum;
            });
            using LocalModel at = f.At([1.0]);
            at.Gradient[0].ShouldBe(2 * uses);
            return at.OperationCount;
        }
        Operations(5).ShouldBe(1 + 5 + 5);
        Operations(50).ShouldBe(1 + 50 + 50);
    }

    [Fact]
    public void Array_operations_comparisons_and_conversions()
    {
        Data a = Data.Of(1, -2, 3);
        Objective f = Objective.Of(x => a[1] < 0 ? ((VarVector)a * x).Sum() : x[0]);
        f.Gradient([1, 1, 1]).ShouldBe([1, -2, 3]);
        a.Set(1, 2, 3);
        f.Gradient([1, 1, 1]).ShouldBe([1, 0, 0]);
        DataVector plain = a;
        plain[2].IsConstant.ShouldBeTrue();
        plain[^1].Value.ShouldBe(3);
        ((VarVector)plain[1..]).Sum().Value.ShouldBe(5);
        a.Vector.Label(1).ShouldBeOfType<DataLabel>();
    }

    [Fact]
    public void Nested_recordings_see_it_as_a_constant_of_their_own()
    {
        Data a = Data.Of(3);
        Objective inner = Objective.Of(x => a[0] * x[0] * x[0] * x[0]);
        Objective f = Objective.Of(x => a[0] * inner.Gradient(x)[0] + inner.Value([2.0]) * x[0] + a[0] * x[0]);
        // 3·9x² + 24x + 3x, whose derivative is 54x + 27.
        f.Gradient([1.0])[0].ShouldBe(81);
        f.Hvp([1.0], [1.0])[0].ShouldBe(54);
    }

    [Fact]
    public async Task Threads_see_one_setting_or_the_other()
    {
        Data a = Data.Of(1, 1);
        Objective f = Objective.Of(x => a[0] * x[0] - a[1] * x[0]);
        using CancellationTokenSource done = new();
        Task setter = Task.Run(() =>
        {
            for (double i = 0; !done.IsCancellationRequested; i++)
                a.Set(i, i);
        });
        Parallel.For(0, 2000, _ => f.Gradient([1.0])[0].ShouldBe(0));
        await done.CancelAsync();
        await setter;
    }
}
