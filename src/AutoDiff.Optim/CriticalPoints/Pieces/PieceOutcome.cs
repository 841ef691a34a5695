namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>What is known of a piece on the part of space where f is that piece.</summary>
/// <param name="Rises">It rises from the point everywhere there, to first or to second order.</param>
/// <param name="Curves">If it does not: curves along which it should fall, the likeliest first. None: it could not be told.</param>
/// <param name="IsFirstOrder">The first order decided.</param>
internal sealed record PieceOutcome(bool Rises, bool IsFirstOrder, IReadOnlyList<FallingCurve> Curves)
{
    public static PieceOutcome Unknown { get; } = new(false, false, []);
}
