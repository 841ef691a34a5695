using System.Reflection;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Laws;

/// <summary>Every elementwise rule of the library, held to the multiprecision tables through every mode of differentiation.</summary>
public class LawTests(ITestOutputHelper output)
{
    public static TheoryData<string> UnaryRules => [.. RuleCatalog.Unary.Select(t => t.Name)];

    public static TheoryData<string> BinaryRules => [.. RuleCatalog.Binary.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(UnaryRules))]
    public void A_rule_of_one_variable_obeys_all_laws(string rule) => Run(RuleCatalog.Unary.Single(t => t.Name == rule), typeof(Checks<>));

    [Theory]
    [MemberData(nameof(BinaryRules))]
    public void A_rule_of_two_variables_obeys_all_laws(string rule) =>
        Run(RuleCatalog.Binary.Single(t => t.Name == rule), typeof(BinaryChecks<>));

    [Fact]
    public void All_rules_are_found()
    {
        RuleCatalog.Unary.Count.ShouldBeGreaterThanOrEqualTo(45);
        RuleCatalog.Binary.Count.ShouldBeGreaterThanOrEqualTo(17);
    }

    private void Run(Type rule, Type checks)
    {
        Sample[] samples = RuleCatalog.SamplesOf(rule);
        samples.Length.ShouldBeGreaterThanOrEqualTo(15);
        var verdict = new Verdict();
        foreach (Check check in Of(checks, rule))
            verdict.Run(check, samples);
        output.WriteLine($"{rule.Name}: worst errors {verdict.Worst[0]:E1} {verdict.Worst[1]:E1} {verdict.Worst[2]:E1}");
        verdict.Faults.ShouldBeEmpty(
            $"{verdict.Faults.Count} faults of {rule.Name}, such as\n{string.Join('\n', verdict.Faults.Take(12))}\n");
    }

    internal static IReadOnlyList<Check> Of(Type checks, Type rule) =>
        (IReadOnlyList<Check>)checks.MakeGenericType(rule).GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
