using AutoDiff.Problems;
using static AutoDiff.Tests.Reference.Printed;

namespace AutoDiff.Tests.Reference;

/// <summary>
/// The shared problems: against values computed elsewhere (ADBench's references and C++ programs), to the digits printed; and their
/// hand-written derivatives against differences of what they are derivatives of.
/// </summary>
public class ReferenceProblemTests
{
    private static readonly string[] WithProduct =
        [nameof(Rosenbrock), nameof(QuadraticForm), nameof(LennardJones), nameof(LogisticRegression), nameof(Gmm), nameof(Network)];

    /// <summary>The problems with a hand-written Hessian product.</summary>
    public static TheoryData<string> TwiceDifferentiated => [.. WithProduct];

    /// <summary>The problems with a hand-written gradient.</summary>
    public static TheoryData<string> Differentiated => [.. WithProduct, nameof(Lstm)];

    [Theory]
    [InlineData(1000, "253616.000000", "22968.1264364", "874307.568325", "42652.2970741")]
    [InlineData(100000, "25409516.0000", "229897.292616", "87461084.0718", "426560.315647")]
    public void Rosenbrock_agrees_with_the_table(int n, string value, string gradientNorm, string curvature, string productNorm)
    {
        WrittenProblem problem = WrittenProblem.Chain(n);
        problem.Value(problem.X).ShouldPrintAs(value);
        Agrees(problem, gradientNorm, curvature, productNorm);
    }

    [Fact]
    public void Gmm_with_30_parameters_agrees_with_the_table()
    {
        WrittenProblem problem = WrittenProblem.Mixture(GmmData.LoadD2K5());
        problem.Value(problem.X).ShouldPrintAs("-5240.59056254965");
        Norm(problem.Gradient(problem.X)).ShouldPrintAs("1277.18886468");
    }

    [Fact]
    public void Gmm_with_1650_parameters_agrees_with_the_table()
    {
        WrittenProblem problem = WrittenProblem.Mixture(GmmData.LoadD10K25());
        problem.Value(problem.X).ShouldPrintAs("-25649.6526212");
        Agrees(problem, "2662.39860131", "-14135.2061086", "5885.75877777");
    }

    [Fact]
    public void Lstm_agrees_with_the_table()
    {
        WrittenProblem problem = WrittenProblem.Memory(LstmData.LoadL2C1024());
        problem.Value(problem.X).ShouldPrintAs("0.666665179558852");
        Norm(problem.Gradient(problem.X)).ShouldPrintAs("0.0947413801145");
    }

    [Fact]
    public void Network_agrees_with_the_table()
    {
        WrittenProblem problem = WrittenProblem.Layers(new NetworkData());
        problem.X.Length.ShouldBe(784 * 128 + 128 + 128 * 10 + 10);
        problem.Value(problem.X).ShouldPrintAs("2.3461518017");
        Agrees(problem, "0.731904235753", "12.7573052534", "14.0538215746");
    }

