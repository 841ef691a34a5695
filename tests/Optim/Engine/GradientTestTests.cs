using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>The default gradient test knows no units of f, and ends of runs are what they are called.</summary>
public class GradientTestTests
{
    // Those whose steps do not follow the gradient's own size.
    public static TheoryData<string> Searching =>
        ["TrustRegionNewton", "CubicRegularization", "SaddleFreeNewton", "Newton", "Lbfgs", "NonlinearConjugateGradient"];

    private static double[] WoodStart => [-3, -1, -3, -1];

    [Theory, MemberData(nameof(Searching))]
    public void Powers_of_two_take_the_same_path_to_the_same_verdict(string name)
    {
        foreach ((Func<VarVector, Var> f, double[] start) in (
            (Func<VarVector, Var>, double[])[])[(Wood, WoodStart), (Fall, [0.3, 0.4]), (Ridge, [0, 0])])
        {
            OptimizationResult plain = Methods.Of(name).Minimize(Objective.Of(f), start);
            foreach (int power in (ReadOnlySpan<int>)[40, -40, 300, -300])
            {
                OptimizationResult scaled = Methods.Of(name).Minimize(Objective.Of(x => Math.ScaleB(1, power) * f(x)), start);
                ShouldTakeTheSamePath(scaled, plain, power);
            }
        }
    }

    [Theory, MemberData(nameof(Searching))]
    public void A_small_function_is_minimized_as_a_large_one_is(string name)
    {
        foreach (double scale in (ReadOnlySpan<double>)[1e-9, 1e-10, 1e-12, 1e-14, 1e10])
        {
            OptimizationResult result = Methods.Of(name).Minimize(Objective.Of(x => scale * Wood(x)), WoodStart);
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.Value.ShouldBeLessThan(1e-12 * scale, result.ToString());
            result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
        }
    }

    [Theory, MemberData(nameof(Searching))]
    public void A_narrow_valley_is_not_taken_for_a_minimum_on_the_way_into_it(string name)
    {
        foreach (double steep in (ReadOnlySpan<double>)[1e4, 1e6])
        {
            OptimizationResult result = (Methods.Of(name) with { Certify = false }).Minimize(
                Objective.Of(x => steep * Square(x[1] - Square(x[0])) + Square(1 - x[0])), [-1.2, 3.0]);
            if (result.IsConverged)
                result.Value.ShouldBeLessThan(1e-8, result.ToString());
        }
    }

    [Theory, InlineData("TrustRegionNewton"), InlineData("Lbfgs")]
    public void A_root_at_its_bound_is_followed_to_it(string name)
    {
        // The slope of x^p at 0 is infinite; the bound holds what it pushes onto it.
        foreach ((Func<VarVector, Var> f, double[] start, double[] end) in ((Func<VarVector, Var>, double[], double[])[])[
            (x => Math.Sqrt(x[0]), [1], [0]), (x => Math.Pow(x[0], 0.3), [5], [0]), (x => 1e-9 * Math.Sqrt(3 - x[0]), [1], [3]),
            (x => Math.Sqrt(x[0]) + Square(x[1] - 2), [1, 0], [0, 2]),
                (x => Math.Sqrt(x[0]) + 2 * Math.Sqrt(x[1]) + Square(x[2] - x[0] - 1), [1, 2, 3], [0, 0, 1])])
        {
            OptimizationResult result =
                ((BoundedMinimizer)Methods.Of(name)).Minimize(Objective.Of(f), start, Bounds.Box(start.Length, 0, 3));
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.Value.ShouldBeLessThan(1e-12, result.ToString());
            result.LowerPointSeen.ShouldBeNull(result.ToString());
            for (int i = 0; i < end.Length; i++)
                result.X[i].ShouldBe(end[i], 1e-6, result.ToString());
        }
    }

    [Theory, MemberData(nameof(Searching))]
    public void A_fall_without_end_is_called_unbounded(string name)
    {
        foreach ((Func<VarVector, Var> f, double[] start) in ((Func<VarVector, Var>, double[])[])[
            (x => x[0] + x[1] + 0.5 * Math.Cos(x[0] - x[1]), [0, 1]), (x => 1e-9 * (x[0] + x[1] + 0.5 * Math.Cos(x[0] - x[1])), [0.3, 0.2]),
            (x => x[0] - 2 * x[1] + 0.1 * Square(x[0] + 0.5 * x[1]), [0.3, 0.2]),
                (x => -x[0] + Square(x[1]) + Math.Cos(3 * x[1]), [0.3, 0.2]),
            (x => x.Sum() + 0.5 * Math.Cos(x[..^1] - x[1..]).Sum(), [0, 0.1, 2, -1, 3, 0.5])])
        {
            OptimizationResult result = Methods.Of(name).Minimize(Objective.Of(f), start);
            result.Status.ShouldBe(OptimizationStatus.Unbounded, result.ToString());
        }
    }

