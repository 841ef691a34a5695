using AutoDiff.Hvp;
using AutoDiff.Samples.Greeks;

namespace AutoDiff.Tests.Samples;

/// <summary>The pricing of samples/Greeks, by closed forms written out by hand; these, in turn, by exact derivatives of the price
/// formulas.</summary>
public sealed class GreeksTests
{
    private const double Strike = 100, Maturity = 1.5, Rate = 0.03;
    private const int Paths = 512, Batches = 32, Seed = 20;

    private static readonly Market s_three = Market.Standard(3, 0.3, Rate);
    private static readonly double[] s_weights = [0.5, 0.2, 0.3];
    private static readonly BasketCall s_basket = new(s_weights, Strike, Maturity, Rate);

    [Fact]
    public void One_asset_is_Black_Scholes_to_rounding()
    {
        Market market = Market.Standard(1, 0, Rate);
        BasketCall call = new([1], Strike, Maturity, Rate);
        GreekEstimates greeks = GreekEstimates.Of([.. NormalSample.Draw(market, [1], 4, 2, Seed).Select(call.Conditional)], market.Point);
        ClosedForm exact = ClosedForm.BlackScholes(market.Spots[0], market.Volatilities[0], Strike, Maturity, Rate);
        Near(greeks.Price, exact.Price);
        for (int i = 0; i < 2; i++)
        {
            Near(greeks.Gradient[i], exact.Gradient[i]);
            for (int j = 0; j < 2; j++)
                Near(greeks.Hessian[i, j], exact.Hessian[i, j]);
        }

        static void Near(Estimate estimate, double exact) => estimate.Mean.ShouldBe(exact, 1e-12 * Math.Abs(exact));
    }

    [Theory]
    [InlineData(0.3), InlineData(-0.4), InlineData(0.8)]
    public void Greeks_of_a_call_on_the_geometric_mean_agree_with_the_closed_form(double correlation)
    {
        Market market = Market.Standard(3, correlation, Rate);
        GeometricCall call = new(3, Strike, Maturity, Rate);
        Agree(GreekEstimates.Of([.. NormalSample.Draw(market, [1, 1, 1], Paths, Batches, Seed).Select(call.Conditional)], market.Point),
            ClosedForm.Geometric(market, Strike, Maturity));
    }

    [Theory]
    [InlineData(0.3), InlineData(-0.6), InlineData(0.8)]
    public void Greeks_of_an_exchange_option_agree_with_Margrabes(double correlation)
    {
        Market market = Market.Standard(2, correlation, Rate);
        BasketCall call = new([1, -1], 0, Maturity, Rate);
        Agree(GreekEstimates.Of([.. NormalSample.Draw(market, [1, -1], Paths, Batches, Seed).Select(call.Conditional)], market.Point),
            ClosedForm.Exchange(market, Maturity));
    }

    [Fact]
    public void The_payoff_path_by_path_has_the_right_deltas_and_gammas_of_exactly_zero()
    {
        NormalSample[] samples = NormalSample.Draw(s_three, s_weights, Paths, Batches, Seed);
        GreekEstimates payoff = GreekEstimates.Of([.. samples.Select(s_basket.PathByPath)], s_three.Point);
        GreekEstimates conditional = GreekEstimates.Of([.. samples.Select(s_basket.Conditional)], s_three.Point);
        payoff.Price.Mean.ShouldBe(conditional.Price.Mean, 4 * payoff.Price.Error);
        conditional.Price.Error.ShouldBeLessThan(payoff.Price.Error / 2);
        for (int i = 0; i < 3; i++)
        {
            payoff.Gradient[i].Mean.ShouldBe(conditional.Gradient[i].Mean, 4 * payoff.Gradient[i].Error);
            payoff.Gradient[3 + i].Mean.ShouldBe(conditional.Gradient[3 + i].Mean, 4 * payoff.Gradient[3 + i].Error);
            for (int j = 0; j < 3; j++)
            {
                payoff.Hessian[i, j].ShouldBe(new Estimate(0, 0));
                conditional.Hessian[i, j].Mean.ShouldBeGreaterThan(100 * conditional.Hessian[i, j].Error);
            }
        }
    }

