using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>No run that may leave saddles ends converged at a point from which a lower one is known.</summary>
public class LeavingTests
{
    private static readonly Minimizer[] s_methods =
        [new TrustRegionNewton(), new CubicRegularization(), new SaddleFreeNewton(), new Newton(), new Lbfgs(),
            new NonlinearConjugateGradient()];

    private static readonly Dictionary<string, (Func<VarVector, Var> F, double[] Start, double Lowest)> s_points = new()
    {
        ["a zero mode beside negative curvature"] = (x => Fourth(x[0]) - Square(x[0]) + 0 * x[1], [0, 0], -0.25),
        ["five cosines from their maximum"] = (x => Pairs(x, 5), new double[5], -2.5),
        ["seven cosines from their maximum"] = (x => Pairs(x, 7), new double[7], -3.5),
        ["beside a sixth power"] = (x => Square(Square(x[0]) - 1) + Square(x[1] * x[1] * x[1]), [0, 0], 0),
        ["beside a bent sixth power"] = (x => Square(Square(x[0]) - 1) + Square(Cube(x[1] - Square(x[2]))), [0, 0, 0], 0),
        ["a rotated ridge"] = (x => Square(Square(0.6 * x[0] + 0.8 * x[1]) - 2) + Square(Cube(0.8 * x[0] - 0.6 * x[1])), [0, 0], 0),
        ["a valley bent round a saddle"] =
            (x => 1e4 * Square(x[1] - Square(x[0])) - 0.01 * Square(x[0]) + 1e-3 * Fourth(x[0]), [0, 1], -0.025),
        ["a factorization of rank one"] = (x => Square(x[0] * x[1] - 1) + Square(x[0] * x[2]) + 0 * x[3], [0, 0, 0, 0], 0),
    };

    public static TheoryData<string> Points => [.. s_points.Keys];

    [Theory, MemberData(nameof(Points))]
    public void Points_that_are_no_minima_are_left(string name)
    {
        (Func<VarVector, Var> f, double[] start, double lowest) = s_points[name];
        foreach (Minimizer method in s_methods)
        {
            foreach (double tolerance in (ReadOnlySpan<double>)[1e-8, 1e-5])
            {
                OptimizationResult result = (method with { GradientTolerance = tolerance }).Minimize(Objective.Of(f), start);
                string what = $"{method.GetType().Name}: {result}";
                result.IsConverged.ShouldBeTrue(what);
                result.Value.ShouldBe(lowest, 1e-8, what);
                result.LowerPointSeen.ShouldBeNull(what);
            }
        }
    }

    [Fact]
    public void Levenberg_and_Marquardt_leave_them_too()
    {
        OptimizationResult result =
            new LevenbergMarquardt().Minimize(VectorFunction.Of(x => VarVector.Of(Square(x[0]) - 1, 0 * x[1])), [0, 0]);
        result.Value.ShouldBe(0, 1e-16, result.ToString());
        OptimizationResult bent =
            new LevenbergMarquardt().Minimize(VectorFunction.Of(x => VarVector.Of(Square(x[0]) - 1, Cube(x[1] - Square(x[2])))), [0, 0, 0]);
        bent.Value.ShouldBe(0, 1e-12, bent.ToString());
    }

    /// <summary>f = ½Σλᵢ(qᵢᵀ(x − c))² + ¼Σ(qᵢᵀ(x − c))⁴ over the axes that are no zero modes: the lowest value is −¼Σλᵢ² over the negative
    /// λᵢ.</summary>
    [Theory, InlineData(1), InlineData(1e10), InlineData(1e-10)]
    public void Random_strict_saddles_with_zero_modes(double scale)
    {
        RandomStream random = RandomStream.Of(7, 3);
        for (int trial = 0; trial < 12; trial++)
        {
            int n = 2 + trial * 18 / 11, zeros = trial % 3 == 0 ? 0 : Math.Min(n - 2, trial % 3);
            int negative = 1 + trial % Math.Max(1, n - zeros - 1);
            double[] lambda = new double[n], centre = new double[n];
            for (int i = 0; i < n - zeros; i++)
                lambda[i] = (i < negative ? -1 : 1) * (0.1 + 3 * random.NextUnit());
            random.FillNormal(centre);
            double[][] q = Rotation(n, ref random);
            Objective f = Objective.Of(x =>
            {
                Var sum = 0;
                for (int i = 0; i < n - zeros; i++)
                {
                    Var t = 0;
                    for (int j = 0; j < n; j++)
                        t += q[i][j] * (x[j] - centre[j]);
                    sum += 0.5 * lambda[i] * t * t + 0.25 * Square(t * t);
                }
                return scale * sum;
            });
            double lowest = -0.25 * scale * lambda.Where(l => l < 0).Sum(l => l * l);
            foreach (double distance in (ReadOnlySpan<double>)[0, 1e-9])
            {
                double[] start = [.. centre];
                for (int j = 0; j < n; j++)
                    start[j] += distance * (random.NextUnit() - 0.5);
                foreach (Minimizer method in s_methods)
                {
                    OptimizationResult result = method.Minimize(f, start);
                    string what = $"{method.GetType().Name}, n = {n}, {zeros} zero modes, {negative} negative, {distance} off: {result}";
                    result.IsConverged.ShouldBeTrue(what);
                    result.LowerPointSeen.ShouldBeNull(what);
                    result.Verdict.LowestEigenvalue.ShouldBeGreaterThan(-1e-4 * scale, what);
                    result.Value.ShouldBe(lowest, 1e-6 * scale, what);
                }
            }
        }
    }