    [Theory, InlineData(5), InlineData(30), InlineData(60)]
    public void Newton_does_not_run_along_a_scale_that_f_knows_nothing_of(int n)
    {
        VarVector weights = Enumerable.Range(1, n).Select(i => (double)i).ToArray();
        double[] start = [.. Enumerable.Range(0, n).Select(i => 1 + System.Math.Sin(i))];
        foreach (Func<VarVector, Var> f in (
            Func<VarVector, Var>[])[x =>
            weights.Dot(x * x) / x.SquaredNorm(), x => Math.Log(weights.Dot(x * x)) - Math.Log(x.SquaredNorm()) + 1])
        {
            OptimizationResult result = new Newton().Minimize(Objective.Of(f), start);
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.Value.ShouldBe(1, 1e-10, result.ToString());
            result.X.Max(System.Math.Abs).ShouldBeLessThan(1e5, result.ToString());
        }
    }

    // Steps of these are multiples of the gradient, or of the gradient over ε more than its size.
    [Theory, InlineData("GradientDescent"), InlineData("HeavyBall"), InlineData("Momentum"), InlineData("Nesterov"),
        InlineData("PerturbedGradientDescent"),
        InlineData("Adam"), InlineData("AdamW"), InlineData("RmsProp")]
    public void Steps_by_learning_rate_take_the_same_path_once_their_units_are_changed_too(string name)
    {
        foreach ((Func<VarVector, Var> f, double[] start) in ((Func<VarVector, Var>, double[])[])[(Fall, [0.3, 0.4]), (Ridge, [0, 0])])
        {
            OptimizationResult plain = Run(0);
            foreach (int power in (ReadOnlySpan<int>)[40, -40, 100])
            {
                OptimizationResult scaled = Run(power);
                ShouldTakeTheSamePath(scaled, plain, power);
            }

            OptimizationResult Run(int power)
            {
                double unit = Math.ScaleB(1, power);
                Minimizer method = (FirstOrderMinimizer)Methods.Of(name) switch
                {
                    Adam adam => adam with { Epsilon = adam.Epsilon * unit, MaxIterations = 20_000 },
                    AdamW adam => adam with { Epsilon = adam.Epsilon * unit, MaxIterations = 20_000 },
                    RmsProp rms => rms with { Epsilon = rms.Epsilon * unit, MaxIterations = 20_000 },
                    PerturbedGradientDescent walk =>
                        walk with { LearningRate = walk.LearningRate / unit, GradientThreshold = walk.GradientThreshold * unit,
                        MaxIterations = 20_000 },
                    FirstOrderMinimizer other => other with { LearningRate = other.LearningRate / unit, MaxIterations = 20_000 },
                };
                return method.Minimize(Objective.Of(x => unit * f(x)), start);
            }
        }
    }

    [Fact]
    public void Least_squares_know_no_unit_of_the_residuals()
    {
        foreach ((Func<VarVector, VarVector> r, double[] start) in ((Func<VarVector, VarVector>, double[])[])[
            (x => VarVector.Of(10 * (x[1] - Square(x[0])), 1 - x[0]), [-1.2, 1]),
            (x => VarVector.Of(x[0] * x[0] - 1, 0.5 * x[1]), [0, 0.3]),
            (x => VarVector.Of(x[0] + 2 * x[1] - 3, x[0] + 3 * x[1] - 4.5, x[0] + 4 * x[1] - 5), [7, 0])])
        {
            OptimizationResult plain = new LevenbergMarquardt().Minimize(VectorFunction.Of(r), start);
            foreach (int power in (ReadOnlySpan<int>)[40, -40, 300, -300])
            {
                OptimizationResult scaled = new LevenbergMarquardt().Minimize(VectorFunction.Of(x => Math.ScaleB(1, power) * r(x)), start);
                ShouldTakeTheSamePath(scaled, plain, power);
            }
        }
    }

