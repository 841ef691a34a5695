namespace AutoDiff.Optim;

/// <summary>Where a minimization stands after an iteration.</summary>
/// <param name="Iteration">Iterations so far.</param>
/// <param name="Value">f at the iterate.</param>
/// <param name="GradientNorm">‖∇f‖₂ at the iterate, with bounds ‖P(x − ∇f) − x‖₂.</param>
/// <param name="StepLength">‖s‖₂ of the step taken; 0 if it was rejected.</param>
/// <param name="Radius">The trust region's radius, cubic regularization's σ, or a first-order method's learning rate; NaN where a method
/// has none.</param>
/// <param name="Ratio">Actual over predicted decrease; NaN where a method predicts none.</param>
/// <param name="Counts">What the minimization has asked of f so far.</param>
public readonly record struct OptimizationProgress(
    int Iteration, double Value, double GradientNorm, double StepLength, double Radius, double Ratio, Counts Counts)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(OptimizationProgress), PrintMembers);
}
