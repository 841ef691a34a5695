namespace AutoDiff.Optim;

/// <summary>How <see cref="TrustRegionNewton"/> minimizes its model.</summary>
public enum InnerSolver
{
    /// <summary>Over the Krylov space of the gradient, on the boundary too; keeps the basis, so that a rejected step costs no
    /// product.</summary>
    Gltr,

    /// <summary>Conjugate gradients, ended where they leave the trust region or meet negative curvature; may be preconditioned.</summary>
    SteihaugToint,
}