    [Fact]
    public void Residuals_of_bundle_adjustment_agree_with_the_table_at_every_observation()
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        int count = data.ObservationCount;
        count.ShouldBe(31843);
        double[] residuals = new double[BundleAdjustment.ResidualSize * count];
        BundleAdjustment.Residuals(data, data.Start(), residuals);
        // A residual is the difference of image coordinates near 834, whose last place is 1.1e-13.
        const double Rounding = 5e-13;
        for (int i = 0; i < count; i++)
        {
            residuals[2 * i].ShouldBe(0.101335837914485, Rounding);
            residuals[2 * i + 1].ShouldBe(-0.0689677659244811, Rounding);
            residuals[2 * count + i].ShouldPrintAs("0.826092651516");
        }
    }

    [Fact]
    public void Gmm_of_one_point_is_its_closed_form()
    {
        // D = K = N = 1, so n' = 1 + 2 + 1 = 4 and lnΓ(2) = 0; the mixture weight is 1 whatever alpha is.
        const double Alpha = 0.3, Mean = -0.4, Q = 0.25, Point = 1.1, Gamma = 0.7;
        var data = new GmmData(new StringReader($"1 1 1 {Alpha} {Mean} {Q} {Point} {Gamma} 2"));
        double density = -0.5 * Math.Log(2 * Math.PI) + Q - 0.5 * Math.Exp(2 * Q) * (Point - Mean) * (Point - Mean);
        double prior = 0.5 * Gamma * Gamma * Math.Exp(2 * Q) - 2 * Q - 4 * (Math.Log(Gamma) - 0.5 * Math.Log(2));
        Gmm.Value(data, data.Start()).ShouldBe(density + prior, 1e-12);
    }

    [Fact]
    public void Two_atoms_at_equilibrium_have_energy_minus_one_and_no_force()
    {
        double[] x = [0.1, 0.2, 0.3, 0.1, 0.2 + Math.Pow(2, 1.0 / 6), 0.3], g = new double[6];
        LennardJones.ValueAndGradient(x, g).ShouldBe(-1, 1e-14);
        Norm(g).ShouldBe(0, 1e-13);
    }

    [Fact]
    public void Softplus_of_logistic_regression_keeps_its_digits_far_out()
    {
        var data = new LogisticRegressionData(1, [1, 1], [0, 1]);
        double[] g = new double[2];
        LogisticRegression.Value(data, [800, 0]).ShouldBe(400);
        LogisticRegression.Value(data, [-800, 0]).ShouldBe(400);
        double tiny = LogisticRegression.ValueAndGradient(new LogisticRegressionData(1, [1], [0]), [-40, 0], g);
        tiny.ShouldBe(Math.Exp(-40), 1e-15 * Math.Exp(-40));
        g[0].ShouldBe(Math.Exp(-40), 1e-15 * Math.Exp(-40));
    }

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void Gradient_is_the_difference_quotient_of_the_value(string name)
    {
        WrittenProblem problem = WrittenProblem.Small(name);
        double[] g = problem.Gradient(problem.X), quotient = new double[g.Length];
        for (int i = 0; i < g.Length; i++) quotient[i] = Difference(problem.X, Unit(g.Length, i), x => [problem.Value(x)])[0];
        MaxDifference(g, quotient).ShouldBeLessThan(1e-9 * Math.Max(Norm(g), Math.Abs(problem.Value(problem.X))));
        problem.ValueAndGradient(problem.X, g).ShouldBe(problem.Value(problem.X), 1e-14 * Math.Abs(problem.Value(problem.X)));
    }

    [Theory]
    [MemberData(nameof(TwiceDifferentiated))]
    public void Product_is_the_difference_quotient_of_the_gradient(string name)
    {
        WrittenProblem problem = WrittenProblem.Small(name);
        int n = problem.X.Length;
        for (int i = 0; i < n; i++)
        {
            double[] v = Unit(n, i), hv = problem.Product(problem.X, v), quotient = Difference(problem.X, v, problem.Gradient);
            MaxDifference(hv, quotient).ShouldBeLessThan(1e-9 * Math.Max(Norm(hv), Norm(problem.Gradient(problem.X))));
        }
        double[] sines = Sines(n), product = problem.Product(problem.X, sines);
        MaxDifference(product, Difference(problem.X, sines, problem.Gradient)).ShouldBeLessThan(1e-9 * Norm(product));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-9)]
    [InlineData(0.05)]
    [InlineData(0.11)]
    [InlineData(1.0)]
    public void Jacobian_of_bundle_adjustment_is_the_difference_quotient_of_the_residuals(double rotationScale)
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        double[] start = data.Start(), feature = data.Features[..2].ToArray();
        double[] x = [.. start[..11], .. start.AsSpan(data.PointOffset(0), 3), start[data.WeightOffset(0)]];
        for (int i = 0; i < 3; i++) x[i] *= rotationScale;

        double[] block = new double[BundleAdjustment.BlockSize];
        BundleAdjustment.JacobianBlock(x.AsSpan(0, 11), x.AsSpan(11, 3), x[14], feature, block);
        var single = new BundleAdjustmentData(new StringReader("1 1 1 " + string.Join(' ', x.Concat(feature))));
        for (int i = 0; i < 15; i++)
        {
            double[] quotient = Difference(x, Unit(15, i), Residuals);
            block[i].ShouldBe(quotient[0], 1e-9 * Math.Max(1, Math.Abs(quotient[0])));
            block[15 + i].ShouldBe(quotient[1], 1e-9 * Math.Max(1, Math.Abs(quotient[1])));
            (i < 14 ? 0 : block[30]).ShouldBe(quotient[2], 1e-9);
        }

        double[] Residuals(double[] at)
        {
            double[] residuals = new double[BundleAdjustment.ResidualSize];
            BundleAdjustment.Residuals(single, at, residuals);
            return residuals;
        }
    }

    [Fact]
    public void Jacobian_blocks_of_bundle_adjustment_follow_the_cameras_and_points_of_their_observations()
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        double[] x = data.Start(), blocks = new double[BundleAdjustment.BlockSize * data.ObservationCount];
        for (int i = 0; i < x.Length; i++) x[i] *= 1 + 1e-3 * Math.Sin(i);
        BundleAdjustment.Jacobian(data, x, blocks);
        double[] block = new double[BundleAdjustment.BlockSize];
        foreach (int i in (int[])[0, 48, 49, 7775, 7776, 31842])
        {
            int camera = 11 * (i % 49), point = 11 * 49 + 3 * (i % 7776), weight = 11 * 49 + 3 * 7776 + i;
            BundleAdjustment.JacobianBlock(
                x.AsSpan(camera, 11), x.AsSpan(point, 3), x[weight], data.Features.Slice(2 * i, 2), block);
            blocks.AsSpan(i * block.Length, block.Length).SequenceEqual(block).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void Repeated_evaluation_does_not_allocate(string name)
    {
        WrittenProblem problem = WrittenProblem.Small(name);
        double[] x = problem.X, v = Sines(x.Length), result = new double[x.Length];
        long least = long.MaxValue;
        // A collection may empty the pool between two rounds: one round without an allocation is the proof.
        for (int round = 0; round < 10 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            problem.Value(x);
            problem.ValueAndGradient(x, result);
            problem.Hvp?.Invoke(x, v, result);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        least.ShouldBe(0);
    }

    [Fact]
    public void Wrong_lengths_are_refused_by_name_and_number()
    {
        NetworkData data = new(inputs: 3, hidden: 2, classes: 2, batch: 1);
        Should.Throw<ArgumentException>(() => Network.Value(data, new double[5]))
            .Message.ShouldContain("x has 5 elements; this problem needs 14");
        Should.Throw<FormatException>(() => new GmmData(new StringReader("1 1 1 0 0 0 0 1 0 9"))).Message.ShouldContain("accounts for 9");
        Should.Throw<FormatException>(() => new LstmData(new StringReader("1 1 1 0")));
    }

    private static void Agrees(WrittenProblem problem, string gradientNorm, string curvature, string productNorm)
    {
        double[] v = Sines(problem.X.Length), hv = problem.Product(problem.X, v);
        Norm(problem.Gradient(problem.X)).ShouldPrintAs(gradientNorm);
        Inner(v, hv).ShouldPrintAs(curvature);
        Norm(hv).ShouldPrintAs(productNorm);
    }

    /// <summary>d f(x + tv)/dt at 0 by the central five-point stencil: error h⁴f⁽⁵⁾/30 and rounding 1.5 ε|f|/h.</summary>
    private static double[] Difference(double[] x, double[] v, Func<double[], double[]> f)
    {
        const double H = 5e-4;
        double[] far0 = f(Moved(x, v, -2 * H)), near0 = f(Moved(x, v, -H)), near1 = f(Moved(x, v, H)), far1 = f(Moved(x, v, 2 * H));
        double[] quotient = new double[far0.Length];
        for (int i = 0; i < quotient.Length; i++) quotient[i] = (8 * (near1[i] - near0[i]) - (far1[i] - far0[i])) / (12 * H);
        return quotient;
    }

    private static double[] Moved(double[] x, double[] v, double t)
    {
        double[] moved = [.. x];
        for (int i = 0; i < moved.Length; i++) moved[i] += t * v[i];
        return moved;
    }

    private static double[] Unit(int n, int i)
    {
        double[] e = new double[n];
        e[i] = 1;
        return e;
    }

    private static double MaxDifference(double[] a, double[] b)
    {
        double max = 0;
        for (int i = 0; i < a.Length; i++) max = Math.Max(max, Math.Abs(a[i] - b[i]));
        return max;
    }
}
