using System.Runtime.Intrinsics;
using AutoDiff.Engine;
using AutoDiff.Rules;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Laws;

/// <summary>The law suite tested: faults planted into every rule, each of which at least two different checks must catch.</summary>
[Collection(nameof(Fault))]
public class FaultTests(ITestOutputHelper output)
{
    private const int ChecksThatMustSee = 2;

    private static readonly Fault[] OfUnaryRules =
    [
        Fault.ValueScaled, Fault.LanesRotated, Fault.StaleValue, Fault.FirstNegated, Fault.FirstScaled, Fault.SecondNegated,
            Fault.SecondScaled,
        Fault.SecondDropped,
    ];

    private static readonly Fault[] OfBinaryRules =
    [
        Fault.ValueScaled, Fault.StaleValue, Fault.FirstNegated, Fault.FirstScaled, Fault.FirstOfYNegated, Fault.FirstOfYScaled,
            Fault.PartialsSwapped,
        Fault.SecondNegated, Fault.SecondScaled, Fault.SecondDropped, Fault.MixedDropped,
    ];

    private static readonly Fault[] OfOperations =
        [Fault.AssignedAdjoint, Fault.AssignedTangentOfAdjoint, Fault.DroppedSecondOrderTerm, Fault.NotReplayed];

    public static TheoryData<string> UnaryRules => LawTests.UnaryRules;

    public static TheoryData<string> BinaryRules => LawTests.BinaryRules;

    [Theory]
    [MemberData(nameof(UnaryRules))]
    public void Faults_in_a_rule_of_one_variable_are_caught(string rule) =>
        Call(nameof(Unary), RuleCatalog.Unary.Single(t => t.Name == rule));

    [Theory]
    [MemberData(nameof(BinaryRules))]
    public void Faults_in_a_rule_of_two_variables_are_caught(string rule) =>
        Call(nameof(Binary), RuleCatalog.Binary.Single(t => t.Name == rule));

    [Fact]
    public void Faults_in_the_chain_rule_are_caught()
    {
        Operation<Exp>();
        Operation<Sqrt>();
        Operation<Tanh>();
    }

    private void Call(string method, Type rule) => typeof(FaultTests)
        .GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(rule)
        .Invoke(this, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [RuleCatalog.SamplesOf(rule)], null);

    private void Unary<TRule>(Sample[] samples) where TRule : struct, IUnaryRule<TRule> =>
        Plant(samples, OfUnaryRules, Checks<FaultyRule<TRule>>.All, fault => FaultyRule<TRule>.Planted = fault, Results<TRule>,
            Results<FaultyRule<TRule>>);

    private void Binary<TRule>(Sample[] samples) where TRule : struct, IBinaryRule<TRule> =>
        Plant(samples, OfBinaryRules, BinaryChecks<FaultyBinaryRule<TRule>>.All, fault => FaultyBinaryRule<TRule>.Planted = fault,
            BinaryResults<TRule>, BinaryResults<FaultyBinaryRule<TRule>>);

    private void Operation<TRule>() where TRule : struct, IUnaryRule<TRule>
    {
        Check[] checks =
        [
            new("sweeps", (samples, verdict) => Checks<TRule>.InModes(x => FaultyOperation<TRule>.Apply(x[0]), samples, verdict)),
            new("accumulation", (samples, verdict) => Checks<TRule>.Accumulation(FaultyOperation<TRule>.Apply, samples, verdict)),
        ];
        Plant(RuleCatalog.SamplesOf(typeof(TRule)), OfOperations, checks, fault => FaultyOperation<TRule>.Planted = fault, _ => [0],
            _ => [1]);
    }

    // A fault that changes nothing, such as the sign of a derivative that is zero everywhere, is none.
    private void Plant(
        Sample[] samples, Fault[] faults, IReadOnlyList<Check> checks, Action<Fault> plant, Func<Sample, double[]> right, Func<Sample,
            double[]> wrong)
    {
        plant(Fault.None);
        Seen(samples, checks).ShouldBeEmpty("the copy without a fault");
        foreach (Fault fault in faults)
        {
            plant(fault);
            if (!samples.Any(s => right(s).Zip(wrong(s)).Any(pair => Differ(pair.First, pair.Second))))
                continue;
            string[] seen = Seen(samples, checks);
            output.WriteLine($"{fault}: {string.Join(", ", seen)}");
            seen.Length.ShouldBeGreaterThanOrEqualTo(ChecksThatMustSee, $"{fault} was seen by: {string.Join(", ", seen)}");
        }
    }

    private static string[] Seen(Sample[] samples, IReadOnlyList<Check> checks)
    {
        var verdict = new Verdict();
        foreach (Check check in checks)
            verdict.Run(check, samples);
        return [.. verdict.Kinds];
    }

    private static bool Differ(double a, double b) =>
        double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) > 1e-8 * Math.Abs(a) && Math.Abs(a - b) > 1e-280;

    private static double[] Results<TRule>(Sample s) where TRule : struct, IUnaryRule<TRule>
    {
        Real x = new(s.X[0]), y = new(TRule.Value(s.X[0])), d = TRule.First(x, y);
        Lanes8 lanes = TRule.Value(Neighbours.Around<Lanes8>([s, s with { X = [s.X[0] / 2] }], 0, 0));
        return [y.Value, d.Value, TRule.Second(x, y, d).Value, lanes[0]];
    }

    private static double[] BinaryResults<TRule>(Sample s) where TRule : struct, IBinaryRule<TRule>
    {
        Real x = new(s.X[0]), y = new(s.X[1]), z = new(TRule.Value(s.X[0], s.X[1]));
        double[] ofX = double.IsNaN(s.Gradient[0]) ? []
            : [TRule.FirstX(x, y, z).Value, TRule.SecondXX(x, y, z).Value, TRule.SecondXY(x, y, z).Value];
        return [z.Value, TRule.FirstY(x, y, z).Value, TRule.SecondYY(x, y, z).Value, .. ofX];
    }
}
