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
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(x => x[0] - 7 * x[0] * x[0] + curvature * (x[1] - 3) * (x[1] - 3)), [0, 3], bounds: Box);
        found.Kind.ShouldBe(kind, found.ToString());
        found.LowestEigenvalue.ShouldBe(2 * curvature, 1e-12);
        found.LowestDirection[0].ShouldBe(0);
    }

    [Theory, InlineData(1.0, 0.0, CriticalPointKind.Minimum), InlineData(-1.0, 0.0, CriticalPointKind.Saddle), InlineData(1.0, 3.0, CriticalPointKind.Saddle)]
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
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(x => -x[0] * x[0] + x[1] * x[1]), [2, 0], bounds: new Bounds([2, -1], [2, 1]));
        found.Kind.ShouldBe(CriticalPointKind.Minimum, found.ToString());
    }

    [Fact]
    public void A_degenerate_face_is_decided_by_higher_orders()
    {
        Bounds bounds = new([0, -9, -9], [9, 9, 9]);
        foreach ((double quartic, CriticalPointKind kind) in new[] { (1.0, CriticalPointKind.Minimum), (-1.0, CriticalPointKind.Saddle) })
        {
            CriticalPoint found = CriticalPoint.Classify(Objective.Of(x => x[0] * (1 + x[1]) + x[1] * x[1] + quartic * x[2] * x[2] * x[2] * x[2]), [0, 0, 0], bounds: bounds);
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
}
