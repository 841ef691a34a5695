namespace AutoDiff.Hvp;

/// <summary>What a comparison noticed about the objective besides the two products.</summary>
[Flags]
public enum HvpFindings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Evaluated again at the same point, f or its gradient came out with other bits: a random or stateful loss.</summary>
    NotDeterministic = 1,

    /// <summary>Some of the steps cross kinks, which <see cref="HvpComparison.Kinks"/> names; or the gradient, or its one-sided
    /// differences, jump persistently as at a kink. The product may be confirmed by the other steps all the same.</summary>
    KinkInsideStep = 2,

    /// <summary>The lambda read a plain number out of a variable (<see cref="Var.Value"/>), or chose a path by one; what depends on it is
    /// lost to every derivative.</summary>
    ValueEscaped = 4,

    /// <summary>f, its gradient or the product is NaN or infinite at the point.</summary>
    NonFinite = 8,

    /// <summary>vᵀ∇f does not agree with differences of f: the gradient is not that of the values. An escaped value or a stopped gradient
    /// does that.</summary>
    GradientDisagrees = 16,

    /// <summary>uᵀ(Hv) and vᵀ(Hu) differ by more than rounding.</summary>
    Asymmetric = 32,

    /// <summary>Some steps left f's domain (NaN, ∞, or an exception of arithmetic or argument); they were left out.</summary>
    LeftDomain = 64,
}
