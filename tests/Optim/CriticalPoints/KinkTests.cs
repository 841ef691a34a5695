using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>By the conventions for kinks the derivatives at one may be those of a smooth extremum. f tells otherwise.</summary>
public class KinkTests
{
    public static TheoryData<string> Kinks() => [.. s_kinks.Keys];

    private static readonly Dictionary<string, (Objective F, double[] X)> s_kinks = new()
    {
        ["x² + y² − |x|"] = (Objective.Of(x => x[0] * x[0] + x[1] * x[1] - Math.Abs(x[0])), [0, 0]),
        ["a jump to the right"] = (Objective.Of(x => x[0].Value > 0 ? x[0] * x[0] - 1 : x[0] * x[0]), [0]),
        ["x² + (y − 3)² − |x + y − 3|"] = (Objective.Of(x => x[0] * x[0] + (x[1] - 3) * (x[1] - 3) - Math.Abs(x[0] + x[1] - 3)), [0, 3]),
    };

    [Theory, MemberData(nameof(Kinks))]
    public void A_kink_is_no_proven_extremum(string name)
    {
        (Objective f, double[] x) = s_kinks[name];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            CriticalPoint point = CriticalPoint.Classify(f, x, seed: seed);
            point.Kind.ShouldNotBe(CriticalPointKind.Minimum, point.ToString());
            point.Kind.ShouldNotBe(CriticalPointKind.Maximum, point.ToString());
        }
    }

    [Fact]
    public void Smooth_minima_keep_their_verdict()
    {
        Objective kinkElsewhere = Objective.Of(x => x[0] * x[0] + Math.Abs(x[0] - 1e-3));
        CriticalPoint.Classify(Objective.Of(x => x[0] * x[0] + Math.Abs(x[1]) + x[1] * x[1]), [0, 0]).Kind.ShouldBe(
            CriticalPointKind.Minimum);
        CriticalPoint.Classify(kinkElsewhere, [0.5]).Kind.ShouldBe(CriticalPointKind.NotCritical);
        foreach (double offset in (double[])[0, 1, 1e6])
            CriticalPoint.Classify(Objective.Of(x => offset + Math.Cosh(x[0]) + (x[1] - 2) * (x[1] - 2)), [0, 2]).Kind.ShouldBe(
                CriticalPointKind.Minimum, $"{offset}");
    }
}
