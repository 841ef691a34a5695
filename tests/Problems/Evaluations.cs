namespace AutoDiff.Problems;

/// <summary>How often a minimizer evaluated f, its gradient and Hessian-vector products.</summary>
/// <param name="Values">Evaluations of f.</param>
/// <param name="Gradients">Evaluations of ∇f.</param>
/// <param name="Products">Products with the Hessian.</param>
public readonly record struct Evaluations(int Values, int Gradients, int Products);
