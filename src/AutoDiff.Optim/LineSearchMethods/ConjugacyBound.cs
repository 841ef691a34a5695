namespace AutoDiff.Optim;

/// <summary>From below, how β of <see cref="NonlinearConjugateGradient"/> is bounded; without a bound the method may fail to converge where
/// f is not convex.</summary>
public enum ConjugacyBound
{
    /// <summary>β ≥ 0.4·dᵀg/‖d‖², W. W. Hager, H. Zhang, The limited memory conjugate gradient method, SIAM J. Optim. 23 (2013)
    /// 2150–2168.</summary>
    HagerZhang2013,

    /// <summary>β ≥ −‖g₀‖²/(‖d‖·min(0.01‖g₀‖, ‖g‖)), Hager and Zhang (2005), with gradients measured in the start's ‖g₀‖: the
    /// paper's own bound, −1/(‖d‖·min(0.01, ‖g‖)), changes with the scale of f.</summary>
    HagerZhang2005,
}
