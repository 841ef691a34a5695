using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Reference;

/// <summary>The reference problems written as lambdas: value, gradient and Hv against derivatives written by hand, and against printed
/// reference values.</summary>
public class LambdaTests
{
    private delegate double ByHand(ReadOnlySpan<double> x, Span<double> gradient);

    private delegate void HvpByHand(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv);

    [Theory]
    [InlineData(2), InlineData(3), InlineData(9), InlineData(1000)]
    public void Rosenbrock_is_right_in_scalars_and_arrays(int n)
    {
        Check(RosenbrockLambda.Scalar(), Rosenbrock.Start(n), Rosenbrock.ValueAndGradient, Rosenbrock.Hvp);
        Check(RosenbrockLambda.Arrays(), Rosenbrock.Start(n), Rosenbrock.ValueAndGradient, Rosenbrock.Hvp);
    }

    [Fact]
    public void The_gaussian_mixture_is_right()
    {
        GmmData data = GmmData.LoadD2K5();
        Check(GmmLambda.Scalar(data), data.Start(), (x, g) => Gmm.ValueAndGradient(data, x, g), (x, v, hv) => Gmm.Hvp(data, x, v, hv));
    }

    [Fact]
    public void The_network_is_right()
    {
        NetworkData data = new(inputs: 20, hidden: 9, classes: 4, batch: 7);
        Check(NetworkLambda.Arrays(data), data.Start(), (x, g) => Network.ValueAndGradient(data, x, g),
            (x, v, hv) => Network.Hvp(data, x, v, hv));
    }

    [Fact]
    public void The_pair_potential_is_right() =>
        Check(LennardJonesLambda.Scalar(), LennardJones.Lattice(12), LennardJones.ValueAndGradient, LennardJones.Hvp, 1e-11);

    [Fact]
    public void Logistic_regression_is_right()
    {
        LogisticRegressionData data = LogisticRegressionData.Synthetic(50, 6);
        double[] x = Printed.Sines(data.ParameterCount);
        Check(LogisticLambda.Arrays(data), x, (p, g) => LogisticRegression.ValueAndGradient(data, p, g),
            (p, v, hv) => LogisticRegression.Hvp(data, p, v, hv));
    }

    [Fact]
    public void The_lstm_is_right()
    {
        LstmData data = LstmData.LoadL2C1024();
        double[] x = data.Start(), gradient = new double[x.Length], expected = new double[x.Length];
        double value = LstmLambda.Scalar(data).Gradient(x, gradient);
        value.ShouldBe(Lstm.ValueAndGradient(data, x, expected), 1e-14);
        Distance(gradient, expected).ShouldBeLessThan(1e-12);
        value.ShouldBe(0.666665179558852, 1e-14);
        Norm(gradient).ShouldBe(0.0947413801145, 1e-12);
    }

    [Fact]
    public void Printed_reference_values_hold()
    {
        GmmData mixture = GmmData.LoadD10K25();
        NetworkData network = new();
        Holds(GmmLambda.Scalar(mixture), mixture.Start(), -25649.6526212, 2662.39860131, -14135.2061086, 5885.75877777);
        Holds(NetworkLambda.Arrays(network), network.Start(), 2.3461518017, 0.731904235753, 12.7573052534, 14.0538215746);
        Holds(RosenbrockLambda.Scalar(), Rosenbrock.Start(1000), 253616, 22968.1264364, 874307.568325, 42652.2970741);
        Holds(RosenbrockLambda.Arrays(), Rosenbrock.Start(100000), 25409516, 229897.292616, 87461084.0718, 426560.315647);
    }

    private static void Holds(Objective f, double[] x, double value, double gradientNorm, double curvature, double productNorm)
    {
        const double digits = 1e-11;
        double[] v = Printed.Sines(x.Length), product = f.Hvp(x, v);
        f.Value(x).ShouldBe(value, digits * Math.Abs(value));
        Norm(f.Gradient(x)).ShouldBe(gradientNorm, digits * gradientNorm);
        product.Zip(v, (p, q) => p * q).Sum().ShouldBe(curvature, digits * Math.Abs(curvature));
        Norm(product).ShouldBe(productNorm, digits * productNorm);
    }

    private static void Check(Objective f, double[] x, ByHand byHand, HvpByHand hvpByHand, double tolerance = 1e-13)
    {
        double[] gradient = new double[x.Length], expectedGradient = new double[x.Length], expectedProduct = new double[x.Length];
        double[] v = Printed.Sines(x.Length);
        double expected = byHand(x, expectedGradient);
        hvpByHand(x, v, expectedProduct);

        f.Gradient(x, gradient).ShouldBe(expected, tolerance * Math.Abs(expected));
        Distance(gradient, expectedGradient).ShouldBeLessThan(tolerance);
        Distance(f.Hvp(x, v), expectedProduct).ShouldBeLessThan(tolerance);
        using LocalModel at = f.At(x);
        at.Value.ShouldBe(f.Value(x));
        at.Gradient.ToArray().ShouldBe(gradient);
        at.Hessian.Apply(v).ShouldBe(f.Hvp(x, v));

        // Nine directions: eight in one sweep and one alone.
        double[,] directions = new double[9, x.Length];
        for (int k = 0; k < 9; k++)
        {
            for (int i = 0; i < x.Length; i++)
                directions[k, i] = Math.Cos(k + 0.7 * i);
        }
        double[,] products = at.Hessian.Apply(directions);
        for (int k = 0; k < 9; k++)
        {
            double[] direction = [.. Enumerable.Range(0, x.Length).Select(i => directions[k, i])],
                product = [.. Enumerable.Range(0, x.Length).Select(i => products[k, i])];
            hvpByHand(x, direction, expectedProduct);
            Distance(product, expectedProduct).ShouldBeLessThan(tolerance);
        }
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(t => t * t));

    private static double Distance(double[] x, double[] expected) => Norm([.. x.Zip(expected, (a, b) => a - b)]) / Norm(expected);
}
