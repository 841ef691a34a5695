using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>What is dropped is collected, with everything that was made for it; what is idle is given back.</summary>
[Collection(AloneCollection.Name)]
public class KeptMemoryTests
{
    private const int Count = 300;

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    // Each makes something, uses it, and drops it, undisposed.
    private static readonly Dictionary<string, Func<int, object>> s_kinds = new()
    {
        ["compiled scalars"] = i => Used(Loop(i).Compile([1.0, 2.0])),
        ["compiled arrays"] = i => Used(Arrays(i).Compile([1.0, 2.0])),
        ["compiled, several ways"] = i => SeveralWays(i),
        ["compiled vector function"] = i => UsedVector(Outputs(i).Compile([1.0, 2.0])),
        ["vector function kept at a point"] = i => Outputs(i).At([1.0, 2.0]),
        ["reusing"] = i => UsedOften(Loop(i).Reusing()),
        ["sum over rows"] = i => Used(Sum(i)),
        ["sum over rows on threads"] = i => Used(OnThreads(Sum(i))),
        ["batch of rows"] = i => Used(Sum(i).Batch([0, 2])),
        ["model of rows"] = i => Sum(i).At([1.0, 2.0]),
        ["local model"] = i => Loop(i).At([1.0, 2.0]),
        ["compiled local model"] = i => Loop(i).Compile([1.0, 2.0]).At([1.0, 2.0]),
        ["declared parameter"] = i => UsedParameter(i),
        ["comparison"] = i => HvpComparison.Run(Loop(i), [1.0, 2.0], [1.0, 0.5]),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_dropped_is_collected(string kind)
    {
        MakeAndDrop(kind, 20);
        Collect();
        long before = GC.GetTotalMemory(true);
        WeakReference[] made = MakeAndDrop(kind, Count);
        Collect();
        made.Count(reference => reference.IsAlive).ShouldBe(0);
        long kept = GC.GetTotalMemory(true) - before;
        kept.ShouldBeLessThan(Count * 1024L, kind);
    }

    [Theory]
    [InlineData(Scenarios.RowObjectives, 64L << 20), InlineData(Scenarios.CompiledObjectives, 96L << 20)]
    [InlineData(Scenarios.Endless, 512L << 20), InlineData(Scenarios.LargeAfterLarge, 128L << 20)]
    public void A_heap_limit_is_kept(string scenario, long bytes) => ChildProcess.Run(scenario, bytes);

    [Fact]
    public void The_memory_of_a_large_recording_is_given_back()
    {
        Collect();
        long before = GC.GetTotalMemory(true), grown = 0;
        Objective large = Objective.Of(x =>
        {
            Var y = x[0];
            for (int i = 0; i < 3_000_000; i++)
                y = y * 0.5 + 1;
            return y;
        });
        for (int i = 0; i < 2; i++)
        {
            large.Hvp([1.0], [1.0]);
            using LocalModel at = large.At([1.0]);
        }
        grown = GC.GetTotalMemory(false) - before;
        grown.ShouldBeGreaterThan(100L << 20); // Otherwise nothing is shown.
        Collect();
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(4L << 20);
    }

    [Fact]
    public void A_large_recording_finds_its_memory_again()
    {
        Objective large = Objective.Of(x =>
        {
            Var y = x[0];
            for (int i = 0; i < 600_000; i++)
                y = y * 0.5 + 1;
            return y;
        });
        double[] x = [1.0], gradient = new double[1];
        long[] allocated = new long[5];
        for (int i = 0; i < 8; i++)
            large.Gradient(x, gradient);
        for (int i = 0; i < allocated.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            large.Gradient(x, gradient);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        allocated.Min().ShouldBe(0);
    }

    [Fact]
    public void Settings_of_a_parameter_that_no_evaluation_needs_are_collected()
    {
        Data a = Data.Of(1);
        WeakReference early = Early();
        for (int i = 0; i < 1000; i++)
            a.Set(i);
        Collect();
        early.IsAlive.ShouldBeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Early() => new(Snapshot.Current);
    }

    [Fact]
    public void Idle_pools_are_bounded()
    {
        IdlePool<object> pool = new(3);
        pool.Take().ShouldBeNull();
        object[] items = [1, 2, 3, 4];
        foreach (object item in items)
            pool.Return(item);
        pool.Take().ShouldBe(3);
        pool.Take().ShouldBe(2);
        pool.Take().ShouldBe(1);
        pool.Take().ShouldBeNull();
        IdlePool.CapacityFor(1L << 34).ShouldBe(2);
        IdlePool.CapacityFor(8).ShouldBe(2 * Environment.ProcessorCount + 4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] MakeAndDrop(string kind, int count) =>
        [.. Enumerable.Range(1, count).Select(i => new WeakReference(s_kinds[kind](i)))];

    // Large idle objects are given up at the second full collection, by a finalizer.
    private static void Collect()
    {
        for (int i = 0; i < 6; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static Objective Loop(int seed) => Objective.Of(x =>
    {
        Var sum = 0;
        for (int k = 0; k < 300; k++)
            sum += Math.Exp(x[0] * (k + seed) * 1e-6) * x[1];
        return sum;
    });

    private static Objective Arrays(int seed)
    {
        double[,] a = new double[30, 30];
        for (int i = 0; i < 30; i++)
            a[i, i] = seed;
        return Objective.Of(x => ((VarMatrix)a).MatMul(x[0] * (VarMatrix)a).Sum() * x[1]);
    }

    private static VectorFunction Outputs(int seed) => VectorFunction.Of(x => VarVector.Of(x[0] * x[1] * seed, Math.Sin(x[1] * x[1])));

    private static DataObjective Sum(int seed) =>
        Objective.Sum(new double[,] { { seed, 1 }, { 2, 3 }, { -1, 4 } }, (x, r) => r[0] > 0 ? x[0] * r[0] * x[1] : x[1] * x[1]);

    private static DataObjective OnThreads(DataObjective f)
    {
        f.MaxDegreeOfParallelism = 2;
        return f;
    }

    private static Objective SeveralWays(int seed)
    {
        Objective f = Objective.Of(x => x[0] > seed ? x[0] * x[1] : x[0] > 0 ? x[1] * x[1] : x[0] * x[0]).Compile([1.0, 2.0]);
        f.Gradient([-1.0, 2.0]);
        f.Gradient([seed + 1.0, 2.0]);
        return Used(f);
    }

    private static Objective Used(Objective f)
    {
        f.Value([1.0, 2.0]);
        f.Gradient([1.0, 2.0]);
        f.Hvp([1.0, 2.0], [1.0, 0.5]);
        using LocalModel at = f.At([1.0, 2.0]);
        at.Hessian.ToDense();
        return f;
    }

    private static Objective UsedOften(Objective f)
    {
        for (int i = 0; i < 5; i++)
            f.Gradient([1.0, 2.0]);
        return f;
    }

    private static VectorFunction UsedVector(VectorFunction f)
    {
        f.Jacobian([1.0, 2.0]);
        return f;
    }

    private static Data UsedParameter(int seed)
    {
        Data a = Data.Of(seed, 2);
        Objective f = Objective.Of(x => x[0] * a[0] + x[1] * a[1]);
        f.Gradient([1.0, 2.0]);
        a.Set(1, seed);
        Used(f.Compile([1.0, 2.0]));
        return a;
    }
}
