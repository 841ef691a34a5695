using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class TraceTests
{
    private static readonly TraceMethod[] s_methods = Enum.GetValues<TraceMethod>();

    public static TheoryData<TraceMethod> Methods() => [.. s_methods];

    private static TraceOptions Fixed(TraceMethod method, int products, ulong seed) =>
        new() { Method = method, RelativeStandardError = 0, MaximumProducts = products, Seed = seed };

    [Theory, MemberData(nameof(Methods))]
    public void The_estimate_is_unbiased_and_its_standard_error_is_its_scatter(TraceMethod method)
    {
        double[,] dense = Operators.RandomSymmetric(60, 3);
        double truth = Enumerable.Range(0, 60).Sum(i => dense[i, i]);
        ILinearOperator a = Operators.Dense(dense);
        const int runs = 600;
        double sum = 0, squares = 0, claimed = 0;
        int covered = 0;
        for (ulong seed = 0; seed < runs; seed++)
        {
            TraceEstimate estimate = Spectrum.Trace(a, Fixed(method, 48, seed));
            double error = estimate.Value - truth;
            sum += error;
            squares += error * error;
            claimed += estimate.StandardError * estimate.StandardError;
            if (Math.Abs(error) <= 2 * estimate.StandardError)
                covered++;
        }
        double scatter = Math.Sqrt(squares / runs);
        Math.Abs(sum / runs).ShouldBeLessThan(4 * scatter / Math.Sqrt(runs));
        // XTrace's samples share their sketch; on so flat a spectrum their scatter is known to be too small by a fifth.
        (Math.Sqrt(claimed / runs) / scatter).ShouldBeInRange(method == TraceMethod.XTrace ? 0.75 : 0.9, 1.1);
        covered.ShouldBeGreaterThan((int)((method == TraceMethod.XTrace ? 0.85 : 0.9) * runs));
    }

    [Fact]
    public void Xtrace_is_unbiased_where_most_of_the_trace_is_outside_its_sketch()
    {
        double[,] dense = Operators.RandomSymmetric(60, 3);
        for (int i = 0; i < 60; i++)
            dense[i, i] += 20;
        double truth = Enumerable.Range(0, 60).Sum(i => dense[i, i]);
        double[] errors = [.. Enumerable.Range(0, 600).Select(
            seed => Spectrum.Trace(Operators.Dense(dense), Fixed(TraceMethod.XTrace, 48, (ulong)seed)).Value - truth)];
        Math.Abs(errors.Average()).ShouldBeLessThan(4 * Math.Sqrt(errors.Average(e => e * e) / 600));
        Math.Abs(errors.Average()).ShouldBeLessThan(5);
    }

    [Fact]
    public void Hutchinsons_scatter_is_the_exact_one()
    {
        double[,] dense = Operators.RandomSymmetric(50, 9);
        double offDiagonal = 0;
        for (int i = 0; i < 50; i++)
        {
            for (int j = 0; j < 50; j++)
                offDiagonal += i == j ? 0 : dense[i, j] * dense[i, j];
        }
        double claimed = 0;
        for (ulong seed = 0; seed < 300; seed++)
            claimed += Math.Pow(Spectrum.Trace(Operators.Dense(dense), Fixed(TraceMethod.Hutchinson, 40, seed)).StandardError, 2) / 300;
        (claimed * 40 / (2 * offDiagonal)).ShouldBe(1, 0.07);
    }

    [Fact]
    public void On_a_decaying_spectrum_the_sketches_are_far_more_accurate()
    {
        // The covariance of an Ornstein–Uhlenbeck process on [0, 1]: the eigenvalues fall as 1/k², the diagonal is 1.
        double[,] kernel = new double[300, 300];
        for (int i = 0; i < 300; i++)
        {
            for (int j = 0; j < 300; j++)
                kernel[i, j] = Math.Exp(-Math.Abs(i - j) / 300.0);
        }
        ILinearOperator a = Operators.Dense(kernel);
        const double truth = 300;
        double[] errors = [.. s_methods.Select(
            m =>
            Math.Sqrt(Enumerable.Range(0, 20).Average(seed => Math.Pow(Spectrum.Trace(a, Fixed(m, 60, (ulong)seed)).Value - truth, 2))))];
        errors[(int)TraceMethod.HutchPlusPlus].ShouldBeLessThan(0.02 * errors[(int)TraceMethod.Hutchinson]);
        errors[(int)TraceMethod.XTrace].ShouldBeLessThan(0.8 * errors[(int)TraceMethod.HutchPlusPlus]);
    }

    [Theory, MemberData(nameof(Methods))]
    public void The_standard_error_asked_for_stops_the_run(TraceMethod method)
    {
        ILinearOperator a = Operators.Laplacian(400);
        TraceEstimate estimate =
            Spectrum.Trace(a, new(
            ) { Method = method, StandardError = 12, RelativeStandardError = 0, SketchSize = 20, MaximumProducts = 2000 });
        estimate.Status.ShouldBe(SpectrumStatus.Converged);
        estimate.StandardError.ShouldBeLessThanOrEqualTo(12);
        estimate.Products.ShouldBeLessThan(400);
        Math.Abs(estimate.Value - 800).ShouldBeLessThan(4 * 12);
        TraceEstimate limited = Spectrum.Trace(a, Fixed(method, 40, 1));
        (limited.Status, limited.Products).ShouldBe((SpectrumStatus.LimitProducts, 40));
    }

    [Theory, MemberData(nameof(Methods))]
    public void What_the_vectors_span_is_exact(TraceMethod method)
    {
        Spectrum.Trace(Operators.Diagonal(3), new() { Method = method }).Value.ShouldBe(3, 1e-14);
        Spectrum.Trace(Operators.Rotated(new double[30]), new() { Method = method }).Value.ShouldBe(0);
        if (method == TraceMethod.Hutchinson)
        {
            Spectrum.Trace(Operators.Diagonal(3, -5, 1e3), new() { Method = method }).Value.ShouldBe(998, 1e-11);
            return;
        }
        foreach (double scale in (double[])[1, 1e150, 1e-150])
        {
            TraceEstimate lowRank =
                Spectrum.Trace(Operators.Rotated([-3 * scale, .. new double[500], scale, 7 * scale]),
                new() { Method = method, RelativeStandardError = 1e-9, MaximumProducts = 100 });
            (lowRank.Value / scale).ShouldBe(5, 1e-10);
            (lowRank.StandardError / scale).ShouldBeLessThan(1e-10);
            lowRank.Status.ShouldBe(SpectrumStatus.Converged);
        }
        double[,] dense = Operators.RandomSymmetric(12, 3);
        Spectrum.Trace(Operators.Dense(dense), new() { Method = method, RelativeStandardError = 0 }).Value.ShouldBe(
            Enumerable.Range(0, 12).Sum(i => dense[i, i]), 1e-12);
    }

    [Theory, MemberData(nameof(Methods))]
    public void Products_that_are_not_finite_are_a_status(TraceMethod method)
    {
        TraceEstimate none = Spectrum.Trace(Operators.From(20, (_, r) => r.Fill(double.NaN)), new() { Method = method });
        (none.Status, none.Products).ShouldBe((SpectrumStatus.NonFinite, 1));
        none.Value.ShouldBe(double.NaN);
        ILinearOperator laplacian = Operators.Laplacian(200);
        int calls = 0;
        TraceEstimate some = Spectrum.Trace(Operators.From(200, (v, r) =>
        {
            laplacian.Apply(v, r);
            if (++calls == 70)
                r[0] = double.PositiveInfinity;
        }), new() { Method = method, RelativeStandardError = 0, SketchSize = 20, MaximumProducts = 90 });
        some.Status.ShouldBe(SpectrumStatus.NonFinite);
        some.Value.ShouldBe(400, 4 * some.StandardError);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_misuse_is_named()
    {
        ILinearOperator a = Operators.Laplacian(100);
        foreach (TraceMethod method in s_methods)
            Spectrum.Trace(a, Fixed(method, 30, 5)).ShouldBe(Spectrum.Trace(a, Fixed(method, 30, 5)));
        Should.Throw<ArgumentException>(() => Spectrum.Trace(a, new() { MaximumProducts = 19 })).Message.ShouldContain("20");
    }
}
