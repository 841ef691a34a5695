using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>What <see cref="Spectrum.Eigenpairs"/> looks for and how long.</summary>
public sealed record EigenpairOptions
{
    /// <summary>How many pairs. Default: 4.</summary>
    public int Count { get; init => field = Require.AtLeast(value, 1); } = 4;

    /// <summary>Which end of the spectrum. Default: the smallest.</summary>
    public SpectrumEnd End { get; init => field = Require.Defined(value); } = SpectrumEnd.Smallest;

    /// <summary>Vectors carried along beyond those asked for; they speed up the convergence of the last ones. Default: 2.</summary>
    public int GuardVectors { get; init => field = Require.NotNegative(value); } = 2;

    /// <summary>A pair has converged when its residual is at most this fraction of ‖A‖. Default: 1e-8.</summary>
    public double Tolerance { get; init => field = Require.NotNegative(value); } = 1e-8;

    /// <summary>The most products with the operator. Default: 5000.</summary>
    public int MaximumProducts { get; init; } = 5000;

    /// <summary>The seed of the random start.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A symmetric positive definite operator whose product with a residual points to the error: an approximate inverse of A − λI
    /// for the smallest eigenvalues, of λI − A for the largest. Default: none.</summary>
    public ILinearOperator? Preconditioner { get; init; }

    internal void Check(int dimension)
    {
        if (MaximumProducts < Count + GuardVectors)
            throw new ArgumentOutOfRangeException(
                nameof(MaximumProducts), MaximumProducts, $"The start alone needs {Count + GuardVectors} products.");
        if (Preconditioner is { } m && m.Dimension != dimension)
            throw new ShapeMismatchException($"The preconditioner acts on {m.Dimension} variables and the operator on {dimension}.");
    }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(EigenpairOptions), PrintMembers);
}
