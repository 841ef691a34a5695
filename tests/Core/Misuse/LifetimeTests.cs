using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>What ends gives up its memory, and what is refused leaves the memory of others alone.</summary>
[Collection(AloneCollection.Name)]
public class LifetimeTests
{
    [Fact]
    public void A_refused_operand_leaves_the_constants_of_its_recorder_alone()
    {
        OnFreshThread(() =>
        {
            Var ended = default;
            Objective kept = Objective.Of(x =>
            {
                ended = x[0];
                return x[0] * x[0] * 3.0;
            });
            // The model takes the recording along; its recorder, now idle, still has the addresses.
            using LocalModel at = kept.At([2.0]);
            for (int i = 0; i < 2_000; i++)
                Should.Throw<StaleVariableException>(() => Math.FusedMultiplyAdd(1.0 + i, ended, (Var)0.5));
            at.Hessian.Apply([1.0]).ShouldBe([6.0]);
            kept.Gradient([2.0]).ShouldBe([12.0]);
        });
    }

    [Fact]
    public void A_disposed_model_still_tells_its_own_operation_count()
    {
        LocalModel at = Objective.Of(x => x[0] * x[0] + x[1]).At([1.0, 2.0]);
        int count = at.OperationCount;
        at.Dispose();
        using LocalModel longer = Objective.Of(x => (x[0] * x[0] + x[1]) * x[1] * x[0] * x[1]).At([1.0, 2.0]);
        longer.OperationCount.ShouldNotBe(count);
        at.OperationCount.ShouldBe(count);
    }

    [Fact]
    public void A_constant_array_is_let_go_when_the_recording_ends() => OnFreshThread(() =>
    {
        WeakReference gradient = Evaluate(static (f, x) => f.Gradient(x));
        WeakReference product = Evaluate(static (f, x) => f.Hvp(x, x));
        WeakReference model = Evaluate(static (f, x) =>
        {
            using LocalModel at = f.At(x);
            return at.Hessian.Apply(x);
        });
        WeakReference abandoned = Evaluate(static (f, x) => f.At(x).Hessian.Apply(x));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        new[] { gradient, product, model, abandoned }.Select(r => r.IsAlive).ShouldBe([false, false, false, false]);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Evaluate(Func<Objective, double[], double[]> derivative)
    {
        double[] weights = [1, 2, 3];
        derivative(Objective.Of(x => (x * x * weights).Sum()), [1, 2, 3]).Length.ShouldBe(3);
        return new WeakReference(weights);
    }

    [Fact]
    public void A_disposed_model_that_is_still_held_holds_no_memory() => OnFreshThread(() =>
    {
        const int operations = 2_000_000;
        Objective f = Objective.Of(x =>
        {
            Var y = x[0];
            for (int i = 0; i < operations; i++)
                y += x[0];
            return y;
        });
        // Fills the thread's pools, so that what follows is not theirs.
        LocalModel[] models = [.. Enumerable.Range(0, 6).Select(_ => f.At([1.0]))];
        long full = GC.GetTotalMemory(true);
        foreach (LocalModel at in models)
            at.Dispose();
        long left = GC.GetTotalMemory(true);
        // Six sets of adjoints, and the recordings beyond the pool's four.
        (full - left).ShouldBeGreaterThan(6L * operations * sizeof(double));
        GC.KeepAlive(models);
    });

    [Fact]
    public unsafe void The_code_before_the_first_is_no_multiplication_though_memory_comes_as_it_is()
    {
        // The sweeps look there when the first instruction adds the last input.
        for (int round = 0; round < 20; round++)
        {
            Soil();
            GC.Collect();
            Recording recording = new();
            recording.Grow(1, 1);
            recording.Codes[-1].ShouldNotBe(OpCode.Multiply);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Soil()
        {
            for (int i = 0; i < 200; i++)
                GC.AllocateUninitializedArray<ushort>(5_000, pinned: true).AsSpan().Fill(OpCode.Multiply);
        }
    }

    [Fact]
    public void A_matrix_gives_its_values_in_order()
    {
        double[,] values = { { 1, 2, 3 }, { 4, 5, 6 } };
        ((VarMatrix)values).ToValues().ShouldBe(values);
        ((VarMatrix)values).Transpose().ToValues().ShouldBe(new double[,] { { 1, 4 }, { 2, 5 }, { 3, 6 } });
        ((VarMatrix)new double[0, 3]).ToValues().GetLength(1).ShouldBe(3);
    }

    private static void OnFreshThread(Action body)
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
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw thrown;
    }
}
