using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Symmetries;

/// <summary>Gradient and Hessian at an iterate, confined to the complement of a symmetry's tangents there: P·g and P·H·P. Without a symmetry g and H
/// themselves.</summary>
internal sealed class SymmetricModel(Oracle oracle, Symmetry? symmetry) : ILinearOperator
{
    private readonly double[] _vector = new double[oracle.Dimension], _gradient = new double[oracle.Dimension];

    /// <summary>The complement; null: all of ℝⁿ.</summary>
    public OrthogonalComplement? Complement { get; private set; }

    /// <summary>H, or P·H·P.</summary>
    public ILinearOperator Hessian => Complement is null ? oracle.Hessian : this;

    public int Rows => oracle.Dimension;

    public int Columns => oracle.Dimension;

    /// <summary>Takes the tangents at x; returns g, or P·g in an array that stays until the next call.</summary>
    public double[] At(ReadOnlySpan<double> x, double[] gradient)
    {
        if (symmetry is null)
            return gradient;
        double[][] basis = symmetry.TangentBasis(x);
        Complement = basis.Length == 0 ? null : new OrthogonalComplement(x.Length, basis);
        if (Complement is null)
            return gradient;
        gradient.CopyTo(_gradient, 0);
        Complement.Project(_gradient);
        return _gradient;
    }

    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        vector.CopyTo(_vector);
        Complement!.Project(_vector);
        oracle.Hessian.Apply(_vector, result);
        Complement.Project(result);
    }
}
