namespace AutoDiff.Optim;

/// <summary>How <see cref="SaddleSearch"/> turns the gradient into a step.</summary>
public enum SaddleSearchMethod
{
    /// <summary>Newton's step on |H| with the signs of the lowest modes flipped, s = Σ ±(vᵀg)/|λ|·v: quadratic convergence.</summary>
    FlippedModes,

    /// <summary>The gentlest ascent, s ∝ −g + 2Σ(gᵀv)v over the lowest modes (W. E, X. Zhou, The gentlest ascent dynamics, Nonlinearity 24,
    /// 2011, equation 3): linear convergence, and a path that follows the valley.</summary>
    GentlestAscent,
}
