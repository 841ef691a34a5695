using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A sum or mean over rows of data, f(x) = Σᵢ ℓ(x, rowᵢ) or its n-th part: an <see cref="Objective"/> that runs ℓ at a few rows, computes
/// with many rows at once in SIMD lanes, and takes the memory of a few rows, not of all. It has mini-batches.
/// </summary>
/// <remarks>
/// <para>ℓ must be a function of x, of the row and of declared parameters (<see cref="Data"/>): at each call it runs at the first row, at
/// the last, at one between them that is drawn anew each time (16 where ℓ is new), and at the first row of every further way through its
/// comparisons (<c>row[3] &gt; x[0]</c>), up to eight; the other rows repeat what it did. Where these rows show that something else decides
/// (a counter, a random number; from then on it is not trusted), where ℓ lets a value out (<see cref="Var.Value"/>, text, a hash code, an
/// exception that it catches) or uses an operation that has no form for many rows (<see cref="ArrayFunction"/>), and for rows on further
/// ways, it runs at every row, which takes 10 to 50 times as long. What shows at a few other rows only, such as a counter that decides once
/// in a thousand rows, is found by <see cref="Check"/> and <see cref="VerifyEvery"/>. Numbers that it captures may change between calls.
/// What does not depend on the row is computed once.</para>
/// <para>Accuracy: an elementary function in a lane may differ from the same function of a single number by its error bound, at most 2
/// units in the last place; sums are taken lane by lane, tile by tile (up to 256 rows), and then pairwise over shards of the rows. That
/// order depends on the rows alone: the same call gives the same bits, with any number of threads. Members that record into the caller's
/// recording record ℓ at all rows, blocks of 16 pairwise, and agree to rounding.</para>
/// <para>The rows are referred to, not copied. Safe to use from many threads at once if ℓ is and the rows stay as they are; a local model
/// (<c>At</c>) keeps values and adjoints of the rows if they take at most 256 MiB, 16 bytes a recorded number and row, 8 a number of the
/// row, and reads the rows again for every product if they would take more. ℓ runs on the calling thread only.</para>
/// </remarks>
public sealed partial class DataObjective : Objective
{
    private readonly double[,] _rows;
    private readonly int[]? _selection;
    private readonly Func<VarVector, DataVector, Var> _term;
    private readonly bool _mean;
    private int _maxDegreeOfParallelism = 1;

    // Whoever watches evaluations: of each anew, or of the one that this is a part of.
    private readonly IProgress<int>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly RowWatch? _watch;

    internal DataObjective(
        double[,] rows, int[]? selection, Func<VarVector, DataVector, Var> term, bool mean, RowPaths? paths = null,
            IProgress<int>? progress = null,
        CancellationToken cancellation = default, RowWatch? watch = null)
    {
        _rows = rows;
        _selection = selection;
        _term = term;
        _mean = mean;
        Paths = paths ?? new RowPaths();
        (_progress, _cancellation, _watch) = (progress, cancellation, watch);
        RowCount = selection?.Length ?? rows.GetLength(0);
    }

