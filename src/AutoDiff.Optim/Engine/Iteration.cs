using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// A method at work: its iterate and whatever it remembers. <see cref="Run"/> evaluates the start, tests for convergence, counts, reports,
/// takes checkpoints and reaches the verdict; a method only knows how to go one step further.
/// </summary>
internal abstract class Iteration(Oracle oracle)
{
    protected Oracle Oracle { get; } = oracle;

    public int Dimension => Oracle.Dimension;

    /// <summary>The iterate.</summary>
    public double[] X { get; } = new double[oracle.Dimension];

    /// <summary>∇f(X).</summary>
    public double[] Gradient { get; } = new double[oracle.Dimension];

    /// <summary>f(X).</summary>
    public double Value { get; set; }

    /// <summary>Whether the method takes Hessian-vector products at its iterates.</summary>
    public abstract bool UsesHessian { get; }

    /// <summary>Whether lower is better; not so for a search for saddles.</summary>
    public virtual bool Minimizes => true;

    /// <summary>What the gradient test holds against the tolerance: ‖∇f‖, with bounds ‖P(x − ∇f) − x‖; null while it is not known
    /// (mini-batches between full gradients).</summary>
    public virtual double? Criticality => Vectors.Norm(Gradient);

    /// <summary>To which ‖∇f‖ has to fall, as far as that is known yet; 0 otherwise. Set by <see cref="Run"/> before each
    /// iteration.</summary>
    public double Tolerance { get; set; }

    /// <summary>Whether <see cref="Value"/> is f at X; false while it is that of an earlier iterate (mini-batches between full
    /// evaluations).</summary>
    public virtual bool IsValueKnown => true;

    /// <summary>‖s‖ of the last iteration's step; 0 if it was rejected.</summary>
    public double StepLength { get; protected set; }

    /// <summary>Trust-region radius, σ, or learning rate; NaN without one.</summary>
    public double Radius { get; protected set; } = double.NaN;

    /// <summary>Actual over predicted decrease of the last step; NaN without a prediction.</summary>
    public double Ratio { get; protected set; } = double.NaN;

    /// <summary>What rounding may make of f at the last iterate, as far as the method knows more of it than f itself: residuals are
    /// differences.</summary>
    public virtual double ValueError => 0;

    /// <summary>A direction in which the method has met little or negative curvature, for the verdict to begin with; empty if
    /// none.</summary>
    public virtual ReadOnlySpan<double> LowCurvature => [];

    /// <summary>Evaluates f and its gradient at X; the Hessian too can be had then, if the method uses it.</summary>
    public virtual void Evaluate() => Value = UsesHessian ? Oracle.Linearize(X, Gradient) : Oracle.Gradient(X, Gradient);

    /// <summary>Begins at X, where f and its gradient are known; also after a saddle was left: whatever was remembered is
    /// forgotten.</summary>
    public abstract void Begin();

    /// <summary>Takes up the last step's length when a run is resumed.</summary>
    public void RestoreStep(double length) => StepLength = length;

    /// <summary>One iteration. Null: go on.</summary>
    public abstract OptimizationStatus? Advance();

    /// <summary>Writes all that, beside X, f and the gradient, determines the iterations to come.</summary>
    public abstract void Store(StateWriter state);

    /// <summary>Reads what <see cref="Store"/> wrote.</summary>
    public abstract void Restore(StateReader state);
}
