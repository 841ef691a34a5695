using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>An instruction whose operands are the same for all rows: swept once in an evaluation, not once a row.</summary>
internal readonly record struct UniformStep(Operation Operation, OperationKernels Kernels, int A, int B, int Slot);

/// <summary>
/// One way that a row lambda takes: what it did at one row, and the same for <see cref="Width"/> rows at once. Immutable; safe to use from
/// many threads, each on replicas of its own.
/// </summary>
internal sealed unsafe class RowPath
{
    private readonly Recording _source;
    private readonly Recording? _wide;
    private readonly ReplicaPool _sources;
    private readonly ReplicaPool? _wides;
    private readonly UniformStep[] _uniform = [];

    /// <summary>What must hold for a row to take this way, as far as it varies.</summary>
    private readonly RowGuard[] _guards = [];

    private RowPath(Recording source, Var result, int width)
    {
        _source = source;
        _sources = new ReplicaPool(source);
        Width = width;
        SourceResult = result.IsConstant ? -1 : result.Slot;
        Constant = result.IsConstant ? result.Bits : 0;
        Result = SourceResult;
        if (source.BytesUsed > 0 && width > 0)
            (_wide, _uniform, _guards) = Widen();
        _wides = _wide is null ? null : new ReplicaPool(_wide);
        IsSmooth = source.EscapedValue is null && !(source.Guards ?? []).Exists(g => g.Comparison != Comparison.IsLabel);
        for (int i = 0; i < source.InstructionCount && IsSmooth; i++)
            IsSmooth = Operation.Get(source.Codes[i]).IsSmooth;
    }

    /// <summary>The number of rows at once.</summary>
    public int Width { get; }

    /// <summary>The number of rows at once that was asked for; less where memory is short.</summary>
    public int PreferredWidth { get; private init; }

    /// <summary>Whether the way has a form for many rows.</summary>
    public bool HasLanes => _wide is not null;

    /// <summary>Whether operations may throw: rules of the user's.</summary>
    public bool CallsUserCode { get; private set; }

    /// <summary>Whether the lambda met no comparison and no operation that has a kink, a jump or a singularity anywhere.</summary>
    public bool IsSmooth { get; }

    /// <summary>Whether constant arrays were copied, so that it serves for one evaluation only.</summary>
    public bool CopiesConstants { get; private set; }

    /// <summary>The first lane of the row's first number.</summary>
    public int Row { get; private set; }

    /// <summary>The end of the row's lanes; what the wide instructions write comes after.</summary>
    public int RowEnd { get; private set; }

    /// <summary>The slots that are the same for all rows.</summary>
    public int UniformCount => _source.SlotCount;

    /// <summary>How many variables x has.</summary>
    public int InputCount => _source.InputCount;

    /// <summary>How many operations the lambda recorded at one row.</summary>
    public int OperationCount => _source.InstructionCount;

    /// <summary>The result's slot at one row, or −1 for a constant.</summary>
    private int SourceResult { get; }

    /// <summary>The result's first lane if it varies, its slot if it does not, −1 if it is a constant.</summary>
    public int Result { get; private set; }

    public bool ResultVaries { get; private set; }

    public double Constant { get; }

    public ReadOnlySpan<UniformStep> UniformSteps => _uniform;

    /// <summary>Whether there are norms among what all rows share.</summary>
    public bool HasUniformNorms { get; private set; }

    public Recording TakeUniform() => _sources.Take();

    public Recording TakeWide() => _wides!.Take();

    /// <summary>A replica of its own, for long use.</summary>
    public Recording NewWide() => _wide!.Replicate(_wides!);

    /// <summary>The path of a recording, which it takes over; its recorder has ended.</summary>
    public static RowPath Of(Recording source, Var result, int width)
    {
        int preferred = width;
        for (; width >= VectorWidth.Block; width = width / 4 / VectorWidth.Block * VectorWidth.Block)
        {
            try
            {
                return new RowPath(source, result, width) { PreferredWidth = preferred };
            }
            catch (RecordingLimitException)
            {
                // Fewer rows at once take less memory.
            }
        }
        return new RowPath(source, result, 0) { PreferredWidth = preferred };
    }

    private (Recording? Wide, UniformStep[] Uniform, RowGuard[] Guards) Widen()
    {
        int rowLength = _source.Operands[0].B, row = _source.InputCount;
        Recorder recorder = Recorder.Begin(new ReadOnlySpan<double>(_source.Values, _source.SlotCount));
        try
        {
            Widening rows = new(recorder, _source, Width);
            double[] lanes = new double[rowLength * Width];
            for (int k = 0; k < lanes.Length; k++)
                lanes[k] = _source.Values[row + k / Width];
            Row = DataOperation.Record(recorder, lanes).View.Slot;
            RowEnd = Row + lanes.Length;
            recorder.SetInactive(Row, lanes.Length);
            rows.Place(row, rowLength, Row);
            List<UniformStep> uniform = [];
            int slot = row + rowLength;
            for (int i = 1; i < _source.InstructionCount; i++)
            {
                if (DotChain.TryRecord(rows, i, slot) is > 0 and int covered)
                {
                    i += covered - 1;
                    slot += covered;
                    continue;
                }
                ushort code = _source.Codes[i];
                (int a, int b) = (_source.Operands[i].A, _source.Operands[i].B);
                Operation operation = Operation.Get(code);
                CallsUserCode |= operation.IsUserCode;
                switch (operation.Widen(rows, a, b, slot))
                {
                    case Lift.None: return (null, [], []);
                    case Lift.Uniform:
                        uniform.Add(new UniformStep(operation, operation.Kernels, a, b, slot));
                        HasUniformNorms |= operation.IsBent;
                        break;
                }
                slot += code < OpCode.ArrayFlag ? 1 : b;
            }
            ResultVaries = SourceResult >= 0 && rows.Varies(SourceResult);
            if (ResultVaries)
                Result = rows.LaneOf(SourceResult);
            CopiesConstants = rows.CopiesConstants;
            RowGuard[] guards = [.. (_source.Guards ?? []).Select(g => new RowGuard(rows, g)).Where(g => g.Varies)];
            Recording wide = recorder.Seal();
            wide.PointLength = _source.InputCount;
            return (wide, [.. uniform], guards);
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Marks, in a bit a lane, the rows that do not take this way; whether there are any.</summary>
    public bool FindFailing(double* values, Span<byte> failing)
    {
        failing.Clear();
        uint any = 0;
        foreach (ref readonly RowGuard guard in _guards.AsSpan())
        {
            for (int k = 0; k < failing.Length; k++)
            {
                uint fails = guard.Fails(values, k * VectorWidth.Block);
                failing[k] |= (byte)fails;
                any |= fails;
            }
        }
        return any != 0;
    }

    /// <summary>Whether another recording is the same but for its values, so that this path serves for it.</summary>
    public bool Serves(Recording other, Var result) =>
        (result.IsConstant ? SourceResult < 0 && BitConverter.DoubleToInt64Bits(Constant) == BitConverter.DoubleToInt64Bits(result.Bits)
            : SourceResult == result.Slot)
        && RecordingComparison.AreSame(_source, other);

    /// <summary>
    /// Whether a lambda that depends on x and the row alone can have left both recordings: what it did is the same up to a comparison that
    /// came out differently.
    /// </summary>
    public bool MayBranchTo(Recording other) => RecordingComparison.Branches(_source, other);
}
