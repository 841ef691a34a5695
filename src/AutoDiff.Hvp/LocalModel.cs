using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// An objective at one point: its value, its gradient and its Hessian as an operator. The lambda has run once; every product reuses the
/// recording, its values and its adjoints.
/// </summary>
/// <remarks>
/// Owns memory (about 18 bytes a recorded operation, and 8 for its adjoint) until it is disposed of. May be used from many threads at once;
/// each thread takes its own memory for the sweeps, 16 bytes a slot. Constant arrays that the lambda referred to must stay as they are as
/// long as products are taken; a change that a sample of 64 numbers of each shows throws.
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

    internal void Multiply(ReadOnlySpan<double> vectors, Span<double> results, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long length = (long)count * Dimension;
        if (vectors.Length != length || results.Length != length)
            throw new ShapeMismatchException($"{count} product(s) with a Hessian of {Dimension} × {Dimension} take {length} numbers and give as many; the operand has {vectors.Length} and the result {results.Length}.");
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
            throw new ObjectDisposedException(nameof(LocalModel), "The local model has been disposed of; its products need the recording. Take a new one with f.At(x).");
    }
}