    [Fact]
    public void A_spread_with_a_strike_has_the_payoffs_price()
    {
        Market market = Market.Standard(2, 0.5, Rate);
        BasketCall call = new([1, -1], 5, Maturity, Rate);
        NormalSample[] samples = NormalSample.Draw(market, [1, -1], Paths, Batches, Seed);
        Estimate payoff = Estimate.Of([.. samples.Select(s => call.PathByPath(s).Value(market.Point))]);
        Estimate conditional = Estimate.Of([.. samples.Select(s => call.Conditional(s).Value(market.Point))]);
        conditional.Mean.ShouldBe(payoff.Mean, 4 * payoff.Error);
        conditional.Error.ShouldBeLessThan(payoff.Error / 2);
    }

    [Fact]
    public void Second_derivatives_are_symmetric()
    {
        using LocalModel at = s_basket.Conditional(Batch()).At(s_three.Point);
        double[,] hessian = at.Hessian.ToDense();
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < i; j++)
                hessian[i, j].ShouldBe(hessian[j, i], 1e-13 * Math.Sqrt(Math.Abs(hessian[i, i] * hessian[j, j])));
        }
    }

    [Fact]
    public void Bumping_the_conditional_price_agrees_with_the_exact_gammas_and_errs_with_the_bumps_square()
    {
        Objective price = s_basket.Conditional(Batch());
        using LocalModel at = price.At(s_three.Point);
        double[,] exact = at.Hessian.ToDense(), wide = Bumping.Gammas(price, s_three.Point, 3, 4e-3),
            narrow = Bumping.Gammas(price, s_three.Point, 3, 2e-3);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                narrow[i, j].ShouldBe(exact[i, j], 1e-5 * Math.Abs(exact[i, j]));
                ((wide[i, j] - exact[i, j]) / (narrow[i, j] - exact[i, j])).ShouldBe(4, 0.05);
            }
        }
        Bumping.Gamma(price, s_three.Point, 2e-3).ShouldBe(narrow[0, 0]);
    }

    [Fact]
    public void Products_in_all_variables_agree_with_differences_of_gradients() =>
        HvpComparison.Run(s_basket.Conditional(Batch()), s_three.Point, [3, -2, 1, 0.01, 0.02, -0.03]).Verdict.ShouldBe(HvpVerdict.Agree);

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Bumping_takes_the_evaluations_it_says_and_is_exact_for_quadratics(int assets)
    {
        int evaluations = 0;
        Objective quadratic = Objective.Of(x =>
        {
            evaluations++;
            Var sum = 0;
            for (int i = 0; i < assets; i++)
            {
                for (int j = 0; j <= i; j++)
                    sum += (1 + i + 10 * j) * x[i] * x[j];
            }
            return sum;
        });
        double[] point = [.. Enumerable.Range(1, assets).Select(i => (double)i)];
        double[,] gammas = Bumping.Gammas(quadratic, point, assets, 0.125);
        evaluations.ShouldBe(Bumping.Evaluations(assets));
        for (int i = 0; i < assets; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                gammas[i, j].ShouldBe((i == j ? 2 : 1) * (1 + i + 10 * j), 1e-9);
                gammas[j, i].ShouldBe(gammas[i, j]);
            }
        }
    }

    [Fact]
    public void The_closed_forms_are_the_derivatives_of_their_price_formulas()
    {
        Market one = Market.Standard(1, 0, Rate), two = Market.Standard(2, -0.2, Rate);
        double discount = Math.Exp(-Rate * Maturity);
        Same(ClosedForm.BlackScholes(one.Spots[0], one.Volatilities[0], Strike, Maturity, Rate), one.Point,
            x => Black(x[0], discount * Strike, x[1] * Math.Sqrt(Maturity)));
        Same(ClosedForm.Exchange(two, Maturity), two.Spots, x => Black(x[0], x[1], Deviation(two, [1, -1])));
        Same(ClosedForm.Geometric(s_three, Strike, Maturity), s_three.Spots, x =>
        {
            double deviation = Deviation(s_three, [1.0 / 3, 1.0 / 3, 1.0 / 3]),
                ownVariances = s_three.Volatilities.Sum(v => v * v) * Maturity / 3;
            return Black(Math.Exp(Math.Log(x).Mean() + 0.5 * (deviation * deviation - ownVariances)), discount * Strike, deviation);
        });

        // The value of a for b, whose quotient has a logarithm of this deviation.
        static Var Black(Var a, Var b, Var deviation)
        {
            Var d = Math.Log(a / b) / deviation + 0.5 * deviation;
            return a * Math.NormalCdf(d) - b * Math.NormalCdf(d - deviation);
        }

        static double Deviation(Market market, double[] weights)
        {
            double variance = 0;
            for (int i = 0; i < market.Assets; i++)
            {
                for (int j = 0; j < market.Assets; j++)
                    variance += weights[i] * weights[j] * market.Volatilities[i] * market.Volatilities[j] * market.Correlation[i, j];
            }
            return Math.Sqrt(variance * Maturity);
        }

        static void Same(ClosedForm closed, double[] x, Func<VarVector, Var> formula)
        {
            using LocalModel at = Objective.Of(formula).At(x);
            double[,] hessian = at.Hessian.ToDense();
            closed.Price.ShouldBe(at.Value, 1e-12 * Math.Abs(at.Value));
            for (int i = 0; i < x.Length; i++)
            {
                closed.Gradient[i].ShouldBe(at.Gradient[i], 1e-12 * Math.Abs(at.Gradient[i]));
                for (int j = 0; j < x.Length; j++)
                    closed.Hessian[i, j].ShouldBe(hessian[i, j], 1e-11 * Math.Abs(hessian[i, j]));
            }
        }
    }

    [Fact]
    public void A_basket_that_does_not_increase_in_the_factor_is_refused()
    {
        Market market = s_three with { Correlation = new[,] { { 1, -0.6, -0.6 }, { -0.6, 1, 0.2 }, { -0.6, 0.2, 1 } } };
        Should.Throw<ArgumentException>(() => NormalSample.Draw(market, s_weights, 1, 1, Seed)).Message.ShouldContain("Asset 1");
    }

    [Fact]
    public void A_matrix_that_is_no_correlation_is_refused() =>
        Should.Throw<ArgumentException>(
            () =>
            NormalSample.Draw(s_three with { Correlation = new[,] { { 1, 0.9, 0 }, { 0.9, 1, 0.9 }, { 0, 0.9, 1 } } }, s_weights, 1, 1,
            Seed))
            .Message.ShouldContain("positive definite");

    private static NormalSample Batch() => NormalSample.Draw(s_three, s_weights, Paths, 1, Seed)[0];

    private static void Agree(GreekEstimates estimates, ClosedForm exact)
    {
        Near(estimates.Price, exact.Price);
        for (int i = 0; i < exact.Gradient.Length; i++)
        {
            Near(estimates.Gradient[i], exact.Gradient[i]);
            for (int j = 0; j < exact.Gradient.Length; j++)
                Near(estimates.Hessian[i, j], exact.Hessian[i, j]);
        }

        // Within four standard errors, and these small enough for that to mean something.
        static void Near(Estimate estimate, double closed)
        {
            estimate.Mean.ShouldBe(closed, 4 * estimate.Error);
            estimate.Error.ShouldBeLessThan(0.02 * Math.Abs(closed));
        }
    }
}