    [Fact]
    public void A_saddle_is_left_by_steps_of_the_size_of_x()
    {
        // Units of x, a power of two, change nothing but the units of the path.
        OptimizationResult plain = Leave(1);
        plain.Escapes.Count.ShouldBeGreaterThan(0, plain.ToString());
        foreach (int power in (ReadOnlySpan<int>)[20, -20, 60])
        {
            OptimizationResult scaled = Leave(Math.ScaleB(1, power));
            scaled.Escapes[0].StepLength.ShouldBe(Math.ScaleB(plain.Escapes[0].StepLength, power), scaled.ToString());
        }

        static OptimizationResult Leave(double unit) => new Newton().Minimize(
            Objective.Of(x => Square(Square((x[0] - 3 * unit) / unit) - 1) + Square(x[1] / unit - 2)), [3 * unit, 2 * unit]);
    }

    [Theory, MemberData(nameof(Searching))]
    public void A_value_that_is_zero_to_rounding_is_converged(string name)
    {
        Objective rastrigin = Objective.Of(x =>
        {
            Var sum = 100;
            for (int i = 0; i < 10; i++)
                sum += x[i] * x[i] - 10 * Math.Cos(2 * Math.PI * x[i]);
            return sum;
        });
        Objective arwhead = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 99; i++)
                sum += Square(x[i] * x[i] + x[99] * x[99]) - 4 * x[i] + 3;
            return sum;
        });
        double[] near = [.. Enumerable.Repeat(0.3, 10)], ones = [.. Enumerable.Repeat(1.0, 100)];
        foreach (OptimizationResult result in (
            OptimizationResult[])[Methods.Of(name).Minimize(rastrigin, near), Methods.Of(name).Minimize(arwhead, ones)])
        {
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.Value.ShouldBe(0, 1e-12, result.ToString());
        }
    }

    [Fact]
    public void Residuals_whose_squares_underflow_are_converged()
    {
        const double a = 36.0 / 73;
        OptimizationResult result = new LevenbergMarquardt().Minimize(
            VectorFunction.Of(p => VarVector.Of(-p[0], a * p[0] - p[1], a * p[1] - p[2], a * p[2] - p[3])), [1, 0, 0, 0]);
        result.IsConverged.ShouldBeTrue(result.ToString());
        result.Value.ShouldBe(0);
    }

    [Theory, InlineData("TrustRegionNewton"), InlineData("CubicRegularization"), InlineData("SaddleFreeNewton"), InlineData("Lbfgs"),
        InlineData("NonlinearConjugateGradient")]
    public void Falls_along_which_rounding_stops_the_steps_are_unbounded(string name)
    {
        const int n = 50;
        Objective indef = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
                sum += x[i];
            for (int i = 1; i < n - 1; i++)
                sum += 0.5 * Math.Cos(2 * x[i] - x[n - 1] - x[0]);
            return sum;
        });
        Methods.Of(name).Minimize(indef, [.. Enumerable.Range(1, n).Select(i => i / (n + 1.0))]).Status.ShouldBe(
            OptimizationStatus.Unbounded);
        Methods.Of(name).Minimize(Objective.Of(x => x[0] + x[1] + 0.5 * Math.Cos(x[0] - x[1])), [0.0, 0]).Status.ShouldBe(
            OptimizationStatus.Unbounded);
        // A minimum far out is none.
        Methods.Of(name).Minimize(Objective.Of(x => Square(x[0]) / 2e6 - x[0]), [0.0]).X[0].ShouldBe(1e6, 1);
    }

    private static void ShouldTakeTheSamePath(OptimizationResult scaled, OptimizationResult plain, int power)
    {
        string what = $"2^{power}: {scaled}\nagainst {plain}";
        scaled.Status.ShouldBe(plain.Status, what);
        scaled.Iterations.ShouldBe(plain.Iterations, what);
        scaled.X.ShouldBe(plain.X, what);
        scaled.Verdict.Kind.ShouldBe(plain.Verdict.Kind, what);
        scaled.Escapes.Count.ShouldBe(plain.Escapes.Count, what);
    }

    private static Var Wood(VarVector x) =>
        100 * Square(x[1] - Square(x[0])) + Square(1 - x[0]) + 90 * Square(x[3] - Square(x[2])) + Square(1 - x[2])
        + 10.1 * (Square(1 - x[1]) + Square(1 - x[3])) + 19.8 * (1 - x[1]) * (1 - x[3]);

    private static Var Fall(VarVector x) => Square(x[0] - 1) + Math.Cos(3 * x[1]) + 0.1 * Square(x[1]);

    private static Var Ridge(VarVector x) => Square(Square(x[0]) - 1) + Square(x[1] * x[1] * x[1]);

    private static Var Square(Var x) => x * x;
}