    [Fact]
    public void Faces_are_left_into_the_bounds()
    {
        double inf = double.PositiveInfinity;
        (Func<VarVector, Var> F, double[] Start, Bounds Box, double Lowest)[] faces =
        [
            (x => -Square(x[0]), [0], Bounds.Box(1, 0, 1), -1),
            (x => -Square(x[0]), [0], Bounds.Box(1, -1, 0), -1),
            (x => -Cube(x[0]), [0], Bounds.Box(1, 0, 1), -1),
            (x => -Fourth(x[0]) + Square(x[1]), [0, 0], new Bounds([0, -inf], [1, inf]), -1),
            (x => Square(1 - x[0] * x[1]), [0, 0], Bounds.Box(2, 0, inf), 0),
            (x => Square(1 - x[0] * x[1] * x[2] * x[2]) + Square(x[2] - 1), [0, 0, 1], new Bounds([0, 0, -5], [inf, inf, 5]), 0),
            (x => Square(x[0]) - Square(x[1]), [1, 0], new Bounds([-inf, 0], [inf, 1]), -1),
            (x => Square(x[0]) - Square(x[1]) + Square(x[2] - 3), [1, 1, 0], new Bounds([-inf, 0, -1], [inf, 1, 2]), 0),
            (x => -x[0] * x[1], [0, 0], Bounds.Box(2, 0, 1), -1),
            (x => 0.1 * x[0] + 0.2 * x[0] - 0.3 * x[0] - Square(x[0]) + Square(x[1]), [0, 0], new Bounds([0, -inf], [2, inf]), -4),
            (x => 0.7 * x[0] - 0.6 * x[0] - 0.1 * x[0] - Square(x[0]) + Square(x[1]), [0, 0], new Bounds([0, -inf], [2, inf]), -4),
        ];
        foreach ((Func<VarVector, Var> f, double[] start, Bounds box, double lowest) in faces)
        {
            CriticalPoint at = CriticalPoint.Classify(Objective.Of(f), start, new VerdictOptions { GradientTolerance = 1e-8 }, box);
            at.Kind.ShouldNotBe(CriticalPointKind.Minimum, at.ToString());
            foreach (BoundedMinimizer method in (BoundedMinimizer[])[new Lbfgs(), new TrustRegionNewton()])
            {
                OptimizationResult result = method.Minimize(Objective.Of(f), start, box);
                result.IsConverged.ShouldBeTrue(result.ToString());
                result.Value.ShouldBe(lowest, 1e-8, result.ToString());
            }
        }
    }

    [Fact]
    public void A_multiplier_beyond_its_error_holds()
    {
        // What holds the variable is a thousand times the rounding of the terms that cancel.
        Objective f = Objective.Of(x => 0.1 * x[0] + 0.2 * x[0] - 0.3 * x[0] + 1e-13 * x[0] - Square(x[0]) + Square(x[1]));
        CriticalPoint.Classify(f, [0, 0], bounds: new Bounds([0, -1], [1, 1])).Kind.ShouldBe(CriticalPointKind.Minimum);
    }

    [Fact]
    public void A_run_that_passed_a_lower_point_goes_back_to_it()
    {
        // A pole throws momentum far out, where the gradient vanishes, after f had fallen far below.
        OptimizationResult result = new Momentum().Minimize(Objective.Of(x => -1 / Square(x[0])), [1.0]);
        (result.IsConverged && result.LowerPointSeen is not null).ShouldBeFalse(result.ToString());
        result.Value.ShouldBeLessThan(-1);
    }

    private static Var Pairs(VarVector x, int n)
    {
        Var sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                sum += Math.Cos(x[i] - x[j]);
        }
        return sum;
    }

    private static double[][] Rotation(int n, ref RandomStream random)
    {
        double[][] q = new double[n][];
        for (int i = 0; i < n; i++)
        {
            random.FillNormal(q[i] = new double[n]);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < i; k++)
                    Vectors.AddScaled(-Vectors.Dot(q[k], q[i]), q[k], q[i]);
            }
            Vectors.Scale(1 / Vectors.Norm(q[i]), q[i], q[i]);
        }
        return q;
    }

    private static Var Square(Var x) => x * x;

    private static Var Cube(Var x) => x * x * x;

    private static Var Fourth(Var x) => Square(x * x);
}
