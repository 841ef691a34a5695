using AutoDiff.Lambdas;
using AutoDiff.Problems;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Reference;

/// <summary>The critical points are critical, have the spectrum that is claimed, and are what is claimed.</summary>
public class KnownInertiaTests
{
    public static TheoryData<string> Names() => [.. KnownInertia.All.Select(point => point.Name)];

    [Fact]
    public void The_collection_covers_dimensions_kinds_and_curvatures()
    {
        IReadOnlyList<KnownInertia> all = KnownInertia.All;
        all.Count.ShouldBeGreaterThanOrEqualTo(36);
        all.Min(point => point.N).ShouldBe(1);
        all.Max(point => point.N).ShouldBe(300);
        all.Select(point => point.Kind).Distinct().Count().ShouldBe(4);
        all.Min(point => point.SmallestEigenvalue).ShouldBeLessThan(-99);
        all.ShouldContain(point => point.SmallestEigenvalue == -1e-8);
        all.ShouldContain(point => point.SmallestEigenvalue == 1e-8);
        all.Max(point => point.LargestEigenvalue).ShouldBe(1e10, 1);
        foreach (KnownInertia point in all)
            (point.Positive + point.Zero + point.Negative).ShouldBe(point.N, point.Name);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_vanishes(string name)
    {
        KnownInertia point = KnownInertia.Get(name);
        // The rounding of the point, up to its size, times the largest curvature.
        double size = point.Point.Select(Math.Abs).Append(1).Max() * point.Spectrum.Max(Math.Abs);
        Math.Sqrt(point.Objective.Gradient(point.Point).Sum(g => g * g)).ShouldBeLessThanOrEqualTo(1e-14 * point.N * size);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_hessian_has_the_claimed_spectrum(string name)
    {
        KnownInertia point = KnownInertia.Get(name);
        double[] found = Dense.Eigenvalues(point.Objective, point.Point);
        double resolved = 1e-14 * point.N * Math.Max(1e-3, point.Spectrum.Max(Math.Abs));
        point.Spectrum.ShouldBe(point.Spectrum.Order());
        for (int i = 0; i < point.N; i++)
            found[i].ShouldBe(point.Spectrum[i], resolved, $"eigenvalue {i}");
        if (point.Spectrum.Where(value => value != 0).All(value => Math.Abs(value) > 2 * resolved))
        {
            found.Count(value => value > resolved).ShouldBe(point.Positive);
            found.Count(value => value < -resolved).ShouldBe(point.Negative);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_kind_fits_the_claimed_spectrum(string name)
    {
        KnownInertia point = KnownInertia.Get(name);
        if (point.DecidingOrder == 2)
        {
            point.Kind.ShouldBe((point.Positive, point.Negative) switch
            {
                (0, _) => TrueKind.Maximum,
                (_, 0) => TrueKind.Minimum,
                _ => TrueKind.Saddle,
            });
        }
        else
        {
            point.Zero.ShouldBeGreaterThan(0);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_kind_shows_in_values_around_the_point(string name)
    {
        KnownInertia point = KnownInertia.Get(name);
        double here = point.Objective.Value(point.Point), rounding = 1e-14 * Math.Abs(here) + 1e-18;
        bool lower = point.Kind is TrueKind.Saddle or TrueKind.Maximum, higher = point.Kind != TrueKind.Maximum;

        foreach (double t in new[] { 1, 0.5, 0.25 })
        {
            if (point.Kind == TrueKind.Saddle)
            {
                point.Objective.Value(point.Descent!(t)).ShouldBeLessThan(here - rounding, $"t = {t}");
                point.Objective.Value(point.Ascent!(t)).ShouldBeGreaterThan(here + rounding, $"t = {t}");
            }
            foreach (double[] direction in Directions(point))
            {
                double[] beside = [.. point.Point.Zip(direction, (x, d) => x + 0.3 * t * d)];
                double value = point.Objective.Value(beside);
                if (!lower)
                    value.ShouldBeGreaterThanOrEqualTo(here - rounding);
                if (!higher)
                    value.ShouldBeLessThanOrEqualTo(here + rounding);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_curves_lead_to_the_point(string name)
    {
        KnownInertia point = KnownInertia.Get(name);
        foreach (Func<double, double[]>? curve in new[] { point.Descent, point.Ascent })
        {
            if (curve is not null)
                curve(1e-6).Zip(point.Point, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(2e-4);
        }
    }

    /// <summary>Unit vectors along which to look: random ones, and both ways along the eigenvectors of the flattest and the extreme
    /// eigenvalues.</summary>
    private static IEnumerable<double[]> Directions(KnownInertia point)
    {
        SplitMix64 random = new(9);
        for (int k = 0; k < 20; k++)
        {
            double[] d = [.. Enumerable.Range(0, point.N).Select(_ => random.NextSigned())];
            double norm = Math.Sqrt(d.Sum(value => value * value));
            yield return [.. d.Select(value => value / norm)];
        }
        var evd = Dense.Hessian(point.Objective, point.Point).Evd(Symmetricity.Symmetric);
        int[] flattest = [.. Enumerable.Range(0, point.N).OrderBy(i => Math.Abs(evd.EigenValues[i].Real)).Take(3)];
        foreach (int i in flattest.Append(0).Append(point.N - 1))
        {
            double[] v = [.. evd.EigenVectors.Column(i)];
            yield return v;
            yield return [.. v.Select(value => -value)];
        }
    }
}
