using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>A symmetric operator A confined to the complement of zero modes, WᵀAW, where the n − k columns of W are orthonormal and
/// orthogonal to the modes. Made by <see cref="Symmetry.Complement"/>. One product costs one product with A and O(n·k). Not for several
/// threads at once.</summary>
public sealed class ComplementOperator : ILinearOperator
{
    private readonly ILinearOperator _a;
    private readonly OrthogonalComplement _complement;
    private readonly double[] _vector, _product;

    internal ComplementOperator(ILinearOperator a, OrthogonalComplement complement)
    {
        (_a, _complement) = (a, complement);
        _vector = new double[complement.Whole];
        _product = new double[complement.Whole];
    }

    /// <summary>k, how many modes are taken out.</summary>
    public int ZeroModes => _complement.Whole - _complement.Dimension;

    /// <summary>n − k.</summary>
    public int Rows => _complement.Dimension;

    /// <summary>n − k.</summary>
    public int Columns => _complement.Dimension;

    /// <summary>result = WᵀAW·vector.</summary>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        _complement.Expand(vector, _vector);
        _a.Apply(_vector, _product);
        _complement.Restrict(_product, result);
    }

    /// <summary>W·y: n − k coordinates as a vector of all n variables.</summary>
    /// <exception cref="ShapeMismatchException">y has another number of elements.</exception>
    public double[] Expand(ReadOnlySpan<double> y)
    {
        if (y.Length != Columns)
            throw new ShapeMismatchException($"There are {y.Length} coordinates, and the complement has {Columns}.");
        double[] v = new double[_complement.Whole];
        _complement.Expand(y, v);
        return v;
    }
}
