using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Spectra;

namespace AutoDiff.Optim;

/// <summary>
/// The density of eigenvalues φ(t) = (1/n)·Σδ(t − λᵢ), estimated by stochastic Lanczos quadrature: each probe's nodes θᵢ and weights form a
/// Gauss quadrature of the measure that its random start sees, whose expectation is φ.
/// </summary>
/// <remarks>Golub and Welsch 1969; Ubaru, Chen and Saad 2017; Ghorbani, Krishnan and Xiao 2019. Every estimate comes with the standard
/// error over the probes, which knows nothing of the quadrature's own resolution.</remarks>
public sealed record SpectralDensity
{
    private const double WidthsOfTheSpectrum = 50, RoundOff = 1e-10;

    /// <summary>The nodes of each probe, ascending.</summary>
    public required IReadOnlyList<IReadOnlyList<SpectralNode>> Probes { get; init; }

    /// <summary>Converged, or NonFinite if a product was not finite; the probes are then those before it.</summary>
    public required SpectrumStatus Status { get; init; }

    /// <summary>The products with the operator.</summary>
    public required int Products { get; init; }

    /// <summary>The smallest node; NaN without probes.</summary>
    public required double Smallest { get; init; }

    /// <summary>The largest node; NaN without probes.</summary>
    public required double Largest { get; init; }

    /// <summary>The broadening used where none is given: a fiftieth of the spectrum's width, or of its one value; 1 if that is 0.</summary>
    public double DefaultWidth
    {
        get
        {
            double width = Largest - Smallest, magnitude = Math.Max(Math.Abs(Smallest), Math.Abs(Largest));
            return magnitude == 0 ? 1 : (width <= RoundOff * magnitude ? magnitude : width) / WidthsOfTheSpectrum;
        }
    }

    /// <summary>φ(t) broadened by a Gaussian of standard deviation <paramref name="width"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public ProbeEstimate At(double t, double width)
    {
        if (!(width > 0))
            throw new ArgumentOutOfRangeException(nameof(width), width, "The broadening must be positive.");
        return Mean(theta =>
        {
            double z = (t - theta) / width;
            return Math.Exp(-0.5 * z * z) / (width * Math.Sqrt(2 * Math.PI));
        });
    }

    /// <summary>The broadened density on <paramref name="points"/> equidistant places from three widths below the smallest node to three
    /// above the largest; a width of 0 stands for <see cref="DefaultWidth"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two points, or a negative width.</exception>
    public IReadOnlyList<DensityPoint> Curve(int points = 200, double width = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double sigma = width == 0 ? DefaultWidth : width, start = Smallest - 3 * sigma, end = Largest + 3 * sigma;
        DensityPoint[] curve = new DensityPoint[points];
        for (int i = 0; i < points; i++)
        {
            double fraction = i / (points - 1.0), t = (1 - fraction) * start + fraction * end;
            ProbeEstimate estimate = At(t, sigma);
            curve[i] = new DensityPoint(t, estimate.Value, estimate.StandardError);
        }
        return curve;
    }

    /// <summary>The fraction of the eigenvalues below <paramref name="t"/>. A probe's own staircase errs by at most its weights next to t
    /// (Chebyshev, Markov, Stieltjes).</summary>
    public ProbeEstimate FractionBelow(double t) => Mean(theta => theta < t ? 1 : 0);

    /// <summary>(1/n)·tr A^k.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public ProbeEstimate Moment(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        return Mean(theta => Math.Pow(theta, order));
    }

    /// <summary>(1/n)·tr f(A) = the mean of f over the eigenvalues; with f = ln of a positive definite A, ln det A / n.</summary>
    public ProbeEstimate Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Probes.Count == 0)
            return new ProbeEstimate(double.NaN, double.PositiveInfinity);
        RunningMean statistics = default;
        foreach (IReadOnlyList<SpectralNode> probe in Probes)
        {
            double sum = 0;
            foreach (SpectralNode node in probe)
                sum += node.Weight * function(node.Value);
            statistics.Add(sum);
        }
        return new ProbeEstimate(statistics.Mean, statistics.StandardError);
    }

    /// <summary>Status, probes and range in a line.</summary>
    public override string ToString() =>
        $"{Status} after {Products} products: {Probes.Count} probes, from {Smallest:G6} to {Largest:G6}";
}
