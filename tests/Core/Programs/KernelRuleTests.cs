using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Problems;
using AutoDiff.Rules;
using AutoDiff.Tests.Laws;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>
/// Interpreted tiles are the oracle of generated code: for random programs around each elementwise rule, at the points of its law samples,
/// both give the same value, gradient and products, to within the rounding that fused products save.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class KernelRuleTests : IDisposable
{
    private const int Instances = 420;

    // Symbols have no need of an absolute zero: what is not finite is left to the sweeps.
    private static readonly Type[] s_lowered = [typeof(AbsoluteProduct), typeof(AbsoluteQuotient)];

    public KernelRuleTests() => SchedulePasses.Current = new() { OnlyWhereItPays = false };

    public void Dispose()
    {
        Kernel.UsesGeneratedCode = true;
        SchedulePasses.Current = new();
    }

    [Fact]
    public void Generated_code_agrees_with_interpreted_tiles_for_every_rule()
    {
        HashSet<Type> met = [];
        foreach (Type rule in RuleCatalog.Unary.Concat(RuleCatalog.Binary).Except(s_lowered))
            Compare(rule, met);
        met.RemoveWhere(rule => !rule.IsPublic); // The engine's own, of which rules' derivatives are made.
        met.ShouldBeSubsetOf(RuleCatalog.Unary.Concat(RuleCatalog.Binary));
        RuleCatalog.Unary.Concat(RuleCatalog.Binary).Except(met).ShouldBe(s_lowered, ignoreOrder: true);
    }

    private static void Compare(Type rule, HashSet<Type> met)
    {
        Sample[] samples = [.. RuleCatalog.SamplesOf(rule).Where(IsTame)];
        samples.ShouldNotBeEmpty(rule.Name);
        bool isUnary = samples[0].X.Length == 1, hasOrder = rule == typeof(Polygamma) || rule == typeof(MillsFraction);
        double order = samples[0].X[0];
        if (hasOrder)
            samples = [.. samples.Where(s => s.X[0] == order)];
        Func<Var, Var, Var> apply = (Func<Var, Var, Var>)typeof(KernelRuleTests)
            .GetMethod(isUnary ? nameof(Unary)
                : nameof(Binary), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(
                rule).Invoke(null, [])!;
        SplitMix64 random = new((ulong)rule.Name.Length * 7919 + rule.Name[0]);
        int[] code = new int[4 + rule.Name.Length % 5];
        foreach (ref int word in code.AsSpan())
            word = (int)random.Next();
        RandomProgram body = new(code);
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < Instances; i++)
            {
                (Var a, Var b, Var c) = (x[3 * i], x[3 * i + 1], x[3 * i + 2]);
                Var z = hasOrder ? apply(order, b) : apply(a, b);
                sum += z * c + body.Run(a * 0.125, c, z / (1 + z * z), x[0]);
            }
            return sum;
        });
        double[] x = new double[3 * Instances];
        for (int i = 0; i < Instances; i++)
        {
            double[] point = samples[i % samples.Length].X;
            (x[3 * i], x[3 * i + 1], x[3 * i + 2]) = (point[0], point[^1], random.NextSigned());
        }
        double[] vectors = new double[Schedule.MostDirections * x.Length];
        foreach (ref double number in vectors.AsSpan())
            number = random.NextSigned();

        Kernel.UsesGeneratedCode = true;
        Collect(f, x, met).ShouldBe(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated, rule.Name);
        double[][] generated = Derivatives(f, x, vectors);
        Kernel.UsesGeneratedCode = false;
        Collect(f, x, met).ShouldBeFalse(rule.Name);
        double[][] interpreted = Derivatives(f, x, vectors);
        for (int k = 0; k < generated.Length; k++)
        {
            interpreted[k].ShouldAllBe(e => double.IsFinite(e), rule.Name);
            ScheduleTests.Close(generated[k], interpreted[k]);
        }
    }

    // Notes which rules the kernels of a schedule carry out; tells whether those of its largest group are generated code.
    private static bool Collect(Objective f, double[] x, HashSet<Type> met)
    {
        Recorder recorder = Recorder.Begin(x);
        Results results = Results.Of(f.Evaluate(recorder));
        Schedule schedule = Schedule.Of(recorder.Flush(), results, [], true)!;
        recorder.End();
        bool isGenerated = true;
        foreach (GroupPlan group in schedule.Groups)
        {
            foreach (Kernel? kernel in (
                Kernel?[])[group.Value, group.Gradient, group.Tangent, group.Product, group.Tangents, group.Products])
                met.UnionWith(kernel?.Steps.Where(s => s.Operation is not null).Select(s => s.Operation!.Rule) ?? []);
            if (group.Count == schedule.Groups.Max(g => g.Count))
                isGenerated &= group.Value.IsCompiled && group.Gradient.IsCompiled
                    && (group.Product.IsCompiled || group.Product.Outputs.Length == 0);
        }
        return isGenerated;
    }

    private static double[][] Derivatives(Objective f, double[] x, double[] vectors)
    {
        Objective compiled = f.Compile(x);
        using LocalModel at = compiled.At(x);
        double[] products = new double[vectors.Length];
        at.Hessian.ApplyMany(vectors, products, vectors.Length / x.Length);
        return [[compiled.Value(x)], compiled.Gradient(x), compiled.Hvp(x, vectors.AsSpan(0, x.Length).ToArray()), products];
    }

    private static bool IsTame(Sample s) =>
        s.X.All(x => Math.Abs(x) < 20) && Math.Abs(s.Value) < 1e3 && s.Gradient.All(g => !(Math.Abs(g) > 1e3))
            && s.Hessian.Cast<double>().All(h => !(Math.Abs(h) > 1e3));

    private static Func<Var, Var, Var> Unary<TRule>() where TRule : struct, IUnaryRule<TRule> => (x, _) => Var.Apply<TRule>(x);

    private static Func<Var, Var, Var> Binary<TRule>() where TRule : struct, IBinaryRule<TRule> => (x, y) => Var.Apply<TRule>(x, y);
}
