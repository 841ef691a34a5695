using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>The residuals and what is known of their Jacobian at one point, and the steps that follow from them.</summary>
internal abstract class Linearization(double[] residuals, int dimension)
{
    /// <summary>r.</summary>
    public double[] Residuals { get; } = residuals;

    /// <summary>½‖r‖².</summary>
    public double Value { get; } = 0.5 * Vectors.Dot(residuals, residuals);

    /// <summary>Jᵀr.</summary>
    public double[] Gradient { get; } = new double[dimension];

    /// <summary>Whether value and gradient are finite, and the Jacobian where it is known.</summary>
    public virtual bool IsFinite => double.IsFinite(Value) && Vectors.AreFinite(Gradient);

    /// <summary>How much of r the columns of J can still explain, as a share of ‖r‖: zero where the gradient vanishes, whatever the units
    /// of residuals and variables. Known once a step has been asked for.</summary>
    public abstract double Offset { get; }

    /// <summary>u·‖|J|·|x|‖, by which the rounding of x may change r: what is left of r within the columns of J cannot be brought below
    /// it.</summary>
    public abstract double Floor { get; }

    /// <summary>‖J_j‖ for each column, estimated where they are not at hand.</summary>
    public abstract void ColumnNorms(Span<double> norms);

    /// <summary>The step s that minimizes ‖J·s + b‖² + ‖√(D/R)·s‖² and the decrease ½‖b‖² − ½‖J·s + b‖² that it makes.</summary>
    public abstract double Solve(double[] b, ReadOnlySpan<double> d, double radius, Span<double> s);
}
