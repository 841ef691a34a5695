namespace AutoDiff.Hvp;

/// <summary>What finite differences say of a Hessian-vector product.</summary>
public enum HvpVerdict
{
    /// <summary>The differences cannot decide: their own uncertainty is too large, or f is not smooth, not finite or not deterministic at
    /// the point.</summary>
    Inconclusive,

    /// <summary>The product agrees with differences whose uncertainty is below <see cref="HvpComparisonOptions.Tolerance"/>.</summary>
    Agree,

    /// <summary>The product lies outside the uncertainty of differences that are consistent with one another.</summary>
    Disagree,
}
