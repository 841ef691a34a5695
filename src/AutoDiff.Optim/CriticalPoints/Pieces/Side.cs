namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>A condition c(x) ≥ 0 under which f is a piece; it holds with equality at the point.</summary>
/// <param name="Gradient">∇c there.</param>
/// <param name="Hessian">∇²c there, formed when it is asked for; null: c is affine.</param>
/// <param name="GradientError">What rounding may leave in ∇c.</param>
internal sealed record Side(double[] Gradient, Func<double[,]>? Hessian, double GradientError = 0);
