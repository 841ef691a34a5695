namespace AutoDiff.Optim;

/// <summary>How <see cref="SaddleSearch"/> turns the gradient into a step.</summary>
public enum SaddleSearchMethod
{
    /// <summary>Newton's step on |H| with the signs of the lowest modes flipped, s = Σ ±(vᵀg)/|λ|·v: quadratic convergence.</summary>
    FlippedModes,

    /// <summary>The gentlest ascent, s ∝ −g + 2Σ(gᵀv)v over the lowest modes (W. E, X. Zhou, The gentlest ascent dynamics, Nonlinearity 24,
    /// 2011, equation 3): linear convergence, and a path that follows the valley.</summary>
    GentlestAscent,

    /// <summary>Eigenvector following by rational functions (P-RFO): uphill by the upper root of the followed mode, μ = ½(λ + √(λ² + 4c²)),
    /// downhill by the lowest root of μ = Σcⱼ²/(μ − λⱼ) over the others, s = −Σ cⱼ/(λⱼ − μ)·v (Banerjee et al. 1985): quadratic
    /// convergence.</summary>
    EigenvectorFollowing,

    /// <summary>Minimum-mode following on products alone, at any size: the lowest modes are turned by a few Lanczos steps at each iterate,
    /// as the dimer is (G. Henkelman, H. Jónsson, J. Chem. Phys. 111, 1999) but with exact Hv, and Newton's step is taken in the Krylov
    /// space of the gradient with them, flipped along the modes. Superlinear convergence.</summary>
    MinimumMode,
}
