using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class BoundsTests
{
    private static readonly Bounds Box = Bounds.Box(2, 0, 10);

    [Fact]
    public void A_vertex_held_by_its_multipliers_is_a_proven_minimum()
    {
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(x => x[0] + 2 * x[1] - 5 * x[0] * x[1]), [0, 0], bounds: Box);
        found.Kind.ShouldBe(CriticalPointKind.Minimum, found.ToString());
        found.Proof.ShouldBe(CriticalPointProof.Proven);
        found.GradientNorm.ShouldBe(0);
    }

    [Theory, InlineData(1.0, CriticalPointKind.Minimum), InlineData(-1.0, CriticalPointKind.Saddle)]
    public void Variables_held_by_their_multipliers_do_not_count(double curvature, CriticalPointKind kind)
    {
        // The first is held at 0 though f curves downwards in it; the second is free at 3.
        CriticalPoint found = CriticalPoint.Classify(
            Objective.Of(x => x[0] - 7 * x[0] * x[0] + curvature * (x[1] - 3) * (x[1] - 3)), [0, 3], bounds: Box);
        found.Kind.ShouldBe(kind, found.ToString());
        found.LowestEigenvalue.ShouldBe(2 * curvature, 1e-12);
        found.LowestDirection[0].ShouldBe(0);
    }

    [Theory, InlineData(1.0, 0.0, CriticalPointKind.Minimum), InlineData(-1.0, 0.0, CriticalPointKind.Saddle),
        InlineData(1.0, 3.0, CriticalPointKind.Saddle)]
    public void Zero_multipliers_are_a_minimum_only_if_f_curves_upwards_in_them_too(double curvature, double mixed, CriticalPointKind kind)
    {
        CriticalPoint found = CriticalPoint.Classify(
            Objective.Of(x => curvature * x[0] * x[0] + (x[1] - 3) * (x[1] - 3) + mixed * x[0] * (x[1] - 3)), [0, 3], bounds: Box);
        found.Kind.ShouldBe(kind, found.ToString());
    }

    [Fact]
    public void A_multiplier_of_the_wrong_sign_is_not_critical()
    {
        CriticalPoint.Classify(Objective.Of(x => -x[0] + x[1]), [0, 0], bounds: Box).Kind.ShouldBe(CriticalPointKind.NotCritical);
    }

    [Fact]
    public void Variables_without_room_between_their_bounds_are_none()
    {
        CriticalPoint found = CriticalPoint.Classify(
            Objective.Of(x => -x[0] * x[0] + x[1] * x[1]), [2, 0], bounds: new Bounds([2, -1], [2, 1]));
        found.Kind.ShouldBe(CriticalPointKind.Minimum, found.ToString());
    }

    [Fact]
    public void A_degenerate_face_is_decided_by_higher_orders()
    {
        Bounds bounds = new([0, -9, -9], [9, 9, 9]);
        foreach ((double quartic, CriticalPointKind kind) in new[] { (1.0, CriticalPointKind.Minimum), (-1.0, CriticalPointKind.Saddle) })
        {
            CriticalPoint found = CriticalPoint.Classify(
                Objective.Of(x => x[0] * (1 + x[1]) + x[1] * x[1] + quartic * x[2] * x[2] * x[2] * x[2]), [0, 0, 0], bounds: bounds);
            found.Kind.ShouldBe(kind, found.ToString());
            found.IsDegenerate.ShouldBeTrue();
        }
    }

    [Fact]
    public void Points_outside_and_bounds_of_another_length_are_refused()
    {
        Should.Throw<ArgumentException>(() => CriticalPoint.Classify(Objective.Of(x => x[0]), [-1, 0], bounds: Box));
        Should.Throw<ShapeMismatchException>(() => CriticalPoint.Classify(Objective.Of(x => x[0]), [1.0], bounds: Box));
    }

    [Fact]
    public void Directions_that_lead_into_the_bounds_decide()
    {
        // t = x₀, s = x₁ ≥ 0 with zero multipliers, y = x₂ free; minimizing over y by hand leaves a function of t and s.
        (string Name, Func<Var, Var, Var, Var> F, bool? IsMinimum)[] cases =
        [
            ("ts + t³ + s³", (t, s, y) => t * s + t * t * t + s * s * s + y * y, true),
            ("ts + t³ − s³", (t, s, y) => t * s + t * t * t - s * s * s + y * y, false),
            ("ts + t⁴ + s³, bent", (t, s, y) => t * s + Math.Pow(t, 4) + s * s * s + Square(y - t), true),
            ("t² + s² + 5ts", (t, s, y) => t * t + s * s + 5 * t * s + y * y, true),
            ("t² + s² − 2.01ts", (t, s, y) => t * t + s * s - 2.01 * t * s + y * y, false),
            ("(t − s)² + t³: along t = s it rises", (t, s, y) => Square(t - s) + t * t * t + y * y, true),
            ("(t − s)² − t³", (t, s, y) => Square(t - s) - t * t * t + y * y, false),
            ("(y − t²)(y − 2t²) + s², falls between the parabolas", (t, s, y) => (y - t * t) * (y - 2 * t * t) + s * s, false),
            ("y² − 2yt² + 1.5t⁴, over y 0.5t⁴", (t, s, y) => y * y - 2 * y * t * t + 1.5 * Math.Pow(t, 4) + s * s, true),
            ("y² − 2yt² + 0.5t⁴, over y −0.5t⁴", (t, s, y) => y * y - 2 * y * t * t + 0.5 * Math.Pow(t, 4) + s * s, false),
            ("ts alone is level along both axes", (t, s, y) => t * s + y * y, null),
        ];
        foreach ((string name, Func<Var, Var, Var, Var> f, bool? isMinimum) in cases)
        {
            foreach (double scale in (ReadOnlySpan<double>)[1, 1e-9, 1e9])
            {
                CriticalPoint found = CriticalPoint.Classify(
                    Objective.Of(x => scale * f(x[0], 3 - x[1], x[2])), [0, 3, 0], bounds: new Bounds([0, -1, -9], [9, 3, 9]));
                found.Kind.ShouldBe(found.IsNoMinimum ? found.Kind : isMinimum == true ? CriticalPointKind.Minimum
                    : CriticalPointKind.Undecided, $"{name}: {found}");
                found.IsNoMinimum.ShouldBe(isMinimum == false, $"{name}: {found}");
            }
        }
    }

    [Theory, InlineData(1e-9), InlineData(1e-6), InlineData(1e-4)]
    public void Beside_a_bound_the_verdict_is_that_on_it(double beside)
    {
        // x is brought onto the bounds that the gradient or Newton's steps lead to, and no others.
        Bounds bounds = new([0, 0, -9], [9, 9, 9]);
        CriticalPoint pushed =
            CriticalPoint.Classify(
            Objective.Of(x => x[0] - 5 * x[0] * x[0] + x[1] + x[2] * x[2]), [beside, 0, beside],
            new VerdictOptions { GradientTolerance = 1e-2 }, bounds);
        pushed.Kind.ShouldBe(CriticalPointKind.Minimum, pushed.ToString());
        pushed.X.ShouldBe([0, 0, 0]);
        CriticalPoint weak = CriticalPoint.Classify(
            Objective.Of(x => x[0] * x[0] + 4 * x[0] * x[1] + x[1] * x[1] + x[2] * x[2]), [beside, 2 * beside, 0],
            new VerdictOptions { GradientTolerance = 1e-2 }, bounds);
        weak.Kind.ShouldBe(CriticalPointKind.Minimum, weak.ToString());
        weak.X.ShouldBe([0, 0, 0]);
        CriticalPoint inner = CriticalPoint.Classify(
            Objective.Of(x => Square(x[0] - 1e-3) + Square(x[1] - 1) + x[2] * x[2]), [1e-3 + beside, 1, 0],
            new VerdictOptions { GradientTolerance = 1e-2 }, bounds);
        inner.Kind.ShouldBe(CriticalPointKind.Minimum, inner.ToString());
        inner.X[0].ShouldBe(1e-3, 1e-12);
    }

    private static Var Square(Var x) => x * x;
}
