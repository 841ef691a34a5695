using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class KrylovDegenerateTests
{
    [Theory, MemberData(nameof(DegenerateCases.Names), MemberType = typeof(DegenerateCases))]
    public void Among_many_variables_Lanczos_never_judges_a_degenerate_point_wrongly(string name)
    {
        (Func<Var, Var, Var> f, CriticalPointKind kind) = DegenerateCases.All[name];
        if (kind == CriticalPointKind.Maximum)
            return;
        int decided = 0;
        foreach (double distance in new[] { 0, 1e-6, 1e-3 })
        {
            (Objective rotated, double[] origin) = Rotation.Of(300, y =>
            {
                Var sum = f(y[0], y[1]);
                for (int i = 2; i < y.Length; i++)
                    sum += (1 + i % 7) * y[i] * y[i];
                return sum;
            }, shift: 0);
            for (int i = 0; i < origin.Length; i++)
                origin[i] = distance * Math.Sin(i + 1) / Math.Sqrt(origin.Length);
            CriticalPoint found = CriticalPoint.Classify(rotated, origin, new VerdictOptions { GradientTolerance = 1, MaxProducts = 2000 });
            if (found.Kind != CriticalPointKind.Undecided)
                found.Kind.ShouldBe(kind, $"{distance}: {found}");
            if (distance == 0)
                found.Kind.ShouldBe(kind, $"{distance}: {found}");
            decided += found.Kind == kind ? 1 : 0;
        }
        decided.ShouldBeGreaterThan(0);
    }

    [Theory, InlineData("trust"), InlineData("lbfgs"), InlineData("gradient")]
    public void A_minimizer_started_on_a_saddle_leaves_it_and_ends_in_a_minimum(string method)
    {
        Minimizer minimizer = method switch
        {
            "trust" => new TrustRegionNewton(),
            "lbfgs" => new Lbfgs(),
            _ => new GradientDescent { LearningRate = 0.1 },
        };
        foreach (string name in new[] { "x² − y² + y⁴/4", "a maximum", "xy", "cosines" })
        {
            (Func<VarVector, Var> f, double[] x) = EscapeTests.Saddles[name];
            OptimizationResult result = minimizer.Minimize(Objective.Of(f), x);
            result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, $"{name}: {result}");
            result.Escapes.Count.ShouldBeGreaterThan(0);
            OptimizationResult kept = (minimizer with { EscapeSaddles = false }).Minimize(Objective.Of(f), x);
            kept.Verdict.Kind.ShouldBeOneOf(CriticalPointKind.Saddle, CriticalPointKind.Maximum);
        }
    }
}
