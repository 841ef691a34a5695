using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Writes a recording while a lambda runs. It holds no calculus: an operation comes as its code, operands and value. One recorder belongs
/// to one thread at a time and is reused for the next recording under a new epoch, by which handles of an earlier one are told apart.
/// </summary>
internal sealed unsafe partial class Recorder
{
    [ThreadStatic] private static Recorder? t_current;
    [ThreadStatic] private static Recorder? t_idle;

    private Recording _recording = new();

    // Set aside while a large one is written.
    private Recording? _small;
    private bool _expectsLarge;

    // The recording's pointers and counts, kept here while it is written.
    private ushort* _codes;
    private Operands* _operands;
    private double* _values;
    private double* _constants;
    private int* _extra;
    private RecentConstants _recentConstants;
    private nint _count, _capacity, _slots; // As wide as an address, so that using them as an index takes no widening.
    private int _constantCount, _constantCapacity, _extraCount;
    private int _inactive, _inactiveLength;
    private bool _keepsConstantsApart;

    private readonly Workspace _live = new();
    private readonly List<(Data Parameter, int Slot)> _parameters = [];
    private Recorder? _enclosing;
    private int _threadId;
    private uint _epoch;
    private nuint _stackTop;

    /// <summary>The recorder that operations on this thread are written to, or null.</summary>
    public static Recorder? Current => t_current;

    /// <summary>The epoch, in the upper half of a handle's word. While an inner recording is under way the lowest bit is set, so that no
    /// handle of this one fits.</summary>
    public ulong EpochWord;

    /// <summary>The stack about a recording's start that is certainly this thread's own: what the runtime guarantees below, and less than a
    /// guard page above.</summary>
    private const nuint OwnStack = 64 * 1024, OwnStackAbove = 2 * 1024;

    /// <summary>
    /// Whether the caller runs on the recording's own thread, told by the address of a local: stacks of different threads do not overlap.
    /// False may also mean a deep stack; <see cref="IsCurrent"/> then decides. A thread-static look-up here would cost more than all the
    /// rest of recording.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining), SkipLocalsInit] // The local is never read.
    public bool IsOnOwnStack()
    {
        byte here;
        return _stackTop - (nuint)(&here) < OwnStack;
    }

    /// <summary>Who follows the run through its kinks, if anybody does. While somebody does, every operation takes the way of the rarer
    /// cases, where it is asked for; so the others need not ask.</summary>
    public KinkTrace? Kinks { get; set; }

    /// <summary>From here on operations are recorded under a trace of kinks.</summary>
    public KinkTrace Trace(IReadOnlyDictionary<int, Sides> forced)
    {
        _stackTop = 0; // No address is near it, so no handle passes for live at once.
        return Kinks = new KinkTrace(this, forced);
    }

    /// <summary>Whether operations on this thread are to be recorded here.</summary>
    public bool IsCurrent => ReferenceEquals(this, t_current);

    public double* Values => _values;

    public int InstructionCount => (int)_count;

    public int SlotCount => (int)_slots;

    /// <summary>The inputs, as the lambda sees them.</summary>
    public VarVector Inputs => new(this, EpochWord, _recording.InputCount);

    /// <summary>Starts a recording of <paramref name="inputs"/> on this thread, inside any that is under way.</summary>
    public static Recorder Begin(ReadOnlySpan<double> inputs)
    {
        EnsureStack();
        Recorder recorder = t_idle ?? new Recorder();
        t_idle = recorder._enclosing;
        recorder._enclosing = t_current;
        recorder.Snapshot = Snapshot.Current;
        recorder._threadId = Environment.CurrentManagedThreadId;
        byte here;
        recorder._stackTop = (nuint)(&here) + OwnStackAbove;
        recorder.Open();
        t_current?.Suspend();
        t_current = recorder;
        try
        {
            recorder._recording.InputCount = inputs.Length;
            recorder.ReserveSlots(inputs.Length);
            inputs.CopyTo(new Span<double>(recorder._values, inputs.Length));
        }
        catch
        {
            recorder.End();
            throw;
        }
        return recorder;
    }

