using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// ρ, actual over predicted decrease, computed so that rounding in f does not decide on a step (A. R. Conn, N. I. M. Gould, P. L. Toint,
/// Trust-Region Methods, 2000, section 17.4.2). It does not change when f is multiplied by a power of two.
/// </summary>
internal static class ReductionRatio
{
    /// <summary>The unit round-off of double arithmetic, 2⁻⁵³.</summary>
    public const double UnitRoundOff = 1.0 / (1L << 53);

    /// <summary>Whether the decrease, found or predicted, is too near the rounding of f for the values to tell: then gradients
    /// must.</summary>
    public static bool NeedsGradients(double value, double trial, double predicted) =>
        double.IsFinite(trial) && Math.Min(Math.Abs(value - trial), predicted) < 1e4 * UnitRoundOff * Math.Abs(value);

    /// <summary>(f − f₊ + e)/(pred + e), e = 10u|f|; −∞ where the trial value is not finite.</summary>
    public static double FromValues(double value, double trial, double predicted)
    {
        if (!double.IsFinite(trial))
            return double.NegativeInfinity;
        double e = 10 * UnitRoundOff * Math.Abs(value);
        return (value - trial + e) / (predicted + e);
    }

    /// <summary>The decrease by the trapezoidal rule on gradients, −½(g + g₊)ᵀs, over the predicted one; −∞ where it is not
    /// finite.</summary>
    public static double FromGradients(
        ReadOnlySpan<double> gradient, ReadOnlySpan<double> trialGradient, ReadOnlySpan<double> step, double predicted)
    {
        double ratio = -0.5 * (Vectors.Dot(gradient, step) + Vectors.Dot(trialGradient, step)) / predicted;
        return double.IsFinite(ratio) ? ratio : double.NegativeInfinity;
    }
}
