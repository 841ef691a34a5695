namespace AutoDiff.Optim;

/// <summary>How a trace is estimated from products with random vectors.</summary>
public enum TraceMethod
{
    /// <summary>The mean of zᵀAz over vectors z of random signs (Hutchinson 1989). The standard error falls as 1/√products, whatever the
    /// spectrum; exact after one product if A is diagonal. Its variance is 2·Σ_{i≠j} a²ᵢⱼ per probe.</summary>
    Hutchinson,

    /// <summary>The trace on the range of a random sketch exactly, the rest by Hutchinson (Meyer, Musco, Musco, Woodruff 2021): a third of
    /// the products each for the sketch, its projection and the probes. Falls as 1/products on decaying spectra.</summary>
    HutchPlusPlus,

    /// <summary>Every vector serves both sketch and probe, each left out in turn (Epperly, Tropp, Webber 2024). The most accurate on
    /// decaying spectra; keeps all vectors. Default.</summary>
    XTrace,
}