    private static void EnsureStack()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException e)
        {
            t_current?.MarkFailed("A nested recording", e);
            throw;
        }
    }

    /// <summary>Ends the recording: its handles are stale from here on, and the enclosing recording, if any, goes on.</summary>
    public void End()
    {
        if (!ReferenceEquals(t_current, this))
            throw new InvalidOperationException("A recording ended out of order: an inner one is still under way.");
        t_current = _enclosing;
        t_current?.Resume();
        _epoch += 2;
        EpochWord = (ulong)_epoch << 32;
        if (_epoch >= uint.MaxValue - 3)
            return; // Epochs would repeat: let this recorder go.
        // An idle recorder keeps memory of its own, but nothing of the caller's nor a recording that was handed over.
        _live.Unbind();
        Kinks = null;
        Snapshot = null!;
        _parameters.Clear();
        if (_recording.BytesHeld > RecordingPool.SmallBytes)
            GiveLargeBack(_small ?? RecordingPool.Take());
        else
            _recording.Clear();
        _enclosing = t_idle;
        t_idle = this;
    }

    // Gives the large recording back, and goes on with a small one.
    private void GiveLargeBack(Recording small)
    {
        Flush();
        _expectsLarge = RecordingPool.NeedsLarge(_recording);
        RecordingPool.ReturnLarge(_recording);
        (_recording, _small) = (small, null);
    }

    /// <summary>The recording so far, its counts brought up to date.</summary>
    public Recording Flush()
    {
        _recording.InstructionCount = (int)_count;
        _recording.SlotCount = (int)_slots;
        _recording.ConstantCount = _constantCount;
        _recording.ExtraCount = _extraCount;
        return _recording;
    }

    /// <summary>Hands the recording over for good; this recorder takes a fresh one for its next use.</summary>
    public Recording Seal()
    {
        Recording sealedRecording = Flush();
        _expectsLarge = RecordingPool.NeedsLarge(sealedRecording);
        _recording = _small ?? RecordingPool.Take();
        _small = null;
        return sealedRecording;
    }

    private void Suspend() => EpochWord |= 1UL << 32;

    private void Resume() => EpochWord &= ~(1UL << 32);

    private void Open()
    {
        _count = _slots = _constantCount = _extraCount = _inactiveLength = 0;
        _keepsConstantsApart = false;
        EpochWord = (ulong)_epoch << 32;
        if (_expectsLarge)
            TakeLarge();
        Adopt();
    }

    // A recording like the last one would outgrow the small one.
    private void TakeLarge()
    {
        _expectsLarge = false;
        if (RecordingPool.TakeLarge() is { } large)
            (_recording, _small) = (large, _recording);
    }

    private void Adopt()
    {
        _codes = _recording.Codes;
        _operands = _recording.Operands;
        _values = _recording.Values;
        _constants = _recording.Constants;
        _extra = _recording.Extra;
        _capacity = (int)_recording.InstructionCapacity;
        _constantCapacity = _recording.ConstantCapacity;
    }

    /// <summary>Records a scalar operation and returns the handle of its result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Var Emit(ushort code, int a, int b, double value)
    {
        nint index = _count, slot = _slots;
        if (index == _capacity)
            return EmitAfterGrowth(code, a, b, value);
        _codes[index] = code;
        _operands[index] = new Operands(a, b);
        _values[slot] = value;
        _count = index + 1;
        _slots = slot + 1;
        return new Var(this, EpochWord | (uint)slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Var EmitAfterGrowth(ushort code, int a, int b, double value)
    {
        Grow(1, 1);
        return Emit(code, a, b, value);
    }

    /// <summary>Records an array operation of <paramref name="length"/> results and returns the first one's slot; the caller fills in the
    /// values.</summary>
    public int EmitArray(ushort code, int a, int length)
    {
        if (_count == _capacity)
            Grow(1, length);
        int slot = ReserveSlots(length);
        _codes[_count] = code;
        _operands[_count] = new Operands(a, length);
        _count++;
        return slot;
    }

    /// <summary>Computes the values of the array operation just recorded, by the kernel that a replay would use.</summary>
    public void Compute(delegate*<Workspace, int, int, int, void> primal, int a, int length, int slot)
    {
        _live.Bind(Flush());
        try
        {
            primal(_live, a, length, slot);
        }
        catch (Exception e)
        {
            MarkFailed(Operation.Get(_codes[_count - 1]).Name, e); // A rule of the user's.
            throw;
        }
    }

    /// <summary>Slots that no instruction writes: inputs and data.</summary>
    public int ReserveSlots(int length)
    {
        if (_slots + (long)length + (_capacity - _count) > _recording.SlotCapacity)
            Grow(0, length);
        int slot = (int)_slots;
        _slots += length;
        return slot;
    }

    /// <summary>The index of a constant; a repeated one is mostly found again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddConstant(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int index = _recentConstants[Bucket(bits)];
        return index < _constantCount && BitConverter.DoubleToInt64Bits(_constants[index]) == bits ? index : AppendConstant(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AppendConstant(double value)
    {
        if (_constantCount == _constantCapacity)
            GrowConstants();
        int index = _constantCount++;
        _constants[index] = value;
        if (!_keepsConstantsApart)
            _recentConstants[Bucket(BitConverter.DoubleToInt64Bits(value))] = index;
        return index;
    }

    /// <summary>From here on every constant is one of its own, so that it does not show in the instructions which of them are
    /// equal.</summary>
    public void KeepConstantsApart()
    {
        _keepsConstantsApart = true;
        ((Span<int>)_recentConstants).Fill(int.MaxValue);
    }

    // Fibonacci hashing into 256 places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(long bits) => (int)((ulong)bits * 0x9E3779B97F4A7C15UL >> 56);

    /// <summary>Appends integers to the side table and returns the offset of the first.</summary>
    public int AddExtra(ReadOnlySpan<int> items)
    {
        if (!Flush().HasExtra(items.Length))
        {
            int count = items.Length;
            Grow(recording => recording.GrowExtra(count));
        }
        int offset = _extraCount;
        items.CopyTo(new Span<int>(_extra + offset, items.Length));
        _extraCount += items.Length;
        return offset;
    }

    /// <summary>The index of an object that instructions refer to.</summary>
    public int AddReference(object reference) => _recording.AddReference(reference);

    /// <summary>The index of a constant array of which an instruction uses a part.</summary>
    public int AddReference(Array array, int start, int length) => _recording.AddReference(array, start, length);

    /// <summary>The moment whose numbers declared parameters have.</summary>
    public Snapshot Snapshot { get; private set; } = null!;

    /// <summary>The slots of a declared parameter, which it takes when it is first used.</summary>
    public VarVector Parameter(Data parameter)
    {
        // A lambda has few of them.
        foreach ((Data known, int first) in _parameters)
        {
            if (ReferenceEquals(known, parameter))
                return new VarVector(this, EpochWord | (uint)first, parameter.Length);
        }
        VarVector vector = DataOperation.Record(this, parameter.At(Snapshot), parameter);
        _parameters.Add((parameter, vector.View.Slot));
        return vector;
    }

    /// <summary>Whether comparisons are noted, for a recording that is to be replayed.</summary>
    public bool KeepsGuards => _recording.Guards is not null;

    /// <summary>From here on comparisons are noted.</summary>
    public void KeepGuards() => _recording.Guards = [];

    /// <summary>Notes a comparison's outcome.</summary>
    public void AddGuard(Guard guard) => _recording.Guards!.Add(guard);

    /// <summary>Notes slots that no derivative is taken of, as array operations may know: there is one such block in a recording.</summary>
    public void SetInactive(int slot, int length) => (_inactive, _inactiveLength) = (slot, length);

    public bool IsInactive(int slot) => (uint)(slot - _inactive) < (uint)_inactiveLength;

    /// <summary>Notes that the recording holds for this point only.</summary>
    public void MarkNotReplayable(string reason) => _recording.NotReplayable ??= reason;

    /// <summary>Notes that something failed for a reason that may not be there at another point, or in another call: if the lambda catches
    /// it and goes on, what it does from there on holds for this point only.</summary>
    public void MarkFailed(string operation, Exception exception) =>
        MarkNotReplayable($"{operation} threw a {exception.GetType().Name}, which the lambda caught");

    /// <summary>Notes that a value left the recording, so that it holds for this point only and derivatives may not follow the
    /// value.</summary>
    public void MarkEscaped(string reason)
    {
        _recording.EscapedValue ??= reason;
        MarkNotReplayable(reason);
    }

    [InlineArray(256)]
    private struct RecentConstants
    {
        private int _first;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int instructions, int slots) => Grow(recording => recording.Grow(instructions, slots));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowConstants() => Grow(recording => recording.GrowConstants());

    private void Grow(Action<Recording> grow)
    {
        try
        {
            grow(Flush());
        }
        catch (Exception e)
        {
            MarkFailed("Recording", e); // How much memory there is, no point decides.
            throw;
        }
        finally
        {
            Adopt(); // Also when memory ran out half-way: the lambda may go on after catching that.
        }
    }
}
