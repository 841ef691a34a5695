using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A sum or mean over rows of data, f(x) = Σᵢ ℓ(x, rowᵢ) or its n-th part: an <see cref="Objective"/> whose values and gradients take the
/// memory of a few rows, not of all, and which has mini-batches.
/// </summary>
/// <remarks>
/// <para>Value and gradient add up blocks of 16 consecutive rows, one recording a block, and the blocks pairwise: the same order every
/// time, hence the same bits. Members that record into the caller's recording, local models and Hessian-vector products record all rows at
/// once; their value has the same bits, their gradient agrees to rounding.</para>
/// <para>The rows are referred to, not copied. Safe to use from many threads at once if the lambda is and the rows stay as they are.</para>
/// </remarks>
public sealed class DataObjective : Objective
{
    private readonly double[,] _rows;
    private readonly int[]? _selection;
    private readonly Func<VarVector, DataVector, Var> _term;
    private readonly bool _mean;

    internal DataObjective(double[,] rows, int[]? selection, Func<VarVector, DataVector, Var> term, bool mean)
    {
        _rows = rows;
        _selection = selection;
        _term = term;
        _mean = mean;
        RowCount = selection?.Length ?? rows.GetLength(0);
    }

    /// <summary>Whether f is the mean over its rows, not the sum. The gradient over a batch of b of n rows then estimates that over all;
    /// for a sum it does so times n/b.</summary>
    public bool IsMean => _mean;

    /// <summary>The number of rows; a row that was selected twice counts twice.</summary>
    public int RowCount { get; }

    /// <summary>The number of elements in a row.</summary>
    public int RowLength => _rows.GetLength(1);

    /// <summary>The same sum or mean over the rows at the given places, in the given order; of all rows in order it gives the same bits.
    /// The indices are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … RowCount − 1.</exception>
    public DataObjective Batch(ReadOnlySpan<int> rows)
    {
        int[] selection = Structured.CheckedIndices(rows, RowCount, "Row");
        if (_selection is not null)
        {
            for (int i = 0; i < selection.Length; i++)
                selection[i] = _selection[selection[i]];
        }
        return new DataObjective(_rows, selection, _term, _mean);
    }

    /// <summary>The number of batches that go through all rows once.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not positive.</exception>
    public int BatchesPerEpoch(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return (int)(((long)RowCount + size - 1) / size);
    }

    /// <summary>
    /// Batches of <paramref name="size"/> rows without end, epoch after epoch: each goes through all rows once in a new order, a shuffle
    /// (Fisher–Yates) by the generator SplitMix64, and ends with a smaller batch if the size does not divide. One seed gives one sequence,
    /// every time it is enumerated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public IEnumerable<DataObjective> MiniBatches(int size, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (RowCount == 0)
            throw new InvalidOperationException("MiniBatches: there are no rows to take batches of.");
        return Endless(size, seed);
    }

    private IEnumerable<DataObjective> Endless(int size, ulong seed)
    {
        SeededGenerator generator = new(seed);
        int[] order = [.. Enumerable.Range(0, RowCount)];
        while (true)
        {
            generator.Shuffle(order);
            for (int first = 0; first < order.Length; first += Math.Min(size, order.Length - first))
                yield return Batch(order.AsSpan(first, Math.Min(size, order.Length - first)));
        }
    }

    /// <summary>The sum or mean, recorded as a whole into the recording that <paramref name="x"/> belongs to.</summary>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public override Var Value(VarVector x)
    {
        RowBlock block = new(this);
        Var[] waiting = new Var[RowOrder.Levels(BlockCount)];
        int depth = 0;
        for (int i = 0; i < BlockCount; i++)
        {
            Select(block, i);
            Var sum = block.Value(x);
            for (int carries = RowOrder.Carries(i); carries > 0; carries--)
                sum = waiting[--depth] + sum;
            waiting[depth++] = sum;
        }
        if (depth == 0)
            return 0;
        Var total = waiting[--depth];
        while (depth > 0)
            total = waiting[--depth] + total;
        return _mean ? total / RowCount : total;
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x) => Accumulate(x, default, false);

    /// <inheritdoc/>
    public override double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException($"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        return Accumulate(x, gradient, true);
    }

    // The value stands behind the gradient in one array per level; the result is written when x has been read for the last time.
    private double Accumulate(ReadOnlySpan<double> x, Span<double> gradient, bool withGradient)
    {
        int blocks = BlockCount, length = gradient.Length + 1;
        if (blocks == 0)
        {
            gradient.Clear();
            return 0;
        }
        RowBlock block = new(this);
        double[][] waiting = new double[RowOrder.Levels(blocks) + 1][];
        int depth = 0;
        try
        {
            for (int i = 0; i < blocks; i++)
            {
                Select(block, i);
                Span<double> sum = Level(waiting, depth, length);
                sum[^1] = withGradient ? block.Gradient(x, sum[..^1]) : block.Value(x);
                depth++;
                for (int carries = RowOrder.Carries(i); carries > 0; carries--)
                    Join(waiting, ref depth, length);
            }
            while (depth > 1)
                Join(waiting, ref depth, length);
            Span<double> total = waiting[0].AsSpan(0, length);
            if (_mean)
                TensorPrimitives.Divide(total, RowCount, total);
            total[..^1].CopyTo(gradient);
            return total[^1];
        }
        finally
        {
            foreach (double[]? level in waiting)
            {
                if (level is not null)
                    ArrayPool<double>.Shared.Return(level);
            }
        }
    }

    private static Span<double> Level(double[][] waiting, int depth, int length) => (waiting[depth] ??= ArrayPool<double>.Shared.Rent(length)).AsSpan(0, length);

    private static void Join(double[][] waiting, ref int depth, int length)
    {
        depth--;
        Span<double> earlier = waiting[depth - 1].AsSpan(0, length);
        TensorPrimitives.Add(earlier, waiting[depth].AsSpan(0, length), earlier);
    }

    private int BlockCount => (int)(((long)RowCount + RowOrder.BlockSize - 1) / RowOrder.BlockSize);

    private void Select(RowBlock block, int index)
    {
        block.First = index * RowOrder.BlockSize;
        block.End = Math.Min(RowCount, block.First + RowOrder.BlockSize);
    }

    /// <summary>ℓ(x, row i).</summary>
    internal Var Term(VarVector x, int i) => _term(x, new DataVector(Row(_selection is null ? i : _selection[i])));

    private VarVector Row(int row)
    {
        ReadOnlySpan<double> numbers = RowLength == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref _rows[row, 0], RowLength);
        return Recorder.Current is { } recorder ? DataOperation.Record(recorder, numbers) : numbers.ToArray();
    }
}
