using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Problems;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>Functions that a lambda calls twice for equal arguments are computed once, and derivatives are what they are without
/// that.</summary>
[Collection(AloneCollection.Name)]
public sealed class CommonSubexpressionsTests : IDisposable
{
    private const double Tolerance = 1e-10;

    public void Dispose() => SchedulePasses.Current = new();

    [Theory, InlineData(true), InlineData(false)]
    public void Random_programs_with_repetitions_agree_with_the_interpreter(bool isEnabled)
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false, CommonSubexpressions = isEnabled };
        SplitMix64 random = new(23);
        for (int trial = 0; trial < 200; trial++)
        {
            int[] code = new int[4 + trial % 30], other = new int[4];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            foreach (ref int word in other.AsSpan())
                word = (int)random.Next();
            RandomProgram program = new(code), second = new(other);
            bool isLong = trial % 3 == 0;
            Objective f = Objective.Of(x =>
            {
                // The same program of the same numbers, of swapped ones, and again within a long sum.
                Var sum = program.Run(x) + program.Run(x) * second.Run(x) + Math.Sin(x[0] * x[1]) * Math.Sin(x[1] * x[0])
                    + program.Run(x[1], x[0], x[2], x[3]);
                for (int i = 0; isLong && i < 70; i++)
                    sum += Math.Exp(-x[0] * x[0]) * x[i % 4] + (i % 5 == 0 ? second.Run(x[i % 2], x[1], x[2], x[3]) : 0);
                return sum;
            });
            double[] x = new double[RandomProgram.InputCount], v = Reference.Printed.Sines(2 * x.Length);
            foreach (ref double number in x.AsSpan())
                number = 2 * random.NextSigned();
            (double[] gradient, double[] first) = RandomProgramTests.Interpreted(f, x, v[..x.Length]);
            (_, double[] next) = RandomProgramTests.Interpreted(f, x, v[x.Length..]);
            Objective compiled = f.Compile(x);
            double value = f.Value(x);
            compiled.Value(x).ShouldBe(value, Tolerance * (1 + Math.Abs(value)));
            Close(compiled.Gradient(x), gradient);
            Close(compiled.Hvp(x, v[..x.Length]), first);
            using LocalModel at = compiled.At(x);
            double[] products = new double[v.Length];
            at.Hessian.ApplyMany(v, products, 2);
            Close(products[..x.Length], first);
            Close(products[x.Length..], next);
        }
    }

    [Fact]
    public void What_a_loop_repeats_is_one_node()
    {
        Func<VarVector, Var> f = x =>
        {
            Var sum = 0;
            for (int i = 1; i < x.Length; i++)
                sum += Math.Exp(-x[0] * 2) * x[i];
            return sum;
        };
        LiveNodesOf(f, isEnabled: false).Where(IsFunction).Count().ShouldBe(99);
        LiveNodesOf(f, isEnabled: true).Where(IsFunction).Count().ShouldBe(1);
        LiveNodesOf(f, isEnabled: true).Length.ShouldBe(LiveNodesOf(f, isEnabled: false).Length - 3 * 98);
    }

    [Fact]
    public void Operands_of_sums_and_products_may_be_swapped()
    {
        CountFunctions(x => Math.Sin(x[0] * x[1] + x[2]) + Math.Sin(x[2] + x[1] * x[0])).ShouldBe(1);
        CountFunctions(x => Math.Sin(x[0] - x[1]) + Math.Sin(x[1] - x[0])).ShouldBe(2);
        CountFunctions(x => Math.Sin(x[0] / x[1]) + Math.Sin(x[1] / x[0])).ShouldBe(2);
        CountFunctions(x => Math.Atan2(x[0], x[1]) + Math.Atan2(x[1], x[0])).ShouldBe(2);
    }

    [Fact]
    public void Constants_are_equal_by_their_bits()
    {
        CountFunctions(x => Math.Sin(0.5 * x[0]) + x[1] * 3 + Math.Sin(x[0] * 0.5)).ShouldBe(1);
        CountFunctions(x => Math.Sin(0.5 * x[0]) + Math.Sin(x[0] * 0.25)).ShouldBe(2);
        CountFunctions(x => Math.Sin(x[0] + 0.0) + Math.Sin(x[0] + -0.0)).ShouldBe(2);
        CountFunctions(x => Math.Pow(x[0], 0.3) + Math.Pow(x[0], 0.3) + Math.Pow(x[0], 0.4)).ShouldBe(2);
    }

    [Fact]
    public void Functions_of_equal_functions_are_equal() =>
        CountFunctions(x => Math.Sin(Math.Exp(x[0]) + x[1]) * x[2] + Math.Sin(x[1] + Math.Exp(x[0]))).ShouldBe(2);

    [Fact]
    public void Sums_and_products_by_themselves_stay()
    {
        Func<VarVector, Var> f = x => (x[0] * x[1] + 1) * x[2] + (x[0] * x[1] + 1) * x[3];
        LiveNodesOf(f, isEnabled: true).ShouldBe(LiveNodesOf(f, isEnabled: false));
    }

    [Fact]
    public void Long_chains_are_gone_through_once()
    {
        // As a tree each argument has 2^300 nodes.
        static Var Chain(Var t)
        {
            for (int i = 0; i < 300; i++)
                t = t * 0.5 + t * 0.25;
            return Math.Sin(t);
        }
        CountFunctions(x => Chain(x[0]) + Chain(x[1]) + Chain(x[0])).ShouldBe(2);
    }

    private static int CountFunctions(Func<VarVector, Var> f) => LiveNodesOf(f, true).Where(IsFunction).Count();

    private static bool IsFunction(ushort code) => code > OpCode.LastInline;

    // The codes of the operations that remain.
    private static ushort[] LiveNodesOf(Func<VarVector, Var> f, bool isEnabled)
    {
        Recorder recorder = Recorder.Begin(Reference.Printed.Sines(100));
        try
        {
            Results result = Results.Of(Objective.Of(f).Evaluate(recorder));
            Graph graph = Graph.Of(ScalarForm.Of(recorder.Flush(), result, [])!, isScalar: true)!;
            if (isEnabled)
                CommonSubexpressions.Find(graph);
            LiveNodes.Find(graph);
            return [.. graph.Code.Take(graph.Count).Where(code => code < Graph.Unused)];
        }
        finally
        {
            recorder.End();
        }
    }

    private static void Close(double[] actual, double[] expected)
    {
        double scale = 1 + expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * scale);
    }
}
