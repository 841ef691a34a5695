namespace AutoDiff.Optim;

/// <summary>What a computation asked of the objective. A gradient at a point whose value is not yet known counts as one of each.</summary>
/// <param name="Values">Evaluations of f (of the residuals, in least squares).</param>
/// <param name="Gradients">Gradients (Jacobians, in least squares).</param>
/// <param name="HessianVectorProducts">Products Hv; a dense Hessian counts as n.</param>
/// <param name="JacobianVectorProducts">Products Jv of matrix-free least squares.</param>
/// <param name="VectorJacobianProducts">Products Jᵀu of matrix-free least squares.</param>
public readonly record struct Counts(
    long Values, long Gradients = 0, long HessianVectorProducts = 0, long JacobianVectorProducts = 0, long VectorJacobianProducts = 0)
{
    /// <summary>f / g / Hv, and Jv / Jᵀu where there were any.</summary>
    public override string ToString() => JacobianVectorProducts + VectorJacobianProducts == 0
        ? $"{Values} f, {Gradients} g, {HessianVectorProducts} Hv"
        : $"{Values} f, {Gradients} g, {HessianVectorProducts} Hv, {JacobianVectorProducts} Jv, {VectorJacobianProducts} Jᵀu";
}
