namespace AutoDiff.Optim;

/// <summary>κ = |λ|max / |λ|min of a symmetric operator, with bounds.</summary>
public sealed record ConditionNumber
{
    /// <summary>The estimate, from the Ritz values. Where <see cref="IsReliable"/> is false no more than a lower estimate; NaN if no
    /// product was finite.</summary>
    public required double Value { get; init; }

    /// <summary>κ is at least this, to the error bounds: any Ritz value, wherever it lies, bounds the ends from inside.</summary>
    public required double Lower { get; init; }

    /// <summary>κ is at most this, if the extreme Ritz pairs are the extreme ones; infinite if unreliable.</summary>
    public required double Upper { get; init; }

    /// <summary>Whether the eigenvalue of smallest magnitude is known to keep away from 0.</summary>
    public required bool IsReliable { get; init; }

    /// <summary>Why it is reliable, or is not.</summary>
    public required string Reason { get; init; }

    /// <summary>The ends of the spectrum it was computed from.</summary>
    public required ExtremeEigenvalues Extremes { get; init; }

    /// <summary>Estimate, bounds and reason in a line.</summary>
    public override string ToString() =>
        $"{Value:G6}{(IsReliable ? "" : " (unreliable)")}, from {Lower:G6} to {Upper:G6}. {Reason}";

    internal static ConditionNumber Of(ExtremeEigenvalues e)
    {
        if (e.RitzValues.Count == 0)
            return Unreliable(e, double.NaN, 1, "No product was finite.");
        double largest = 0, largestError = 0, nearest = double.PositiveInfinity, nearestError = 0;
        for (int i = 0; i < e.RitzValues.Count; i++)
        {
            double magnitude = Math.Abs(e.RitzValues[i]), error = e.RitzErrorBounds[i];
            if (magnitude > largest)
                (largest, largestError) = (magnitude, error);
            if (magnitude + error < nearest + nearestError)
                (nearest, nearestError) = (magnitude, error);
        }
        double lower = Math.Max(1, (largest - largestError) / (nearest + nearestError));
        if (double.IsNaN(lower))
            return Unreliable(e, double.PositiveInfinity, 1, "The operator is 0.");
        Eigenpair low = e.Smallest[0], high = e.Largest[0];
        bool isPositive = low.Lower > 0, isNegative = high.Upper < 0;
        if (!isPositive && !isNegative)
        {
            if (!(low.Upper < 0 && high.Lower > 0))
                return Unreliable(e, largest / nearest, lower,
                    $"The error bound of an extreme eigenvalue crosses 0: {low.Value:G6} ± {low.ErrorBound:G2}, {high.Value:G6} ± {high.ErrorBound:G2}.");
            if (!e.IsComplete)
                return Unreliable(e, lower, lower,
                    "The operator is indefinite: eigenvalues near 0 lie inside the spectrum, where a Lanczos run proves nothing.");
        }
        if (nearest <= nearestError)
            return Unreliable(e, largest / nearest, lower,
                $"The error bound of the eigenvalue nearest to 0 crosses 0: magnitude {nearest:G6} ± {nearestError:G2}.");
        return new ConditionNumber
        {
            Value = largest / nearest,
            Lower = lower,
            Upper = (largest + largestError) / (nearest - nearestError),
            IsReliable = true,
            Reason = e.IsComplete ? "The whole spectrum is known." : "The operator is definite as far as its extreme Ritz pairs show.",
            Extremes = e,
        };
    }

    private static ConditionNumber Unreliable(ExtremeEigenvalues e, double value, double lower, string reason) =>
        new() { Value = value, Lower = lower, Upper = double.PositiveInfinity, IsReliable = false, Reason = reason, Extremes = e };
}
