using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>How finely <see cref="Spectrum.Density"/> works; the products are at most <see cref="Probes"/> ×
/// <see cref="Steps"/>.</summary>
public sealed record SpectralDensityOptions
{
    /// <summary>The random starts, at least 2. Fewer than 10 give an unreliable error band. Default: 10.</summary>
    public int Probes { get; init => field = Require.AtLeast(value, 2); } = 10;

    /// <summary>The Lanczos steps of each start: the quadrature is exact for moments up to 2·steps − 1. Default: 80.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 1); } = 80;

    /// <summary>The seed of the random starts.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(SpectralDensityOptions), PrintMembers);
}
