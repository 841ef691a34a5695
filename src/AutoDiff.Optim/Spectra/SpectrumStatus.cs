namespace AutoDiff.Optim;

/// <summary>How the computation of a property of a spectrum ended.</summary>
public enum SpectrumStatus
{
    /// <summary>The accuracy asked for is reached.</summary>
    Converged,

    /// <summary>The products allowed are used up; the error bounds say how far it got. More products, a larger basis or a looser tolerance
    /// help.</summary>
    LimitProducts,

    /// <summary>No further progress is possible, and the tolerance is not reached; the error bounds say what is. The products may be
    /// inexact, or the operator not symmetric.</summary>
    Stalled,

    /// <summary>A product was infinite or NaN. The result is that of the products before it, NaN if there was none.</summary>
    NonFinite,
}
