using AutoDiff.Hvp;
using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class CurvatureTests
{
    [Fact]
    public void The_curvature_along_a_direction_does_not_depend_on_its_length()
    {
        ILinearOperator a = Operators.Dense(new double[,] { { 2, 1 }, { 1, 2 } });
        Spectrum.Curvature(a, [1, 1]).ShouldBe(3, 1e-15);
        Spectrum.Curvature(a, [-1e200, 1e200]).ShouldBe(1, 1e-15);
        Spectrum.Curvature(a, [3e-300, 0]).ShouldBe(2, 1e-15);
        Should.Throw<ArgumentException>(() => Spectrum.Curvature(a, [0, 0])).Message.ShouldContain("0");
        Should.Throw<ArgumentException>(() => Spectrum.Curvature(a, [double.NaN, 0]));
        Should.Throw<ShapeMismatchException>(() => Spectrum.Curvature(a, [1.0]));
        Spectrum.Curvature(Operators.From(2, (_, r) => r.Fill(double.NaN)), [1, 0]).ShouldBe(double.NaN);
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void A_direction_is_decomposed_completely_where_the_steps_suffice(double scale)
    {
        // d has no part along the eigenvalue 6, and both −1s count as one.
        ILinearOperator a = Operators.Diagonal(-scale, 2 * scale, -scale, 6 * scale, 0.5 * scale);
        CurvatureDecomposition c = Spectrum.CurvatureAlong(a, [3, 2, 4, 0, 10]);
        c.Status.ShouldBe(SpectrumStatus.Converged);
        c.Terms.Count.ShouldBe(3);
        double square = 9 + 4 + 16 + 100;
        (double Value, double Share, double[] Vector)[] expected =
            [(-1, 25 / square, [0.6, 0, 0.8, 0, 0]), (0.5, 100 / square, [0, 0, 0, 0, 1]), (2, 4 / square, [0, 1, 0, 0, 0])];
        for (int i = 0; i < 3; i++)
        {
            CurvatureTerm term = c.Terms[i];
            (term.Eigenvalue / scale).ShouldBe(expected[i].Value, 1e-13);
            (term.Coefficient * term.Coefficient).ShouldBe(expected[i].Share, 1e-13);
            Vectors.Distance(term.Vector, expected[i].Vector).ShouldBeLessThan(1e-13);
            (term.Contribution / scale).ShouldBe(expected[i].Share * expected[i].Value, 1e-13);
        }
        (c.Curvature / scale).ShouldBe((-25 + 50 + 8) / square, 1e-14);
        (c.RemainderShare, c.RemainderCurvature).ShouldBe((0, 0));
    }

    [Fact]
    public void What_belongs_to_no_eigenvalue_found_is_named_as_the_remainder()
    {
        const int n = 20_000;
        ILinearOperator laplacian = Operators.Laplacian(n);
        ILinearOperator a = Operators.From(n, (v, r) =>
        {
            laplacian.Apply(v, r);
            r[n / 3] -= 5 * v[n / 3];
        });
        RandomStream random = new(4);
        double[] d = Operators.Unit(n, ref random);
        d[n / 3] = 2;
        CurvatureDecomposition c = Spectrum.CurvatureAlong(a, d);
        (c.Status, c.Products).ShouldBe((SpectrumStatus.LimitProducts, 150));
        CurvatureTerm bound = c.Terms[0];
        bound.Eigenvalue.ShouldBe(2 - Math.Sqrt(29), 1e-12);
        // The bound state falls off as qˡ on both sides, q = (√29 − 5)/2.
        double q = (Math.Sqrt(29) - 5) / 2, overlap = 0, square = 0;
        for (int i = n / 3 - 40; i <= n / 3 + 40; i++)
        {
            double state = Math.Pow(-q, Math.Abs(i - n / 3)) * (Math.Abs(i - n / 3) % 2 == 0 ? 1 : -1);
            overlap += state * d[i];
            square += state * state;
        }
        bound.Coefficient.ShouldBe(Math.Abs(overlap) / Math.Sqrt(square) / Vectors.Norm(d), 1e-10);
        (c.Terms.Sum(t => t.Coefficient * t.Coefficient) + c.RemainderShare).ShouldBe(1, 1e-12);
        (c.Terms.Sum(t => t.Contribution) + c.RemainderCurvature).ShouldBe(Spectrum.Curvature(a, d), 1e-12);
        c.RemainderShare.ShouldBeGreaterThan(0.01);
        CurvatureDecomposition none = Spectrum.CurvatureAlong(Operators.From(2, (_, r) => r.Fill(double.NaN)), [1, 0]);
        (none.Status, none.RemainderShare).ShouldBe((SpectrumStatus.NonFinite, 1));
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void A_definite_operators_condition_is_known_with_bounds(double scale)
    {
        foreach (double sign in (double[])[1, -1])
        {
            double[] values = [.. Enumerable.Range(0, 300).Select(i => sign * scale * (i == 0 ? 1 : 100 + 900 * i / 299.0))];
            Array.Sort(values);
            ConditionNumber c = Spectrum.Condition(Operators.Rotated(values));
            c.IsReliable.ShouldBeTrue(c.Reason);
            c.Value.ShouldBe(1000, 1e-8);
            c.Lower.ShouldBeInRange(999, 1000 * (1 + 1e-12));
            c.Upper.ShouldBeInRange(1000 * (1 - 1e-12), 1001);
        }
    }

    [Fact]
    public void A_condition_that_cannot_be_known_is_called_unreliable()
    {
        ConditionNumber singular = Spectrum.Condition(Operators.Rotated([0, 1, 2, 3, 4]));
        (singular.IsReliable, singular.Upper).ShouldBe((false, double.PositiveInfinity));
        singular.Reason.ShouldContain("crosses 0");
        singular.Lower.ShouldBeGreaterThan(1e14);
        ConditionNumber indefinite =
            Spectrum.Condition(Operators.Rotated([-1, .. Enumerable.Range(0, 998).Select(i => 1e-6 + i / 998.0), 1]));
        indefinite.IsReliable.ShouldBeFalse();
        indefinite.Reason.ShouldContain("indefinite");
        indefinite.Lower.ShouldBeLessThan(1e6 * (1 + 1e-9));
        ConditionNumber small = Spectrum.Condition(Operators.Rotated([-8, -0.5, 2, 4]));
        small.IsReliable.ShouldBeTrue(small.Reason);
        small.Value.ShouldBe(16, 1e-12);
        Spectrum.Condition(Operators.Diagonal(0, 0)).Value.ShouldBe(double.PositiveInfinity);
        Spectrum.Condition(Operators.From(2, (_, r) => r.Fill(double.NaN))).Value.ShouldBe(double.NaN);
        Spectrum.Condition(Operators.Diagonal(1, 1e-12)).Value.ShouldBe(1e12, 1e9);
    }

    // The claimed factors against the iterations themselves, on the worst quadratic.
    [Fact]
    public void The_learning_rates_do_what_they_promise()
    {
        const double small = 0.02, large = 3;
        LearningRates rates = Spectrum.LearningRates(
            Operators.Rotated([small, .. Enumerable.Range(1, 18).Select(i => small + i * 0.15), large]));
        rates.StabilityLimit.ShouldBe(2 / large, 1e-12);
        rates.OptimalStep.ShouldBe(2 / (large + small), 1e-12);
        rates.HeavyBallStep.ShouldBe(4 / Math.Pow(Math.Sqrt(large) + Math.Sqrt(small), 2), 1e-12);
        rates.HeavyBallMomentum.ShouldBe(Math.Pow((Math.Sqrt(large / small) - 1) / (Math.Sqrt(large / small) + 1), 2), 1e-12);
        Descent(rates.OptimalStep, 0, 2000).ShouldBe(rates.OptimalFactor, 1e-3);
        Descent(rates.HeavyBallStep, rates.HeavyBallMomentum, 2000).ShouldBe(rates.HeavyBallFactor, 5e-3);
        Descent(0.99 * rates.StabilityLimit, 0, 2000).ShouldBeLessThan(1);
        Descent(1.01 * rates.StabilityLimit, 0, 2000).ShouldBeGreaterThan(1);
        foreach (double other in (double[])[0.9, 1.1])
            Descent(other * rates.OptimalStep, 0, 2000).ShouldBeGreaterThan(rates.OptimalFactor);

        static double Descent(double step, double momentum, int iterations)
        {
            double worst = 0;
            foreach (double curvature in (double[])[small, large])
            {
                double x = 1, before = 1, logarithm = 0;
                for (int k = 0; k < iterations; k++)
                {
                    (x, before) = (x - step * curvature * x + momentum * (x - before), x);
                    double size = Math.Sqrt(x * x + before * before);
                    logarithm += Math.Log(size);
                    (x, before) = (x / size, before / size);
                }
                worst = Math.Max(worst, Math.Exp(logarithm / iterations));
            }
            return worst;
        }
    }

    [Fact]
    public void Without_positive_curvature_there_is_no_best_step()
    {
        LearningRates saddle = LearningRates.Of(-2, 4);
        (saddle.IsStronglyConvex, saddle.StabilityLimit).ShouldBe((false, 0.5));
        (saddle.OptimalStep, saddle.HeavyBallStep, saddle.HeavyBallMomentum).ShouldBe((double.NaN, double.NaN, double.NaN));
        LearningRates.Of(-2, -1).StabilityLimit.ShouldBe(double.PositiveInfinity);
        Should.Throw<ArgumentException>(() => LearningRates.Of(2, 1));
        Should.Throw<ArithmeticException>(() => Spectrum.LearningRates(Operators.From(2, (_, r) => r.Fill(double.NaN))));
        LearningRates.Of(3, 3).OptimalFactor.ShouldBe(0);
    }

    [Fact]
    public void A_hessians_spectrum_is_one_call_away()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
            return sum;
        });
        using LocalModel at = f.At([1.0, 1.0]);
        // Rosenbrock's Hessian at its minimum is (802 −400; −400 200).
        ConditionNumber c = Spectrum.Condition(at.Hessian);
        double root = Math.Sqrt(301.0 * 301 + 400.0 * 400);
        c.Value.ShouldBe((501 + root) / (501 - root), 1e-8);
        Spectrum.Trace(at.Hessian).Value.ShouldBe(1002, 1e-10);
    }
}
