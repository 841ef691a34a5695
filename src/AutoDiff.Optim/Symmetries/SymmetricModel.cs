using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Symmetries;

/// <summary>Gradient and Hessian at an iterate, confined to the complement of a symmetry's tangents there: P·g and P·H·P. Without a
/// symmetry g and H themselves.</summary>
internal sealed class SymmetricModel(Oracle oracle, Symmetry? symmetry) : ILinearOperator
{
    private Symmetry? _symmetry = symmetry;
    private double[] _foundAt = [], _foundGradient = [];

    // A step longer than this part of x makes a motion worth looking for: what f is invariant under sets no length along it.
    private const double LongStep = 0.5;

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
        if (_symmetry is null)
            return gradient;
        double[][] basis = _symmetry.TangentBasis(x);
        Complement = basis.Length == 0 ? null : new OrthogonalComplement(x.Length, basis);
        if (Complement is null)
            return gradient;
        gradient.CopyTo(_gradient, 0);
        Complement.Project(_gradient);
        return _gradient;
    }

    /// <summary>Whether f is found to be invariant under motions that nobody declared, looked for where a step is long: four gradients
    /// where the gradient at x has no part along some. If so the step has to be formed anew, without them.</summary>
    public bool Detects(double[] x, double[] gradient, ReadOnlySpan<double> step)
    {
        if (_symmetry is not null || !(Vectors.Norm(step) > LongStep * Vectors.Norm(x))
            || SymmetryDetector.Find(InvarianceCheck.At(x, gradient), x.Length) is null)
            return false;
        Detect(x, gradient);
        if (_symmetry is null)
            return false;
        (_foundAt, _foundGradient) = ([.. x], [.. gradient]);
        return true;
    }

    /// <summary>Writes where motions were found.</summary>
    public void Store(StateWriter state)
    {
        state.Write(_foundAt);
        state.Write(_foundGradient);
    }

    /// <summary>Finds them again; the run before has paid for it.</summary>
    public void Restore(StateReader state)
    {
        (_foundAt, _foundGradient) = (state.ReadArray(), state.ReadArray());
        if (_foundAt.Length != oracle.Dimension || _foundGradient.Length != oracle.Dimension)
            return;
        Meter meter = oracle.Meter;
        oracle.Meter = new Meter();
        try
        {
            Detect(_foundAt, _foundGradient);
        }
        finally
        {
            oracle.Meter = meter;
        }
    }

    private void Detect(double[] x, double[] gradient)
    {
        RandomStream random = RandomStream.Of(0, RandomStreams.Symmetry);
        if (InvarianceCheck.Around(oracle, x, gradient, random) is { } check)
            _symmetry = SymmetryDetector.Find(check, x.Length);
    }

    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        vector.CopyTo(_vector);
        Complement!.Project(_vector);
        oracle.Hessian.Apply(_vector, result);
        Complement.Project(result);
    }
}
