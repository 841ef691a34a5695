using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// An objective at one point: its value, its gradient and its Hessian as an operator. The lambda has run once; every product reuses the
/// recording, its values and its adjoints.
/// </summary>
/// <remarks>
/// Owns memory (about 18 bytes a recorded operation, and 8 for its adjoint) until it is disposed of. May be used from many threads at once;
/// each thread takes its own memory for the sweeps, 16 bytes a slot. Constant arrays that the lambda referred to must stay as they are as
/// long as products are taken; a change throws at the next product, or in arrays of more than 512 numbers at the eighth at the latest.
/// </remarks>
public sealed partial class LocalModel : IDisposable
{
    private readonly Linearization _linearization;
    private readonly Objective _objective;
    private readonly double[] _point, _gradient;

    private readonly SharedMemory _memory;

    internal LocalModel(Objective objective, ReadOnlySpan<double> x)
    {
        (_objective, _point) = (objective, x.ToArray());
        _gradient = new double[x.Length];
        Hessian = new HessianOperator(this);
        _linearization = objective.Linearize(x, _gradient);
        _memory = new SharedMemory(_linearization.Release);
    }

    /// <summary>The number of variables.</summary>
    public int Dimension => _gradient.Length;

    /// <summary>f(x).</summary>
    public double Value => _linearization.Value;

    /// <summary>∇f(x).</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>∇²f(x), by its products with vectors.</summary>
    public HessianOperator Hessian { get; }

    /// <summary>How many operations the lambda recorded.</summary>
    public int OperationCount => _linearization.OperationCount;

    /// <summary>
    /// Bounds on how far the rounding of the lambda's own operations may have taken f and its gradient from what exact arithmetic would
    /// give at the very same x: by the size of the terms that cancelled, to first order (running error analysis; N. J. Higham, Accuracy and
    /// Stability of Numerical Algorithms, 2002, section 3.3).
    /// </summary>
    /// <remarks>Worst case: every rounding counts in full, so that of many the bound is mostly some √N times too large. Each elementwise
    /// function counts as rounded once; numbers that the lambda came with (0.1) as exact. Not to be had for sums over rows and for
    /// recordings of more than two million slots, nor where a custom array function has no rules over every number. Cost: one pass over the
    /// recording, some ten times a gradient.</remarks>
    /// <param name="gradientErrors">Gets the bounds on the gradient's elements.</param>
    /// <param name="valueError">Gets that on the value; NaN if none is to be had.</param>
    /// <returns>Whether the bounds are to be had; otherwise nothing is written.</returns>
    /// <exception cref="ShapeMismatchException"><paramref name="gradientErrors"/> is not of length <see cref="Dimension"/>.</exception>
    public bool TryBoundRounding(Span<double> gradientErrors, out double valueError)
    {
        if (gradientErrors.Length != Dimension)
            throw new ShapeMismatchException(
                $"The gradient has {Dimension} elements; there is room for the errors of {gradientErrors.Length}.");
        Enter();
        try
        {
            return _linearization.TryBoundRounding(gradientErrors, out valueError);
        }
        finally
        {
            _memory.Leave();
        }
    }

    internal void Multiply(ReadOnlySpan<double> vectors, Span<double> results, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long length = (long)count * Dimension;
        if (vectors.Length != length || results.Length != length)
            throw new ShapeMismatchException(
                $"{count} product(s) with a Hessian of {Dimension} × {Dimension} take {length} numbers and give as many; the operand has {vectors.Length} and the result {results.Length}.");
        Enter();
        try
        {
            if (count > 0)
                _linearization.Multiply(vectors, results);
        }
        finally
        {
            _memory.Leave();
        }
    }

    /// <summary>Gives the memory back once the products under way have ended. May be called more than once.</summary>
    public void Dispose() => _memory.Dispose();

    private void Enter()
    {
        if (!_memory.TryEnter())
            throw new ObjectDisposedException(
                nameof(LocalModel), "The local model has been disposed of; its products need the recording. Take a new one with f.At(x).");
    }
}
