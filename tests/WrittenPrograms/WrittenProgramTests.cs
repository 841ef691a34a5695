using AutoDiff.Tests.House;
using Xunit.Abstractions;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>
/// Random programs, written from the public documentation alone: in every mode of the library, against nested dual numbers of this suite's
/// own. 500 in every test run, 10,000 by <c>eng/night programs</c>.
/// </summary>
public class WrittenProgramTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_mode_agrees_with_dual_arithmetic()
    {
        int wanted = Night.Programs(500), decided = 0, ambiguous = 0, refused = 0;
        long compared = 0, fine = 0, first = Night.Seed(1), seed = first;
        List<string> failures = [];
        for (; decided < wanted && failures.Count < 20; seed++)
        {
            Case c = Generator.Make(seed);
            Comparison result = Comparison.Of(c);
            compared += result.Compared;
            fine += result.Fine;
            refused += result.NotReplayable ? 1 : 0;
            if (result.Ambiguous)
                ambiguous++;
            else
                decided++;
            if (result.Found.Count > 0)
                failures.Add(Describe(c, result, shrink: failures.Count < 3));
        }
        string summary = FormattableString.Invariant(
            $"{decided} programs, seeds {first} to {seed - 1} ({ambiguous} more had a comparison within rounding, {refused} could not be compiled): {compared} numbers compared, {100.0 * fine / compared:F1} % of them to better than 1e-9; {failures.Count} programs failed.");
        output.WriteLine(summary);
        if (Night.IsOn)
            File.WriteAllText(Night.Report("programs.md"), summary + Environment.NewLine + string.Join(Environment.NewLine, failures));
        failures.ShouldBeEmpty(string.Join(Environment.NewLine, failures));
        fine.ShouldBeGreaterThan(compared * 95 / 100, "tolerances that see nothing");
    }

    private static string Describe(Case c, Comparison result, bool shrink)
    {
        string text = $"seed {c.Seed}: {string.Join("; ", result.Found)}";
        if (!shrink)
            return text;
        Case small = Shrinker.Shrink(c, result.Found[0].Mode);
        return $"{text}{Environment.NewLine}{CodeMachine.Print(small)}{Environment.NewLine}{string.Join("; ", Comparison.Of(small).Found)}";
    }

    public static TheoryData<string> Planted =>
        ["first derivative off by 1e-8", "a factor in a JVP", "a dropped term of a VJP", "curvature off by 1e-7"];

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_fault_is_found_and_shrunk(string fault)
    {
        (Func<Step, bool> touches, Action plant) = fault switch
        {
            "first derivative off by 1e-8" =>
                ((Func<Step, bool>)(s => s.Op is Op.CustomRule or Op.CustomRuleArray), (Action)(() => Faults.Bump = 1 + 1e-8)),
            "a factor in a JVP" => (s => s.Op == Op.CustomArray && s.Function % 3 == 0, () => Faults.Neighbours = 0.5),
            "a dropped term of a VJP" => (s => s.Op == Op.CustomArray && s.Function % 3 == 1, () => Faults.DropSelf = true),
            _ => (s => s.Op == Op.CustomArray && s.Function % 3 == 2, () => Faults.Curvature = 1 + 1e-7),
        };
        // Programs that do not fail without the fault, and that reach the rule.
        Case[] cases = [.. Enumerable.Range(1, 2000).Select(seed => Generator.Make(seed)).Where(c => c.Program.Steps.Any(touches)).Take(
            25)];
        Case? found = null;
        int seen = 0;
        try
        {
            foreach (Case c in cases)
            {
                plant();
                bool failed = Comparison.Of(c).Found.Count > 0;
                seen += failed ? 1 : 0;
                found ??= failed ? c : null;
            }
            seen.ShouldBeGreaterThanOrEqualTo(3, fault);
            string mode = Comparison.Of(found!).Found[0].Mode;
            Case small = Shrinker.Shrink(found!, mode, 250);
            output.WriteLine($"{seen} of {cases.Length}; shrunk:{Environment.NewLine}{CodeMachine.Print(small)}");
            small.Program.Steps.Count().ShouldBeLessThanOrEqualTo(4);
        }
        finally
        {
            Faults.Clear();
        }
        Comparison.Of(found!).Found.ShouldBeEmpty();
    }

    [Fact]
    public void A_seed_gives_the_same_program_each_time()
    {
        string Print(long seed) => CodeMachine.Print(Generator.Make(seed));
        for (long seed = 1; seed <= 50; seed++)
            Print(seed).ShouldBe(Print(seed));
    }

    [Fact]
    public void The_first_programs_have_operations_of_every_kind_and_arrays_of_every_length()
    {
        Case[] cases = [.. Enumerable.Range(1, 640).Select(seed => Generator.Make(seed))];
        Op[] used = [.. cases.SelectMany(c => c.Program.Steps).Select(s => s.Op).Distinct()];
        used.Length.ShouldBe(Enum.GetValues<Op>().Length);
        int[] lengths = [.. cases.SelectMany(c => c.Program.Lengths).Distinct()];
        foreach (int length in new[] { 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513,
            1000 })
            lengths.ShouldContain(length);
    }
}
