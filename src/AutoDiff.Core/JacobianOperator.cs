using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A vector function at one point: its value, and its Jacobian ∂F(x), m × n, as an operator. The lambda has run once; every product reuses
/// the recording and its values.
/// </summary>
/// <remarks>
/// Owns memory (about 18 bytes a recorded operation) until it is disposed of. May be used from many threads at once; each takes its own
/// memory for the sweeps, 8 bytes a slot. Constant arrays that the lambda referred to must stay as they are as long as products are taken;
/// a change throws at the next product, of more than 512 numbers at the eighth. At kinks the derivatives follow docs/nonsmooth.md.
/// </remarks>
public sealed class JacobianOperator : ILinearOperator, IDisposable
{
    private readonly VectorLinearization _function;
    private readonly SharedMemory _memory;
    private readonly double[] _value;

    internal JacobianOperator(VectorLinearization function)
    {
        _function = function;
        _memory = new SharedMemory(function.Release);
        _value = new double[function.Outputs];
        function.CopyValues(_value);
    }

    /// <summary>F(x).</summary>
    public ReadOnlySpan<double> Value => _value;

    /// <summary>m, the number of results.</summary>
    public int Rows => _value.Length;

    /// <summary>n, the number of variables.</summary>
    public int Columns => _function.Inputs;

    /// <summary>Writes ∂F(x)·<paramref name="vector"/> to <paramref name="result"/>, which may be the same memory: one tangent
    /// sweep.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not n elements, or the result not m.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        Check(vector.Length, Columns, result.Length, Rows, "The Jacobian");
        Enter();
        try
        {
            _function.Push(vector.Overlaps(result) ? vector.ToArray() : vector, result);
        }
        finally
        {
            _memory.Leave();
        }
    }

    /// <summary>∂F(x)·<paramref name="vector"/>.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not n elements.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public double[] Apply(ReadOnlySpan<double> vector)
    {
        double[] result = new double[Rows];
        Apply(vector, result);
        return result;
    }

    /// <summary>Writes ∂F(x)ᵀ·<paramref name="vector"/> to <paramref name="result"/>, which may be the same memory: one adjoint
    /// sweep.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not m elements, or the result not n.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public void ApplyTranspose(ReadOnlySpan<double> vector, Span<double> result)
    {
        Check(vector.Length, Rows, result.Length, Columns, "The transpose of the Jacobian");
        Enter();
        try
        {
            _function.Pull(vector.Overlaps(result) ? vector.ToArray() : vector, result);
        }
        finally
        {
            _memory.Leave();
        }
    }

    /// <summary>∂F(x)ᵀ·<paramref name="vector"/>.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not m elements.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public double[] ApplyTranspose(ReadOnlySpan<double> vector)
    {
        double[] result = new double[Columns];
        ApplyTranspose(vector, result);
        return result;
    }

    /// <summary>The Jacobian as a matrix, by tangent sweeps of eight columns or adjoint sweeps of one row each, whichever are fewer in
    /// cost.</summary>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public double[,] ToDense()
    {
        double[,] jacobian = new double[Rows, Columns];
        if (jacobian.Length > 0)
            CopyTo(MemoryMarshal.CreateSpan(ref jacobian[0, 0], jacobian.Length));
        return jacobian;
    }

    /// <summary>Writes the Jacobian's rows one after the other, as <see cref="ToDense"/> computes them.</summary>
    /// <exception cref="ShapeMismatchException">The room is not for m·n numbers.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public void CopyTo(Span<double> rows)
    {
        if (rows.Length != (long)Rows * Columns)
            throw new ShapeMismatchException(
                $"The Jacobian is {Rows} × {Columns}, {(long)Rows * Columns} numbers; given was room for {rows.Length}.");
        Enter();
        try
        {
            _function.CopyJacobian(rows);
        }
        finally
        {
            _memory.Leave();
        }
    }

    /// <summary>Gives the memory back once the products under way have ended. May be called more than once.</summary>
    public void Dispose() => _memory.Dispose();

    private static void Check(int given, int operand, int room, int result, string name)
    {
        if (given != operand || room != result)
            throw new ShapeMismatchException(
                $"{name} takes {operand} numbers and gives {result}; the operand has {given} and the result {room}.");
    }

    private void Enter()
    {
        if (!_memory.TryEnter())
            throw new ObjectDisposedException(
                nameof(JacobianOperator),
                "The Jacobian has been disposed of; its products need the recording. Take a new one with f.At(x).");
    }
}
