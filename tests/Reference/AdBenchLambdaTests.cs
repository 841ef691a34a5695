using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;
using static AutoDiff.Tests.Reference.Printed;

namespace AutoDiff.Tests.Reference;

/// <summary>ADBench's objectives as lambdas, in scalars and in arrays, against derivatives written by hand, by ADBench's own criterion and
/// a tighter one.</summary>
public class AdBenchLambdaTests
{
    /// <summary>What ADBench calls correct; the lambdas are held to <see cref="Tight"/>, of which rounding takes up to a tenth.</summary>
    private const double Correct = 1e-8, Tight = 1e-11;

    [Theory]
    [InlineData("d2 K5"), InlineData("d10 K25")]
    public void The_gaussian_mixture_in_arrays_is_the_one_in_scalars_and_by_hand(string size)
    {
        GmmData data = size == "d2 K5" ? GmmData.LoadD2K5() : GmmData.LoadD10K25();
        double[] x = data.Start(), v = Sines(x.Length), gradient = new double[x.Length], product = new double[x.Length];
        double value = Gmm.ValueAndGradient(data, x, gradient);
        Gmm.Hvp(data, x, v, product);
        foreach (Objective lambda in (Objective[])[GmmLambda.Scalar(data), GmmLambda.Arrays(data)])
        {
            Error([lambda.Value(x)], [value]).ShouldBeLessThan(1e-14);
            Error(lambda.Gradient(x), gradient).ShouldBeLessThan(Tight);
            Error(lambda.Hvp(x, v), product).ShouldBeLessThan(Tight);
        }
    }

    [Fact]
    public void The_lstm_in_arrays_is_the_one_in_scalars_and_by_hand()
    {
        LstmData data = LstmData.LoadL2C1024();
        double[] x = data.Start(), v = Sines(x.Length), gradient = new double[x.Length];
        double value = Lstm.ValueAndGradient(data, x, gradient);
        Objective scalars = LstmLambda.Scalar(data), arrays = LstmLambda.Arrays(data);
        foreach (Objective lambda in (Objective[])[scalars, arrays])
        {
            Error([lambda.Value(x)], [value]).ShouldBeLessThan(1e-14);
            Error(lambda.Gradient(x), gradient).ShouldBeLessThan(Tight);
        }
        double[] product = arrays.Hvp(x, v);
        Error(product, scalars.Hvp(x, v)).ShouldBeLessThan(Tight);

        // No Hv by hand: the difference of gradients by hand, good to h⁴ and rounding/h.
        const double H = 1e-3;
        double[] Gradient(double t)
        {
            double[] at = [.. x.Zip(v, (e, d) => e + t * H * d)], g = new double[x.Length];
            Lstm.ValueAndGradient(data, at, g);
            return g;
        }
        double[][] g = [Gradient(-2), Gradient(-1), Gradient(1), Gradient(2)];
        double[] quotient = [.. Enumerable.Range(0, x.Length).Select(i => (8 * (g[2][i] - g[1][i]) - (g[3][i] - g[0][i])) / (12 * H))];
        Error(product, quotient).ShouldBeLessThan(Correct);
    }

    [Theory]
    [InlineData(1, 0.0), InlineData(1, 1e-3)]
    [InlineData(0, 0.0), InlineData(0, 1e-9), InlineData(0, 0.09), InlineData(0, 0.11)]
    public void Bundle_adjustment_is_right_at_any_angle_of_rotation(double fileRotation, double change)
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        double[] x = data.Start();
        for (int i = 0; i < x.Length; i++)
        {
            bool isRotation = i < data.CameraCount * BundleAdjustmentData.CameraSize && i % BundleAdjustmentData.CameraSize < 3;
            x[i] = isRotation ? fileRotation * x[i] + change * Math.Sin(i + 1) : x[i] * (1 + change * Math.Sin(i + 1));
        }
        int count = data.ObservationCount;
        double[] residuals = new double[BundleAdjustment.ResidualSize * count], expectedResiduals = new double[residuals.Length];
        BundleAdjustmentLambda.Residuals(data, x, residuals);
        BundleAdjustment.Residuals(data, x, expectedResiduals);
        Error(residuals, expectedResiduals).ShouldBeLessThan(Tight);

        double[] blocks = new double[BundleAdjustment.BlockSize * count], expectedBlocks = new double[blocks.Length];
        BundleAdjustment.Jacobian(data, x, expectedBlocks);
        BundleAdjustmentLambda.Jacobian(data, x, blocks);
        Error(blocks, expectedBlocks).ShouldBeLessThan(Tight);
        blocks.AsSpan().Fill(double.NaN);
        BundleAdjustmentLambda.JacobianOfVectors(data, x, blocks);
        Error(blocks, expectedBlocks).ShouldBeLessThan(Tight);
        blocks.AsSpan().Fill(double.NaN);
        new BundleAdjustmentLambda.Compiled(data, x).Jacobian(data, x, blocks);
        Error(blocks, expectedBlocks).ShouldBeLessThan(Tight);
    }

    [Fact]
    public void The_residual_of_a_weight_depends_on_the_weight_alone()
    {
        double[] x = [.. Sines(14), 0.75];
        double[,] jacobian = BundleAdjustmentLambda.Observation(0.3, -0.2).Jacobian(x);
        for (int j = 0; j < 14; j++)
            jacobian[2, j].ShouldBe(0);
        jacobian[2, 14].ShouldBe(-1.5);
    }

    /// <summary>ADBench's ρ: the largest |a − b| / max(1, |a| + |b|); infinite where one is no number.</summary>
    private static double Error(double[] a, double[] b)
    {
        a.Length.ShouldBe(b.Length);
        double largest = a.Zip(b, (s, t) => Math.Abs(s - t) / Math.Max(1, Math.Abs(s) + Math.Abs(t))).Aggregate(Math.Max);
        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }
}
