using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>What third and fourth order decide, how far it is proven, what is said of it, and where it leads: on functions whose kind,
/// proof and minimizers are known by hand.</summary>
public class HigherOrderTests
{
    public static TheoryData<string> Names => [.. s_cases.Keys];

    private const CriticalPointProof Proven = CriticalPointProof.Proven, Numerical = CriticalPointProof.Numerical, None = CriticalPointProof.None;

    // Kind, proof, and what the evidence has to say; of −f everything is the other way round.
    private static readonly Dictionary<string, (int N, Func<VarVector, Var> F, CriticalPointKind Kind, CriticalPointProof Proof, string Says, string Opposite)>
        s_cases = new()
        {
            ["x³ + y²"] = (2, x => Cube(x[0]) + Math.Square(x[1]), CriticalPointKind.Saddle, Proven, "lower", "higher"),
            ["y² − x³"] = (2, x => Math.Square(x[1]) - Cube(x[0]), CriticalPointKind.Saddle, Proven, "lower", "higher"),
            ["x³"] = (1, x => Cube(x[0]), CriticalPointKind.Saddle, Proven, "the null direction", "the null direction"),
            ["x³ + xy²"] = (2, x => Cube(x[0]) + x[0] * Math.Square(x[1]), CriticalPointKind.Saddle, Proven, "2 null directions", "third derivative"),
            ["y² − x⁴"] = (2, x => Math.Square(x[1]) - Math.Pow(x[0], 4), CriticalPointKind.Saddle, Proven, "lower", "higher"),
            ["y² + x⁴"] = (2, x => Math.Square(x[1]) + Math.Pow(x[0], 4), CriticalPointKind.Minimum, Proven, "f rises in all of them, as f does", "f falls in all of them, as f does"),
            ["x⁴ − y⁴"] = (2, x => Math.Pow(x[0], 4) - Math.Pow(x[1], 4), CriticalPointKind.Saddle, Proven, "2 null directions", "as it says"),
            ["x⁴ + y⁴"] = (2, x => Math.Pow(x[0], 4) + Math.Pow(x[1], 4), CriticalPointKind.Minimum, Proven, "f rises", "f falls"),
            ["x⁴ + y⁴ + z⁴"] = (3, x => Math.Pow(x[0], 4) + Math.Pow(x[1], 4) + Math.Pow(x[2], 4), CriticalPointKind.Minimum, Proven,
                "sum of squares", "sum of squares"),
            // M. D. Choi and T. Y. Lam, Math. Ann. 231, 1977: nonnegative and no sum of squares; lifted a little off its zeros it is positive.
            ["Choi and Lam"] = (4, ChoiLam, CriticalPointKind.Minimum, Numerical, "numerical search", "numerical search"),
            ["1 + 1e-20·x⁴ + y²"] = (2, x => 1 + 1e-20 * Math.Pow(x[0], 4) + Math.Square(x[1]), CriticalPointKind.Minimum, Proven,
                "f rises", "f falls"),
        };

    [Theory, MemberData(nameof(Names))]
    public void Kind_and_proof_are_those_known_and_turn_with_the_sign(string name)
    {
        var (n, f, kind, proof, says, opposite) = s_cases[name];
        double[] origin = new double[n];
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(f), origin), turned = CriticalPoint.Classify(Objective.Of(x => -f(x)), origin);
        (found.Kind, found.Proof, found.IsDegenerate).ShouldBe((kind, proof, true), found.ToString());
        found.Evidence.ShouldContain(says);
        CriticalPointKind other = kind == CriticalPointKind.Minimum ? CriticalPointKind.Maximum : kind;
        (turned.Kind, turned.Proof, turned.IsDegenerate).ShouldBe((other, proof, true), turned.ToString());
        turned.Evidence.ShouldContain(opposite);
    }

    // The origin is left to the side to which f falls, and stays left: each f has its minima where the last terms say.
    [Theory]
    [InlineData("x³ + x⁴ + y²", -0.75), InlineData("x⁴ − x³ + y²", 0.75)]
    [InlineData("x³ + x⁴", -0.75), InlineData("x⁴ − x³", 0.75)]
    [InlineData("x⁶ − x⁴ + y²", 0.816496580927726), InlineData("x⁶ − x⁴", 0.816496580927726)]
    public void A_run_leaves_the_origin_downhill(string name, double x)
    {
        Objective f = Objective.Of(v => name switch
        {
            "x³ + x⁴ + y²" => Cube(v[0]) + Math.Pow(v[0], 4) + Math.Square(v[1]),
            "x⁴ − x³ + y²" => Math.Pow(v[0], 4) - Cube(v[0]) + Math.Square(v[1]),
            "x³ + x⁴" => Cube(v[0]) + Math.Pow(v[0], 4),
            "x⁴ − x³" => Math.Pow(v[0], 4) - Cube(v[0]),
            "x⁶ − x⁴ + y²" => Math.Pow(v[0], 6) - Math.Pow(v[0], 4) + Math.Square(v[1]),
            _ => Math.Pow(v[0], 6) - Math.Pow(v[0], 4),
        });
        OptimizationResult found = new TrustRegionNewton().Minimize(f, new double[name.Contains('y') ? 2 : 1]);
        found.IsConverged.ShouldBeTrue(found.ToString());
        found.Escapes.Count.ShouldBe(1, found.ToString());
        (name[1] == '⁶' ? Math.Abs(found.X[0]) : found.X[0]).ShouldBe(x, 1e-8);
        (found.Verdict.Kind, found.Verdict.Proof).ShouldBe((CriticalPointKind.Minimum, Proven));
    }

    // A maximum is left along the direction in which f falls least; beside a fourth power of any size curvature decides nothing.
    [Fact]
    public void A_degenerate_maximum_is_left()
    {
        Objective f = Objective.Of(x => Math.Pow(x[0], 6) - Math.Pow(x[0], 4) + Math.Pow(x[1], 6) - 2 * Math.Pow(x[1], 4));
        OptimizationResult found = new TrustRegionNewton().Minimize(f, [0, 0]);
        found.Escapes.Count.ShouldBeGreaterThan(0, found.ToString());
        (Math.Abs(found.X[0]), Math.Abs(found.X[1])).ShouldSatisfyAllConditions(
            at => at.Item1.ShouldBe(Math.Sqrt(2.0 / 3), 1e-8), at => at.Item2.ShouldBe(Math.Sqrt(4.0 / 3), 1e-8));
    }

    // Where rounding hides f, its derivatives alone claim nothing: beside 1 a power of 1e-300 is not to be seen.
    [Theory]
    [InlineData(1), InlineData(-1)]
    public void What_f_does_not_bear_out_is_undecided(int sign)
    {
        Objective f = Objective.Of(x => 1 + sign * (Math.Square(x[1]) + (Math.Cos(x[0]) - 1 + 0.5 * Math.Square(x[0])) * 1e-18));
        CriticalPoint found = CriticalPoint.Classify(f, [0, 0]);
        (found.Kind, found.Proof).ShouldBe((CriticalPointKind.Undecided, None), found.ToString());
        found.Evidence.ShouldContain("does not bear it out");
    }

    private static Var Cube(Var x) => x * x * x;

    private static Var ChoiLam(VarVector x)
    {
        Var a = Math.Square(x[0]), b = Math.Square(x[1]), c = Math.Square(x[2]), w = x[3], sum = 0;
        for (int i = 0; i < 4; i++)
            sum += Math.Pow(x[i], 4);
        return w * w * w * w + a * b + b * c + c * a - 4 * x[0] * x[1] * x[2] * w + 0.001 * sum;
    }
}
