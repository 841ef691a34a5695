using AutoDiff.Lambdas;
using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class KnownInertiaTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. KnownInertia.All.Select(point => point.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_known_point_is_never_judged_wrongly(string name)
    {
        KnownInertia known = KnownInertia.Get(name);
        foreach (int denseLimit in new[] { 0, 300 })
        {
            CriticalPoint found = CriticalPoint.Classify(
                known.Objective, known.Point, new VerdictOptions { DenseLimit = denseLimit, GradientTolerance = 1e-6 });
            output.WriteLine($"{known.Kind} by order {known.DecidingOrder}, dense limit {denseLimit}: {found}");
            if (found.Kind != CriticalPointKind.Undecided)
                (found.ZeroModes > 0 && found.Kind == CriticalPointKind.Minimum ? "NonIsolatedMinimum" : found.Kind.ToString()).ShouldBe(
                    known.Kind.ToString(), found.ToString());
            else if (denseLimit > 0 && known.DecidingOrder is (3 or 4))
                Assert.Fail($"Third and fourth order decide it. {found}");
            else if (denseLimit > 0 && known.DecidingOrder is 2)
                Math.Abs(known.SmallestEigenvalue).ShouldBeLessThan(10 * found.LowestEigenvalueError, found.ToString());
        }
    }
}
