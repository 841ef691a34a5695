namespace AutoDiff.Engine;

/// <summary>One instruction's operands: slots, or offsets into a side table, as the operation says.</summary>
internal readonly struct Operands(int a, int b)
{
    public readonly int A = a;
    public readonly int B = b;
}

/// <summary>
/// What a lambda did, as a straight line of instructions over slots, and the values it met. A scalar instruction writes the next slot; an
/// array instruction writes its B slots, so that no instruction stores its target. Immutable once its recorder has sealed it.
/// </summary>
internal sealed unsafe class Recording : ILarge
{
    // One more code stands before the first (see Grow), where the page offset leaves room.
    private PinnedBuffer<ushort> _codes = new() { PageOffset = 3584 };
    private PinnedBuffer<Operands> _operands = new() { PageOffset = 512 };
    private PinnedBuffer<double> _values = new() { PageOffset = 0 };
    private PinnedBuffer<double> _constants = new() { PageOffset = 3328 };
    private PinnedBuffer<int> _extra = new() { PageOffset = 1536 };

    public ushort* Codes => _codes.Pointer;
    public Operands* Operands => _operands.Pointer;

    /// <summary>The primal values by slot.</summary>
    public double* Values => _values.Pointer;

    /// <summary>Constants that instructions refer to by index.</summary>
    public double* Constants => _constants.Pointer;

    /// <summary>Operand lists of instructions that need more than two.</summary>
    public int* Extra => _extra.Pointer;

    /// <summary>Objects that instructions refer to: constant arrays, custom functions.</summary>
    public readonly List<object> References;

    // What they were when they were used.
    private readonly ReferenceStamps _stamps;

    public Recording()
    {
        References = [];
        _stamps = new ReferenceStamps();
    }

    private Recording(Recording origin, ReplicaPool pool)
    {
        (References, _stamps, Guards, Pool) = (origin.References, origin._stamps, origin.Guards, pool);
        (_codes, _operands, _constants, _extra) = (origin._codes, origin._operands, origin._constants, origin._extra);
        (InstructionCount, SlotCount, ConstantCount, ExtraCount) =
            (origin.InstructionCount, origin.SlotCount, origin.ConstantCount, origin.ExtraCount);
        (InputCount, PointLength) = (origin.InputCount, origin.PointLength);
        _values.Reserve(origin._values.Length);
        Buffer.MemoryCopy(origin.Values, Values, _values.Bytes, origin.SlotCount * (long)sizeof(double));
    }

    /// <summary>Where a replica goes when it is no longer used; null for a recording with instructions of its own.</summary>
    public readonly ReplicaPool? Pool;

    /// <summary>The same instructions with values of their own, for a replay at another point.</summary>
    public Recording Replicate(ReplicaPool pool) => new(this, pool);

    /// <summary>The same instructions and constants in memory of their own, without values.</summary>
    public Recording Copy()
    {
        Recording copy = new(
            ) { InstructionCount = InstructionCount, SlotCount = SlotCount, ConstantCount = ConstantCount, ExtraCount = ExtraCount,
            InputCount = InputCount, PointLength = PointLength };
        copy.References.AddRange(References);
        copy._stamps.CopyFrom(_stamps);
        copy._codes.CopyFrom(_codes, InstructionCount);
        copy._operands.CopyFrom(_operands, InstructionCount);
        copy._constants.CopyFrom(_constants, ConstantCount);
        copy._extra.CopyFrom(_extra, ExtraCount);
        return copy;
    }

    /// <inheritdoc/>
    public int LastNeeded { get; set; }

    /// <summary>The comparisons that the lambda made, if they were kept.</summary>
    public List<Guard>? Guards;

    public int InstructionCount;
    public int SlotCount;
    public int ConstantCount;
    public int ExtraCount;

    /// <summary>The inputs occupy the first slots.</summary>
    public int InputCount;

    /// <summary>How many of the inputs are variables; the others, in wide recordings, are what all rows share.</summary>
    public int PointLength { get => _pointLength ?? InputCount; set => _pointLength = value; }

    private int? _pointLength;

    /// <summary>The inputs' values.</summary>
    public ReadOnlySpan<double> Inputs => new(Values, InputCount);

    /// <summary>A declared parameter whose numbers come with every call, if there is one (see <see cref="OpenRecording"/>).</summary>
    public Data? Open;

    private Dependence? _dependence;

    /// <summary>Which slots depend on the inputs: found when it is first asked for, and again when the recording has grown.</summary>
    public Dependence Dependence => _dependence is { } known && known.Flags.Length == SlotCount ? known : _dependence = Dependence.Of(this);

    /// <summary>Why this recording cannot be replayed at another point, or null.</summary>
    public string? NotReplayable;

    /// <summary>How a value left this recording, so that derivatives may not follow it, or null.</summary>
    public string? EscapedValue;

    public long InstructionCapacity => _codes.Length;
    public long SlotCapacity => _values.Length;
    public int ConstantCapacity => (int)_constants.Length;

    public long BytesHeld => _codes.Bytes + _operands.Bytes + _values.Bytes + _constants.Bytes + _extra.Bytes;

    /// <summary>The bytes that instructions, constants and values occupy.</summary>
    public long BytesUsed =>
        InstructionCount * (long)(sizeof(ushort) + sizeof(Operands)) + (SlotCount + (long)ConstantCount) * sizeof(double)
            + ExtraCount * (long)sizeof(int);

