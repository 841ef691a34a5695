using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>What <see cref="Spectrum.Extremes"/> looks for and how long.</summary>
public sealed record ExtremeEigenvalueOptions
{
    /// <summary>How many pairs at each end. Default: 1.</summary>
    public int Count { get; init => field = Require.AtLeast(value, 1); } = 1;

    /// <summary>Whether the smallest eigenvalues are asked for. Default: true.</summary>
    public bool Smallest { get; init; } = true;

    /// <summary>Whether the largest eigenvalues are asked for. Default: true.</summary>
    public bool Largest { get; init; } = true;

    /// <summary>A pair has converged when its residual is at most this fraction of ‖A‖. The eigenvalue's own error is then of the order of
    /// the residual's square over the gap to the next one. Default: 1e-8.</summary>
    public double Tolerance { get; init => field = Require.NotNegative(value); } = 1e-8;

    /// <summary>The most products with the operator. Default: 2000.</summary>
    public int MaximumProducts { get; init => field = Require.AtLeast(value, 1); } = 2000;

    /// <summary>The most vectors of n numbers that are kept; a full basis is restarted from its best Ritz vectors. Default: 100.</summary>
    public int BasisSize { get; init; } = 100;

    /// <summary>The seed of the random start.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Check()
    {
        if (!Smallest && !Largest)
            throw new ArgumentException("Neither the smallest nor the largest eigenvalues are asked for.");
        if (BasisSize < 4 * Count + 4)
            throw new ArgumentOutOfRangeException(
                nameof(BasisSize), BasisSize, $"{Count} pairs at each end need a basis of at least {4 * Count + 4} vectors.");
    }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(ExtremeEigenvalueOptions), PrintMembers);
}
