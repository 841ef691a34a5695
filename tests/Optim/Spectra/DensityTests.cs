using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class DensityTests
{
    [Fact]
    public void The_counting_function_is_the_exact_one_to_the_band_and_the_resolution()
    {
        const int n = 2000;
        double[] values = [.. Enumerable.Range(1, n).Select(j => Operators.LaplacianEigenvalue(n, j))];
        SpectralDensity density = Spectrum.Density(Operators.Laplacian(n));
        (density.Status, density.Probes.Count, density.Products).ShouldBe((SpectrumStatus.Converged, 10, 800));
        int inside = 0, places = 0;
        for (double t = 0.05; t < 4; t += 0.05)
        {
            double exact = values.Count(v => v < t) / (double)n;
            ProbeEstimate estimate = density.FractionBelow(t);
            // A probe's staircase errs by a node's weight, about 1/80, at most.
            Math.Abs(estimate.Value - exact).ShouldBeLessThan(4 * estimate.StandardError + 1.5 / 80);
            places++;
            if (Math.Abs(estimate.Value - exact) <= 2 * estimate.StandardError + 0.5 / 80)
                inside++;
        }
        inside.ShouldBeGreaterThan((int)(0.9 * places));
    }

    [Fact]
    public void The_broadened_density_is_the_exact_one_within_its_band()
    {
        const int n = 2000;
        double[] values = [.. Enumerable.Range(1, n).Select(j => Operators.LaplacianEigenvalue(n, j))];
        SpectralDensity density = Spectrum.Density(Operators.Laplacian(n), new() { Probes = 20, Seed = 3 });
        const double width = 0.15;
        IReadOnlyList<DensityPoint> curve = density.Curve(120, width);
        int inside = 0;
        foreach (DensityPoint point in curve)
        {
            double exact = values.Average(
                v => Math.Exp(-0.5 * Math.Pow((point.Position - v) / width, 2)) / (width * Math.Sqrt(2 * Math.PI)));
            Math.Abs(point.Density - exact).ShouldBeLessThan(0.05);
            if (Math.Abs(point.Density - exact) <= 2 * point.StandardError + 1e-6)
                inside++;
        }
        inside.ShouldBeGreaterThan(100);
        double step = curve[1].Position - curve[0].Position;
        (curve.Sum(p => p.Density) * step).ShouldBe(1, 0.01);
    }

    [Fact]
    public void Moments_are_traces_of_powers()
    {
        const int n = 500;
        SpectralDensity density = Spectrum.Density(Operators.Laplacian(n), new() { Steps = 10, Probes = 40 });
        density.Moment(0).Value.ShouldBe(1, 1e-13);
        ProbeEstimate first = density.Moment(1), second = density.Moment(2);
        Math.Abs(first.Value - 2).ShouldBeLessThan(4 * first.StandardError);
        Math.Abs(second.Value - (6.0 * n - 2) / n).ShouldBeLessThan(4 * second.StandardError);
        second.StandardError.ShouldBeInRange(1e-4, 0.1);
        // The exact scatter of zᵀAz/n over random signs is √(2·Σ_{i≠j}a²)/n = √(4(n − 1))/n; of 40 probes a √40th of that.
        (first.StandardError / (Math.Sqrt(4.0 * (n - 1)) / n / Math.Sqrt(40))).ShouldBeInRange(0.7, 1.3);
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void One_repeated_eigenvalue_a_zero_operator_and_any_scale_are_no_trouble(double scale)
    {
        SpectralDensity identity = Spectrum.Density(Operators.Rotated([.. Enumerable.Repeat(3 * scale, 30)]));
        identity.Products.ShouldBe(10);
        (identity.Smallest / scale).ShouldBe(3, 1e-14);
        (identity.DefaultWidth / scale).ShouldBe(3.0 / 50, 1e-2);
        identity.Curve().ShouldAllBe(p => double.IsFinite(p.Density) && double.IsFinite(p.Position));
        SpectralDensity zero = Spectrum.Density(Operators.Rotated(new double[8]));
        (zero.Smallest, zero.Largest, zero.DefaultWidth).ShouldBe((0, 0, 1));
        SpectralDensity diagonal = Spectrum.Density(Operators.Diagonal(scale, 2 * scale, 2 * scale, 5 * scale));
        // Random signs see a diagonal operator exactly.
        diagonal.FractionBelow(3 * scale).Value.ShouldBe(0.75, 1e-14);
        diagonal.Mean(t => Math.Log(t / scale)).Value.ShouldBe(Math.Log(20) / 4, 1e-13);
    }

    [Fact]
    public void Products_that_are_not_finite_leave_the_probes_before_them()
    {
        ILinearOperator laplacian = Operators.Laplacian(100);
        int calls = 0;
        SpectralDensity density = Spectrum.Density(Operators.From(100, (v, r) =>
        {
            laplacian.Apply(v, r);
            if (++calls == 205)
                r[0] = double.NaN;
        }));
        (density.Status, density.Probes.Count, density.Products).ShouldBe((SpectrumStatus.NonFinite, 2, 204));
        SpectralDensity none = Spectrum.Density(Operators.From(5, (_, r) => r.Fill(double.NaN)));
        none.Moment(1).ShouldBe(new ProbeEstimate(double.NaN, double.PositiveInfinity));
        none.Smallest.ShouldBe(double.NaN);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        SpectralDensity first = Spectrum.Density(Operators.Laplacian(200)), second = Spectrum.Density(Operators.Laplacian(200));
        second.Probes[9].ShouldBe(first.Probes[9]);
        Spectrum.Density(Operators.Laplacian(200), new() { Seed = 9 }).Probes[9].ShouldNotBe(first.Probes[9]);
    }
}
