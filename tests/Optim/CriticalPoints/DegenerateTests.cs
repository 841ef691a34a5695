using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class DegenerateTests(ITestOutputHelper output)
{
    [Theory, MemberData(nameof(DegenerateCases.Names), MemberType = typeof(DegenerateCases))]
    public void The_origin_is_what_it_is(string name)
    {
        (Func<Var, Var, Var> f, CriticalPointKind kind) = DegenerateCases.All[name];
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(x => f(x[0], x[1])), [0, 0]);
        output.WriteLine(found.ToString());
        found.Kind.ShouldBe(kind);
        found.IsDegenerate.ShouldBeTrue();
        found.IsNonIsolated.ShouldBe(name == "x²y²");
    }

    [Theory, MemberData(nameof(DegenerateCases.Names), MemberType = typeof(DegenerateCases))]
    public void Beside_the_origin_the_verdict_is_never_wrong(string name)
    {
        (Func<Var, Var, Var> f, CriticalPointKind kind) = DegenerateCases.All[name];
        int undecided = 0, all = 0;
        foreach (double distance in new[] { 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2 })
        {
            for (int k = 0; k < 12; k++)
            {
                double angle = 0.3 + k * Math.PI / 6;
                CriticalPoint found = CriticalPoint.Classify(
                    Objective.Of(x => f(x[0], x[1])), [distance * Math.Cos(angle), distance * Math.Sin(angle)], new VerdictOptions { GradientTolerance = 1 });
                all++;
                if (found.Kind == CriticalPointKind.Undecided)
                    undecided++;
                if (found.Kind != kind)
                    output.WriteLine($"{distance} {angle}: {found}");
                if (found.Kind != CriticalPointKind.Undecided)
                    found.Kind.ShouldBe(kind, $"{distance} {angle}: {found}");
            }
        }
        output.WriteLine($"{undecided} of {all} undecided");
        if (kind != CriticalPointKind.Undecided)
            undecided.ShouldBe(0);
    }
}