    public void Clear()
    {
        InstructionCount = SlotCount = ConstantCount = ExtraCount = InputCount = 0;
        NotReplayable = EscapedValue = null;
        Guards = null;
        Open = null;
        _pointLength = null;
        _dependence = null;
        if (References.Count > 0)
        {
            References.Clear();
            _stamps.Clear();
        }
    }

    /// <summary>The index of an object that instructions refer to; one of the last few is found again.</summary>
    public int AddReference(object reference)
    {
        for (int i = References.Count - 1, least = FirstRemembered; i >= least; i--)
        {
            if (ReferenceEquals(References[i], reference))
                return i;
        }
        References.Add(reference);
        _stamps.Add(reference);
        return References.Count - 1;
    }

    /// <summary>The index of a constant array, whose numbers from <paramref name="start"/> on an instruction uses as they are now. One that
    /// has changed since another used them counts as a second array, and both cannot hold.</summary>
    public int AddReference(Array array, int start, int length)
    {
        for (int i = References.Count - 1, least = FirstRemembered; i >= least; i--)
        {
            if (ReferenceEquals(References[i], array) && _stamps.TryUse(i, array, start, length))
                return i;
        }
        References.Add(array);
        _stamps.Add(array);
        _stamps.TryUse(References.Count - 1, array, start, length);
        return References.Count - 1;
    }

    /// <summary>The first of the references that instructions to come may share.</summary>
    public int FirstRemembered => Math.Max(0, References.Count - 4);

    /// <summary>Throws if a constant array, from the given one on, is not what it was when instructions first used it: a sweep would mix
    /// the two. In full the first time, then some of long arrays in turn (see <see cref="ReferenceStamps"/>).</summary>
    public void VerifyReferences(int first = 0)
    {
        if (!_stamps.Hold(References, first))
            throw Changed();
    }

    /// <summary>Throws if a constant array is not what it was.</summary>
    public void VerifyReferencesInFull()
    {
        if (!_stamps.HoldInFull(References))
            throw Changed();
    }

    private static InvalidOperationException Changed() => new(
        "A constant array that the recording refers to has changed since it was recorded. Constant arrays are referenced, not copied: leave them as they are, or give the lambda a copy.");

    /// <summary>Whether an array that both recordings refer to, at these places, held the same numbers for both.</summary>
    public bool HasSameNumbers(int index, Recording other, int otherIndex) =>
        _stamps.AreSame(index, other._stamps, otherIndex, References[index]);

    /// <summary>Makes room for further instructions and slots; there are always at least as many free slots as free instructions.</summary>
    public void Grow(long instructions, long slots)
    {
        (long wantedInstructions, long wantedSlots) = Wanted(instructions, slots, Enlarged(_codes.Length), Enlarged(_values.Length));
        // Near the limit by as little as is worth a copy.
        if (Peak(wantedInstructions, wantedSlots) > RecordingLimits.MaximumBytes)
            (wantedInstructions, wantedSlots) =
                Wanted(instructions, slots, _codes.Length + _codes.Length / 16, _values.Length + _values.Length / 16);
        RecordingLimits.Check(Peak(wantedInstructions, wantedSlots), BytesUsed, InstructionCount);
        // The instruction codes, by which the capacity is told, grow last: if memory runs out before, it has not changed.
        _values.Grow(wantedSlots, SlotCount);
        _operands.Grow(wantedInstructions, InstructionCount);
        _codes.Grow(wantedInstructions, InstructionCount);
        // The sweeps look at the code before an addition's, also before the first one's: what stands there is no multiplication.
        if (wantedInstructions > 0)
            _codes.Pointer[-1] = OpCode.Add;
    }

    // The capacities that make room for further instructions and slots, if possible the enlarged ones.
    private (long Instructions, long Slots) Wanted(long instructions, long slots, long enlarged, long enlargedSlots)
    {
        const long least = 1024;
        long wanted = InstructionCount + instructions <= _codes.Length ? _codes.Length
            : Math.Max(least, Math.Max(InstructionCount + instructions, enlarged));
        long neededSlots = SlotCount + slots + wanted - InstructionCount;
        long wantedSlots = neededSlots <= _values.Length
            ? _values.Length
            : Math.Max(least, Math.Max(neededSlots, Math.Min(enlargedSlots, neededSlots + neededSlots / 2)));
        return (wanted, wantedSlots);
    }

    // The bytes held while the last buffer is copied to its larger successor.
    private long Peak(long instructions, long slots) =>
        instructions * (sizeof(ushort) + sizeof(Operands)) + slots * sizeof(double) + _constants.Bytes + _extra.Bytes
        + Math.Max(slots > _values.Length ? _values.Bytes : 0, instructions > _codes.Length ? _operands.Bytes : 0);

    public void GrowConstants()
    {
        long wanted = Enlarged(_constants.Length);
        RecordingLimits.Check(BytesHeld + wanted * sizeof(double), BytesUsed, InstructionCount);
        _constants.Grow(wanted, ConstantCount);
    }

    /// <summary>Whether there is room for further integers.</summary>
    public bool HasExtra(int count) => ExtraCount + (long)count <= _extra.Length;

    public void GrowExtra(int count)
    {
        long needed = ExtraCount + (long)count;
        long wanted = Math.Max(needed, Enlarged(_extra.Length));
        RecordingLimits.Check(BytesHeld + wanted * sizeof(int), BytesUsed, InstructionCount);
        _extra.Grow(wanted, ExtraCount);
    }

    // Doubling while small; by half when large, since then the copy's peak counts.
    private static long Enlarged(long length) => Math.Max(256, length < 1 << 24 ? 2 * length : length + length / 2);
}