    /// <summary>The most threads that one call uses; 1 unless set. Batches made after that have the same. The results do not depend on it,
    /// to the bit.</summary>
    /// <remarks>Worth while from some thousands of rows on. Safe to set from any thread.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxDegreeOfParallelism
    {
        get => Volatile.Read(ref _maxDegreeOfParallelism);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Volatile.Write(ref _maxDegreeOfParallelism, value);
        }
    }

    /// <summary>
    /// The same sum or mean, whose evaluations can be watched and ended: values, gradients, products, local models (<c>At</c>) and their
    /// products, and the same of batches. It shares what is prepared and costs nothing to make, so make one for each call if you like; the
    /// results are the same, to the bit.
    /// </summary>
    /// <remarks>
    /// <para>A minimizer given <c>f.With(cancellationToken: token)</c> and the same token ends with its best point in the midst of an
    /// evaluation, not after it. What was watching before is replaced.</para>
    /// <para>Evaluations that run at once report to the same <paramref name="progress"/>, each its own count.</para>
    /// </remarks>
    /// <param name="progress">Told how many rows are done, after every tile (8 to 256 rows): rising within an evaluation, from one of its
    /// threads at a time, and <see cref="RowCount"/> at its end. Exceptions of its handler end the
    /// evaluation and pass through. Null: nobody is told.</param>
    /// <param name="cancellationToken">Looked at before each tile, and before each row that is recorded: an evaluation that is cancelled
    /// throws <see cref="OperationCanceledException"/> and leaves no trace.</param>
    public DataObjective With(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        new(_rows, _selection, _term, _mean, Paths, progress, cancellationToken)
        {
            MaxDegreeOfParallelism = MaxDegreeOfParallelism, MostKeptBytes = MostKeptBytes, VerifyEvery = VerifyEvery,
        };

    /// <summary>Whether f is the mean over its rows, not the sum. The gradient over a batch of b of n rows then estimates that over all;
    /// for a sum it does so times n/b.</summary>
    public bool IsMean => _mean;

    /// <summary>The number of rows; a row that was selected twice counts twice.</summary>
    public int RowCount { get; }

    /// <summary>The number of elements in a row.</summary>
    public int RowLength => _rows.GetLength(1);

    /// <summary>The sum or mean, recorded as a whole into the recording that <paramref name="x"/> belongs to.</summary>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public override Var Value(VarVector x)
    {
        RowWatch watch = Watch();
        RowBlock block = new(this, watch);
        Var[] waiting = new Var[RowOrder.Levels(BlockCount)];
        int depth = 0;
        for (int i = 0; i < BlockCount; i++)
        {
            Select(block, i);
            Var sum = block.Value(x);
            for (int carries = RowOrder.Carries(i); carries > 0; carries--)
                sum = waiting[--depth] + sum;
            waiting[depth++] = sum;
            watch.Add(block.End - block.First);
        }
        Complete(watch);
        if (depth == 0)
            return 0;
        Var total = waiting[--depth];
        while (depth > 0)
            total = waiting[--depth] + total;
        return _mean ? total / RowCount : total;
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowWatch watch = Watch();
        RowRun run = new(this, watch, [], false, [], 0);
        try
        {
            double sum = run.Discover(x);
            if (run.Leftover.Length > 0)
                sum += OneByOne(run.Leftover, watch).Accumulate(x, default, false);
            Complete(watch);
            return Scaled(sum);
        }
        finally
        {
            run.Release();
        }
    }

    /// <summary>Whether no row meets a comparison, or an operation that is not smooth everywhere, on its way at x; false if some rows are
    /// recorded one by one.</summary>
    internal bool IsSmoothAt(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowWatch watch = Watch();
        RowRun run = new(this, watch, [], false, [], 0);
        try
        {
            run.Discover(x);
            Complete(watch);
            return run.Leftover.Length == 0 && run.Points.TrueForAll(p => p.Path.IsSmooth);
        }
        finally
        {
            run.Release();
        }
    }

    /// <inheritdoc/>
    public override double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException(
                $"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowWatch watch = Watch();
        RowRun run = new(this, watch, [], true, [], 0);
        try
        {
            double[] total = new double[x.Length];
            double sum = Gradient(run, watch, x, total);
            Complete(watch);
            Scale(total, gradient);
            return sum;
        }
        finally
        {
            run.Release();
        }
    }

    // f(x), and n times the gradient if f is a mean of n.
    private double Gradient(RowRun run, RowWatch watch, ReadOnlySpan<double> x, Span<double> total)
    {
        double sum = run.Discover(x);
        run.Finish(total, []);
        if (run.Leftover.Length > 0)
        {
            double[] rest = new double[x.Length];
            sum += OneByOne(run.Leftover, watch).Accumulate(x, rest, true);
            TensorPrimitives.Add(total, rest, total);
        }
        return Scaled(sum);
    }

    internal override double HessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowWatch watch = Watch();
        RowRun run = new(this, watch, [], true, v, 1);
        try
        {
            double[] total = new double[x.Length];
            double sum = run.Discover(x);
            run.Finish([], total);
            if (run.Leftover.Length > 0)
            {
                double[] rest = new double[x.Length];
                sum += OneByOne(run.Leftover, watch).AccumulateProduct(x, v, rest);
                TensorPrimitives.Add(total, rest, total);
            }
            Complete(watch);
            Scale(total, result);
            return Scaled(sum);
        }
        finally
        {
            run.Release();
        }
    }

    internal override Linearization Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        double[] point = x.ToArray(), total = new double[x.Length];
        RowKeep keep = new(MostKeptBytes);
        RowWatch watch = Watch();
        RowRun run = new(this, watch, [], true, [], 0) { Keep = keep };
        try
        {
            double value = Gradient(run, watch, x, total);
            RowLinearization made = new(this, run.Points, keep, OneByOne(run.Leftover, watch), point, value);
            Complete(watch);
            Scale(total, gradient);
            return made;
        }
        catch
        {
            run.Release();
            throw;
        }
    }

    /// <summary>This objective: it repeats what its lambda did in any case, and finds further ways through it by itself. With options, one
    /// like it that has their <see cref="VerifyEvery"/>.</summary>
    public override Objective Compile(ReadOnlySpan<double> x, CompileOptions? options = null)
    {
        if (options is null || options.VerifyEvery == VerifyEvery)
            return this;
        DataObjective verified = With(_progress, _cancellation);
        verified.VerifyEvery = options.VerifyEvery;
        return verified;
    }

    /// <summary>This objective: it compares what its lambda records at every call in any case.</summary>
    public override Objective Reusing() => this;

    /// <summary>Records ℓ at all rows.</summary>
    internal Linearization LinearizeRecorded(ReadOnlySpan<double> x, Span<double> gradient) => base.Linearize(x, gradient);

    internal double Scaled(double sum) => _mean && RowCount > 0 ? sum / RowCount : sum;

    internal void Scale(ReadOnlySpan<double> sums, Span<double> result)
    {
        if (_mean && RowCount > 0)
            TensorPrimitives.Divide(sums, RowCount, result);
        else
            sums.CopyTo(result);
    }

    /// <summary>Watches an evaluation that begins, or the one that this is a part of.</summary>
    internal RowWatch Watch() => _watch ?? new RowWatch(_progress, _cancellation, RowCount);

    /// <summary>Reports the end of an evaluation, unless this is a part of one.</summary>
    internal void Complete(RowWatch watch)
    {
        if (_watch is null)
            watch.Complete();
    }

    /// <summary>The ways through ℓ that are known, shared with batches.</summary>
    internal RowPaths Paths { get; }

    /// <summary>How much a local model keeps of values and adjoints of the rows.</summary>
    internal long MostKeptBytes { get; init; } = 256L << 20;

    internal double[,] Rows => _rows;

    /// <summary>Which of <see cref="Rows"/> stands at a place.</summary>
    internal int RowAt(int place) => _selection is null ? place : _selection[place];

    // The sum over some of the rows, each of which is recorded.
    private DataObjective OneByOne(int[] places, RowWatch watch)
    {
        int[] rows = new int[places.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = RowAt(places[i]);
        return new DataObjective(_rows, rows, _term, false, watch: watch);
    }

    private int BlockCount => (int)(((long)RowCount + RowOrder.BlockSize - 1) / RowOrder.BlockSize);

    private void Select(RowBlock block, int index)
    {
        block.First = index * RowOrder.BlockSize;
        block.End = Math.Min(RowCount, block.First + RowOrder.BlockSize);
    }

    /// <summary>ℓ(x, row i).</summary>
    internal Var Term(VarVector x, int i)
    {
        int row = RowAt(i);
        if (Recorder.Current?.Kinks is not { } trace)
            return _term(x, new DataVector(Row(row)));
        int outer = trace.Row;
        trace.Row = row;
        Var term = _term(x, new DataVector(Row(row)));
        trace.Row = outer;
        return term;
    }

    private VarVector Row(int row)
    {
        ReadOnlySpan<double> numbers = RowLength == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref _rows[row, 0], RowLength);
        return Recorder.Current is { } recorder ? DataOperation.Record(recorder, numbers) : numbers.ToArray();
    }
}
