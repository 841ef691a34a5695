using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Problems;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>
/// Products with many directions at once give the bits of as many single ones, by generated code and by interpreted tiles; and these give
/// what the unoptimized interpreter gives, to within 1e-11 of the largest component (see <see cref="ScheduleTests"/>).
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ManyDirectionsTests : IDisposable
{
    private static readonly int[] s_counts = [1, 2, 3, 4, 5, 8, 11, 17];

    public void Dispose()
    {
        Kernel.UsesGeneratedCode = true;
        SchedulePasses.Current = new();
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Random_loop_bodies_give_the_bits_of_single_products(bool generated)
    {
        Kernel.UsesGeneratedCode = generated;
        SplitMix64 random = new(23);
        int scheduled = 0;
        for (int trial = 0; trial < 120; trial++)
        {
            int[] code = new int[3 + trial % 14];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            Objective f = new RandomProgram(code).InLoop(stride: 1 + trial % 4, shared: trial % 3);
            double[] x = Numbers(ref random, 150 + trial);
            Objective compiled = f.Compile(x);
            if (!compiled.ToString()!.Contains("patterns", StringComparison.Ordinal))
                continue;
            scheduled++;
            int count = s_counts[trial % s_counts.Length];
            AgreeWithSingles(compiled, x, Numbers(ref random, count * x.Length));
            AgreeWithTheInterpreter(f, compiled, x, Numbers(ref random, Math.Min(count, 5) * x.Length));
        }
        scheduled.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Random_programs_of_single_instances_give_the_bits_of_single_products()
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false };
        SplitMix64 random = new(29);
        for (int trial = 0; trial < 200; trial++)
        {
            int[] code = new int[5 + trial % 60];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            RandomProgram program = new(code);
            Objective f = Objective.Of(program.Run);
            double[] x = Numbers(ref random, RandomProgram.InputCount);
            int count = s_counts[trial % s_counts.Length];
            double[] vectors = Numbers(ref random, count * x.Length);
            AgreeWithSingles(f.Compile(x), x, vectors);
            AgreeWithTheInterpreter(f, f.Compile(x), x, vectors);
        }
    }

    [Theory, MemberData(nameof(ScheduleTests.Known), MemberType = typeof(ScheduleTests))]
    public void Known_functions_give_the_bits_of_single_products(string name, bool generated)
    {
        Kernel.UsesGeneratedCode = generated;
        (Objective f, double[] x) = ScheduleTests.Get(name);
        Objective compiled = f.Compile(x);
        SplitMix64 random = new(31);
        foreach (int count in x.Length > 1000 ? [5] : s_counts)
            AgreeWithSingles(compiled, x, Numbers(ref random, count * x.Length));
        using LocalModel at = compiled.At(x), expected = f.At(x);
        double[] vectors = Numbers(ref random, 4 * x.Length), products = new double[vectors.Length], others = new double[vectors.Length];
        at.Hessian.ApplyMany(vectors, products, 4);
        expected.Hessian.ApplyMany(vectors, others, 4);
        ScheduleTests.Close(products, others);
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(1e308)]
    public void A_direction_that_is_not_finite_leaves_the_others_as_they_are(double intruder)
    {
        (Objective f, double[] x) = ScheduleTests.Get("Rosenbrock, odd length");
        Objective compiled = f.Compile(x);
        using LocalModel at = compiled.At(x), swept = f.At(x);
        int n = x.Length;
        SplitMix64 random = new(37);
        for (int spoilt = 0; spoilt < 6; spoilt++)
        {
            double[] vectors = Numbers(ref random, 6 * n), products = new double[vectors.Length];
            vectors[spoilt * n + 17] = intruder;
            at.Hessian.ApplyMany(vectors, products, 6);
            for (int d = 0; d < 6; d++)
            {
                double[] v = vectors[(d * n)..((d + 1) * n)];
                products[(d * n)..((d + 1) * n)].ShouldBe(d == spoilt ? swept.Hessian.Apply(v) : at.Hessian.Apply(v));
            }
            products.AsSpan(spoilt * n, n).ToArray().ShouldContain(p => !double.IsFinite(p));
        }
    }

    [Fact]
    public void Results_may_overwrite_the_directions()
    {
        (Objective f, double[] x) = ScheduleTests.Get("Rosenbrock, odd length");
        using LocalModel at = f.Compile(x).At(x);
        int n = x.Length;
        SplitMix64 random = new(41);
        foreach (int shift in (int[])[0, 1, 7, n, 3 * n + 5])
        {
            double[] vectors = Numbers(ref random, 6 * n), expected = new double[vectors.Length],
                memory = new double[vectors.Length + shift];
            at.Hessian.ApplyMany(vectors, expected, 6);
            vectors.CopyTo(memory, 0);
            at.Hessian.ApplyMany(memory.AsSpan(0, 6 * n), memory.AsSpan(shift, 6 * n), 6);
            memory.AsSpan(shift).ToArray().ShouldBe(expected);
            vectors.CopyTo(memory, shift);
            at.Hessian.ApplyMany(memory.AsSpan(shift, 6 * n), memory.AsSpan(0, 6 * n), 6);
            memory.AsSpan(0, 6 * n).ToArray().ShouldBe(expected);
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        (Objective f, double[] x) = ScheduleTests.Get("Rosenbrock");
        using LocalModel at = f.Compile(x).At(x);
        SplitMix64 random = new(43);
        double[] vectors = Numbers(ref random, 11 * x.Length), products = new double[vectors.Length];
        for (int i = 0; i < 100; i++)
            at.Hessian.ApplyMany(vectors, products, 11);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            at.Hessian.ApplyMany(vectors, products, 11);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_no_tangent_reaches_is_computed_once()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += Math.Exp(Math.Sin(x[i]));
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i))];
        Recorder recorder = Recorder.Begin(x);
        Results results = Results.Of(f.Evaluate(recorder));
        Schedule schedule = Schedule.Of(recorder.Flush(), results, [], true)!;
        recorder.End();
        (Kernel one, Kernel many) = (schedule.Groups[^1].Product, schedule.Groups[^1].Products!);
        many.IsCompiled.ShouldBe(one.IsCompiled);
        many.TileLength.ShouldBe(one.TileLength);
        foreach (string function in (string[])["Exp", "Sin", "Cos"])
            many.Steps.Count(s => s.Operation?.Name == function).ShouldBe(one.Steps.Count(s => s.Operation?.Name == function));
        many.OperationCount.ShouldBeLessThan(Schedule.MostDirections * one.OperationCount);
    }

    private static void AgreeWithSingles(Objective compiled, double[] x, double[] vectors)
    {
        int n = x.Length;
        double[] products = new double[vectors.Length], product = new double[n];
        using LocalModel at = compiled.At(x);
        at.Hessian.ApplyMany(vectors, products, vectors.Length / n);
        for (int d = 0; d < vectors.Length / n; d++)
        {
            at.Hessian.Apply(vectors.AsSpan(d * n, n), product);
            products.AsSpan(d * n, n).ToArray().ShouldBe(product);
        }
    }

    private static unsafe void AgreeWithTheInterpreter(Objective f, Objective compiled, double[] x, double[] vectors)
    {
        int n = x.Length;
        double[] products = new double[vectors.Length];
        using (LocalModel at = compiled.At(x))
            at.Hessian.ApplyMany(vectors, products, vectors.Length / n);
        Recorder recorder = Recorder.Begin(x);
        int output = f.Evaluate(recorder).Slot;
        Recording recording = recorder.Flush();
        for (int d = 0; d < vectors.Length / n; d++)
        {
            Interpreter<Jet<Real>> machine = new(recording);
            for (int i = 0; i < n; i++)
                machine.Values[i] = new Jet<Real>(new Real(x[i]), new Real(Zeros.Constant(vectors[d * n + i])));
            machine.Forward();
            machine.Adjoints[output] = Jet<Real>.Constant(1);
            machine.Reverse();
            ScheduleTests.Close(products[(d * n)..((d + 1) * n)],
                [.. Enumerable.Range(0, n).Select(i => machine.Adjoints[i].Tangent.Value)]);
        }
        recorder.End();
    }

    private static double[] Numbers(ref SplitMix64 random, int count)
    {
        double[] numbers = new double[count];
        foreach (ref double number in numbers.AsSpan())
            number = 2 * random.NextSigned();
        return numbers;
    }
}
