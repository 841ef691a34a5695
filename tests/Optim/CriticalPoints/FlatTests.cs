using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>Curves of critical points, and isolated points so flat that they look like one.</summary>
public class FlatTests
{
    public static TheoryData<int> Powers() => [6, 7, 8, 9, 10, 12, 15, 20, 30, 40];

    [Theory, MemberData(nameof(Powers))]
    public void A_point_of_high_order_is_no_curve_and_no_wrong_extremum(int power)
    {
        foreach (double x in (double[])[0, 0.1, 0.2, 0.3, 0.5])
        {
            foreach (double scale in (double[])[1, 1e-8, 1e6])
            {
                Objective alone = Objective.Of(v => scale * Math.Pow(v[0], power)),
                    beside = Objective.Of(v => scale * (Math.Pow(v[0], power) + v[1] * v[1]));
                Objective rotated = Objective.Of(
                    v => scale * (5 + Math.Pow(0.6 * v[0] + 0.8 * v[1], power) + 3 * Square(0.8 * v[0] - 0.6 * v[1])));
                Check(alone, [x]);
                Check(beside, [x, 0.01]);
                Check(rotated, [0.6 * x, 0.8 * x]);
            }
        }

        void Check(Objective f, double[] x)
        {
            CriticalPoint found = CriticalPoint.Classify(f, x, new VerdictOptions { GradientTolerance = double.MaxValue });
            found.IsNonIsolated.ShouldBeFalse(found.ToString());
            found.Kind.ShouldBeOneOf(
                [CriticalPointKind.Undecided, power % 2 == 0 ? CriticalPointKind.Minimum : CriticalPointKind.Saddle], found.ToString());
        }
    }

    [Fact]
    public void The_kinked_cubic_and_faint_curvature_are_no_curves()
    {
        foreach ((Objective f, double[] x) in ((Objective, double[])[])
        [
            (Objective.Of(x => x[0] * Math.Abs(x[0])), [0]),
            (Objective.Of(x => x[0] * Math.Abs(x[0]) + x[1] * x[1]), [0, 0]),
            (Objective.Of(x => -2.8e-305 * x[0] * x[0] + 1.2e-313 * x[0] * x[1] + 4 * x[1] * x[1]), [0, 0]),
            (Objective.Of(x => 1e-30 * DegenerateCases.Fourth(x[0]) + x[1] * x[1]), [0, 0]),
        ])
        {
            CriticalPoint found = CriticalPoint.Classify(f, x);
            found.IsNonIsolated.ShouldBeFalse(found.ToString());
            found.Kind.ShouldNotBe(CriticalPointKind.Maximum, found.ToString());
        }
    }

    [Fact]
    public void Curves_of_critical_points_are_followed()
    {
        foreach ((string name, Objective f, double[] x) in ((string, Objective, double[])[])
        [
            ("cross at 0", Objective.Of(x => x[0] * x[0] * x[1] * x[1]), [0, 0]),
            ("cross", Objective.Of(x => x[0] * x[0] * x[1] * x[1]), [-3, 1e-10]),
            ("hyperbola", Objective.Of(x => Square(x[0] * x[1] - 1)), [1, 1]),
            ("hyperbola, far", Objective.Of(x => Square(x[0] * x[1] - 1)), [20, 0.05]),
            ("ring", Objective.Of(x => Square(x[0] * x[0] + x[1] * x[1] - 1)), [0.6, 0.8]),
            ("small ring", Objective.Of(x => Square(x[0] * x[0] + x[1] * x[1] - 0.01)), [0.06, 0.08]),
            ("sphere", Objective.Of(x => Square(x.SquaredNorm() - 4)), [2, 0, 0]),
            ("line", Objective.Of(x => Square(x[0] + 2 * x[1] - 3)), [1, 1]),
            ("parabola", Objective.Of(x => Square(x[1] - x[0] * x[0])), [1, 1]),
            ("a variable that does not matter", Objective.Of(x => x[0] * x[0] + 0 * x[1]), [0, 3]),
        ])
            CriticalPoint.Classify(f, x).IsNonIsolated.ShouldBeTrue(name);
    }

    [Fact]
    public void Negative_curvature_beside_zero_modes_rules_a_minimum_out_and_is_left()
    {
        Objective cosines = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 5; i++)
            {
                for (int j = 0; j < i; j++)
                    sum += Math.Cos(x[i] - x[j]);
            }
            return sum;
        });
        foreach ((Objective f, int n, double lowest) in ((Objective, int, double)[])
        [
            (Objective.Of(x => DegenerateCases.Fourth(x[0]) - x[0] * x[0] + 0 * x[1]), 2, -0.25), (cosines, 5, -2.5),
            (Objective.Of(x => Square(x[0] * x[0] - 1) + Math.Pow(x[1], 6)), 2, 0),
        ])
        {
            CriticalPoint found = CriticalPoint.Classify(f, new double[n]);
            found.Kind.ShouldNotBe(CriticalPointKind.Minimum, found.ToString());
            found.IsNoMinimum.ShouldBeTrue(found.ToString());
            foreach (Minimizer method in (Minimizer[])[new TrustRegionNewton(), new Lbfgs()])
            {
                OptimizationResult result = method.Minimize(f, new double[n]);
                result.Value.ShouldBe(lowest, 1e-8, result.ToString());
                result.Verdict.IsNoMinimum.ShouldBeFalse(result.ToString());
            }
        }
    }

    private static Var Square(Var x) => x * x;
}
