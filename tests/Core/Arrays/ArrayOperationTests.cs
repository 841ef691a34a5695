using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Tests.Core.Sweeps;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Every array operation in every sweep, against plain loops over hyper-dual numbers and against the reference
/// interpreter.</summary>
public sealed class ArrayOperationTests
{
    private const double Tolerance = 2e-12;

    private static readonly ArrayCase[] s_cases =
        [.. VectorCases.All.Concat(MatrixCases.All).Concat(DecompositionCases.All).SelectMany(c => new[] { c, c.Squared() })];

    private static readonly ILookup<string, ArrayCase> s_byMember =
        s_cases.SelectMany(c => c.Covers.Select(member => (member, c))).ToLookup(p => p.member, p => p.c);

    public static TheoryData<string> Members => [.. s_byMember.Select(g => g.Key).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_member_has_a_case() => ArrayMembers.All.Except(s_byMember.Select(g => g.Key)).ShouldBeEmpty();

    [Fact]
    public void Every_case_is_of_a_member() => s_byMember.Select(g => g.Key).Except(ArrayMembers.All).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Members))]
    public void Values(string member) => ForEach(member, c =>
    {
        using SweepHarness run = new(c.Recorded, c.X);
        Close(run.Value, [.. c.Plain([.. c.X.Select(x => (HyperDual)x)]).Select(y => y.A)], "value");
        Close(run.Reference(new double[run.Value.Length]).Value, run.Value, "reference");
        double[] other = [.. c.X.Select((x, i) => x * (1 + 0.01 * Math.Sin(i)))];
        Close(run.Replay(other), [.. c.Plain([.. other.Select(x => (HyperDual)x)]).Select(y => y.A)], "replay");
    });

    [Theory]
    [MemberData(nameof(Members))]
    public void Tangents(string member) => ForEach(member, c =>
    {
        double[][] v = Directions(c);
        using SweepHarness run = new(c.Recorded, c.X);
        double[] yBar = ArrayCase.Numbers(run.Value.Length, 7), expected = [.. Along(c, v[0], v[0]).Select(y => y.B)];
        Close(run.Tangent<Plain>(v[0]), expected, "plain");
        Close(run.Tangent<Absolute>(v[0]), expected, "absolute");
        Close(run.Reference(yBar, v[0]).Tangent, expected, "reference");
        double[][] eight = run.TangentOfEight(v);
        for (int k = 0; k < v.Length; k++)
            Close(eight[k], [.. Along(c, v[k], v[k]).Select(y => y.B)], $"direction {k} of eight");
    });

    [Theory]
    [MemberData(nameof(Members))]
    public void Adjoints(string member) => ForEach(member, c =>
    {
        using SweepHarness run = new(c.Recorded, c.X);
        double[] yBar = ArrayCase.Numbers(run.Value.Length, 7), v = Directions(c)[0];
        double[] expected = [.. Units(c).Select(e => Dot(yBar, Along(c, e, e).Select(y => y.B)))];
        Close(run.Adjoint<Plain>(yBar), expected, "plain");
        Close(run.Adjoint<Absolute>(yBar), expected, "absolute");
        Close(run.Reference(yBar).Adjoint, expected, "reference");
        Close([Dot(run.Adjoint<Plain>(yBar), v)], [Dot(yBar, run.Tangent<Plain>(v))], "⟨Jᵀȳ, ẋ⟩ = ⟨ȳ, Jẋ⟩");
    });

    [Theory]
    [MemberData(nameof(Members))]
    public void Hessian_vector_products(string member) => ForEach(member, c =>
    {
        double[][] v = Directions(c);
        using SweepHarness run = new(c.Recorded, c.X);
        double[] yBar = ArrayCase.Numbers(run.Value.Length, 7);
        double[] expected = [.. Units(c).Select(e => Dot(yBar, Along(c, e, v[0]).Select(y => y.D)))];
        Close(run.Hvp<Plain>(yBar, v[0]), expected, "plain");
        Close(run.Hvp<Absolute>(yBar, v[0]), expected, "absolute");
        Close(run.Reference(yBar, v[0]).Hvp, expected, "reference");
        Close([Dot(v[1], run.Hvp<Plain>(yBar, v[0]))], [Dot(v[0], run.Hvp<Plain>(yBar, v[1]))], "uᵀHv = vᵀHu");
        double[][] eight = run.HvpOfEight(yBar, v);
        for (int k = 0; k < v.Length; k++)
            Close(eight[k], run.Hvp<Plain>(yBar, v[k]), $"direction {k} of eight");
        run.BytesOfRepeatedHvp(yBar, v[0]).ShouldBe(0, "bytes allocated by a repeated product");
    });

    [Theory]
    [MemberData(nameof(Members))]
    public void Derivatives_recorded_in_an_outer_recording(string member) => ForEach(member, c =>
    {
        if (c.X.Length > 30)
            return; // Inner derivatives are recorded number by number; the short cases show as much.
        double[] v = Directions(c)[0];
        using SweepHarness run = new(c.Recorded, c.X);
        double[] yBar = ArrayCase.Numbers(run.Value.Length, 7), gradient = run.Adjoint<Plain>(yBar), hv = run.Hvp<Plain>(yBar, v);
        Objective inner = Objective.Of(x => c.Recorded(x).Dot(yBar));
        using SweepHarness byGradient = new(x => VarVector.Of(inner.Gradient(x).Dot(v)), c.X);
        Close(byGradient.Value, [Dot(gradient, v)], "inner gradient");
        Close(byGradient.Adjoint<Plain>([1]), hv, "gradient of the inner gradient");
        using SweepHarness byProduct = new(x => VarVector.Of(inner.Hvp(x, v).Dot(v)), c.X);
        Close(byProduct.Value, [Dot(hv, v)], "inner product");
        Close(byProduct.Adjoint<Plain>([1]), byGradient.Hvp<Plain>([1], v), "gradient of vᵀHv");
    });

    private static void ForEach(string member, Action<ArrayCase> check)
    {
        List<string> failures = [];
        foreach (ArrayCase c in s_byMember[member])
        {
            try
            {
                check(c);
            }
            catch (Exception e)
            {
                failures.Add($"{c.Name}: {e.Message}");
            }
        }
        failures.ShouldBeEmpty();
    }

    private static HyperDual[] Along(ArrayCase c, double[] first, double[] second) =>
        c.Plain([.. c.X.Select((x, i) => new HyperDual(x, first[i], second[i]))]);

    private static double[][] Directions(ArrayCase c) =>
        [.. Enumerable.Range(10, Eight.Count).Select(seed => ArrayCase.Numbers(c.X.Length, seed))];

    private static IEnumerable<double[]> Units(ArrayCase c)
    {
        for (int i = 0; i < c.X.Length; i++)
        {
            double[] unit = new double[c.X.Length];
            unit[i] = 1;
            yield return unit;
        }
    }

    private static double Dot(IEnumerable<double> x, IEnumerable<double> y) => x.Zip(y, (a, b) => a * b).Sum();

    private static void Close(double[] actual, double[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        double scale = expected.Aggregate(1.0, (largest, x) => Math.Max(largest, Math.Abs(x)));
        for (int i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * scale))
                Assert.Fail($"{what}: element {i} is {actual[i]:R} and should be {expected[i]:R}, to {Tolerance * scale:g2}.");
        }
    }
}
