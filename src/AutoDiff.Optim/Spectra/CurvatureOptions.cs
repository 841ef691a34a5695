using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>How far <see cref="Spectrum.CurvatureAlong"/> decomposes a direction.</summary>
public sealed record CurvatureOptions
{
    /// <summary>The most products, and vectors of n numbers that are kept. An operator on no more variables is decomposed completely.
    /// Default: 150.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 1); } = 150;

    /// <summary>A pair counts as found when its residual is at most this fraction of ‖A‖. Default: 1e-8.</summary>
    public double Tolerance { get; init => field = Require.NotNegative(value); } = 1e-8;

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(CurvatureOptions), PrintMembers);
}
