namespace AutoDiff.Optim;

/// <summary>A point that a minimization converged to, found not to be a minimum, and left.</summary>
/// <param name="Iteration">Iterations before it.</param>
/// <param name="Point">The verdict on that point.</param>
/// <param name="StepLength">How far the minimization went on from it.</param>
/// <param name="ValueAfter">f there.</param>
public sealed record SaddleEscape(int Iteration, CriticalPoint Point, double StepLength, double ValueAfter)
{
    /// <summary>Position, values and curvature in a line.</summary>
    public override string ToString() =>
        $"iteration {Iteration}: left a point with f = {Point.Value:R} and least curvature {Point.LowestEigenvalue:G6} by a step of {StepLength:G4} to f = {ValueAfter:R}";
}
