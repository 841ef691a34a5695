using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class GradientNoiseTests
{
    private const double Beta = 0.9;

    private static readonly double[] s_x = [0.3, -0.2, 0.5, 0.1];

    // S²/b·(1 − b/n), S² the variance of the rows' gradients with divisor n − 1: the mean of b rows drawn without replacement.
    private static double ExactVariance(int batch)
    {
        DataObjective f = Regression.Mean();
        double[] mean = f.Gradient(s_x);
        double squares = 0;
        for (int i = 0; i < Regression.RowCount; i++)
        {
            double[] g = f.Batch([i]).Gradient(s_x);
            for (int j = 0; j < g.Length; j++)
                squares += (g[j] - mean[j]) * (g[j] - mean[j]);
        }
        return squares / (Regression.RowCount - 1) / batch * (1 - (double)batch / Regression.RowCount);
    }

    [Theory, InlineData(1), InlineData(8), InlineData(40)]
    public void The_variance_of_a_batch_is_that_of_sampling_without_replacement(int batch)
    {
        GradientNoise noise = GradientNoise.Measure(Regression.Mean(), s_x, batch, steps: 20, runs: 150, seed: 3);
        noise.Variance.ShouldBe(ExactVariance(batch), 4 * noise.VarianceError);
        noise.VarianceError.ShouldBeLessThan(0.05 * noise.Variance);
    }

    [Theory, InlineData(5, 1ul), InlineData(40, 2ul)]
    public void The_accumulated_noise_of_momentum_has_the_variance_of_theory_and_of_no_other_formula(int steps, ulong seed)
    {
        GradientNoise noise = GradientNoise.Measure(Regression.Mean(), s_x, 4, Beta, steps, runs: 4000, seed);
        double sigma2 = ExactVariance(4), error = noise.AccumulatedVarianceError;
        double theory = (1 - Beta) / (1 + Beta) * sigma2 * (1 - Math.Pow(Beta, 2 * steps));
        error.ShouldBeLessThan(0.04 * theory);
        noise.AccumulatedVariance.ShouldBe(theory, 4 * error);
        noise.PredictedAccumulatedVariance.ShouldBe(theory, 4 * error);
        double[] wrong =
        [
            (1 - Beta) * sigma2 * (1 - Math.Pow(Beta, 2 * steps)), (1 - Beta) * (1 - Beta) * sigma2, sigma2 / (1 - Beta * Beta), sigma2,
            (1 + Beta) / (1 - Beta) * sigma2, (1 - Beta) / (1 + Beta) * sigma2 * (1 - Math.Pow(Beta, steps)) * (steps > 20 ? 0.8 : 1),
                (1 - Beta) / (1 + Beta) * sigma2 * (steps > 20 ? 1.2 : 1),
        ];
        foreach (double formula in wrong)
            Math.Abs(noise.AccumulatedVariance - formula).ShouldBeGreaterThan(4 * error);
    }

    [Fact]
    public void A_sum_s_noise_is_that_of_the_mean_times_the_rows()
    {
        GradientNoise mean = GradientNoise.Measure(Regression.Mean(), s_x, 5, runs: 3),
            sum = GradientNoise.Measure(Regression.Sum(), s_x, 5, runs: 3);
        double n = Regression.RowCount;
        sum.Variance.ShouldBe(n * n * mean.Variance, 1e-10 * sum.Variance);
        sum.SignalToNoise.ShouldBe(mean.SignalToNoise, 1e-10 * mean.SignalToNoise);
    }

    [Fact]
    public void A_batch_of_all_rows_has_no_noise_but_rounding() =>
        GradientNoise.Measure(Regression.Mean(), s_x, Regression.RowCount, runs: 2).Variance.ShouldBeLessThan(1e-30);

    [Fact]
    public void A_batch_larger_than_the_data_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => GradientNoise.Measure(Regression.Mean(), s_x, Regression.RowCount + 1));
}
