using AutoDiff.Optim;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>What a point is in truth.</summary>
public enum Truth
{
    /// <summary>A strict local minimum, within the bounds if there are any.</summary>
    Minimum,

    /// <summary>A minimum, with the same value along a curve or surface through the point.</summary>
    MinimumContinuum,

    /// <summary>A strict local maximum.</summary>
    Maximum,

    /// <summary>A maximum, with the same value along a curve or surface through the point.</summary>
    MaximumContinuum,

    /// <summary>Higher and lower points lie in every neighbourhood.</summary>
    Saddle,

    /// <summary>Lower points lie in every neighbourhood (within the bounds); whether higher ones do is not asked.</summary>
    NoMinimum,
}

/// <summary>A point whose kind is known from how its function was made.</summary>
/// <param name="Family">Which construction.</param>
/// <param name="Name">The construction's parameters.</param>
/// <param name="F">The function.</param>
/// <param name="X">The point: exact, since the function is computed from x − c and the point is c.</param>
/// <param name="Truth">What it is.</param>
/// <param name="Decidable">Whether derivatives to the fourth order, or the rules for kinks, decide it in double precision.</param>
/// <param name="Scale">The size of f's changes over a <paramref name="Unit"/>.</param>
/// <param name="Unit">The length on which f varies; perturbations are multiples of it.</param>
public sealed record KnownPoint(
    string Family, string Name, Objective F, double[] X, Truth Truth, bool Decidable, double Scale = 1, double Unit = 1)
{
    /// <summary>The bounds, or null.</summary>
    public Bounds? Bounds { get; init; }

    /// <summary>How many products the verdict may take; null: the default.</summary>
    public int? MaxProducts { get; init; }

    /// <summary>The number of variables.</summary>
    public int N => X.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Family}: {Name}, n = {N}";
}
