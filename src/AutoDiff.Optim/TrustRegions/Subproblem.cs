namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// A quadratic model gᵀs + ½sᵀHs that is minimized within a <see cref="StepBound"/>, by products with H. What the products taught is kept,
/// so that the same model within a shorter bound asks for none again.
/// </summary>
internal abstract class Subproblem
{
    /// <summary>The forcing term up to which a step need not be solved for more exactly, on the boundary always and inside at
    /// most.</summary>
    public const double LargestTolerance = 0.1;

    /// <summary>How many products the model rests on and would have to repeat if they were lost.</summary>
    public abstract int Count { get; }

    /// <summary>A new model, at x with the gradient g; both must stay as they are while it is used.</summary>
    public abstract void Begin(double[] x, double[] g);

    /// <summary>Takes the first <paramref name="count"/> products in advance.</summary>
    public abstract void Extend(ILinearOperator h, int count);

    /// <summary>Minimizes the model until the residual ‖(H + λI)s + g‖ is at most <paramref name="tolerance"/>·‖g‖, and writes the step; of
    /// length 0 if g = 0.</summary>
    public abstract ModelStep Solve(ILinearOperator h, StepBound bound, double tolerance, Span<double> s);

    /// <summary>The unit direction of least curvature that the model knows; false if it knows none.</summary>
    public abstract bool TryLowCurvature(Span<double> direction);
}
