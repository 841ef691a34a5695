using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>The memory in which one thread runs a schedule: values, tangents, adjoints and tangents of adjoints by position, and the
/// tiles of the kernel that is running.</summary>
internal sealed unsafe class ScheduleWorkspace(Schedule schedule)
{
    private PinnedBuffer<double> _values = new() { PageOffset = 0 }, _bars = new() { PageOffset = 1024 },
        _dots = new() { PageOffset = 2048 }, _barDots = new() { PageOffset = 3072 };
    private PinnedBuffer<double> _tiles = new() { PageOffset = 512 };
    private readonly double[] _openConstants = new double[schedule.OpenLength];
    private PinnedBuffer<nint> _registers = new() { PageOffset = 2560 };

    private readonly int[] _clearBarDots = new int[Schedule.MostDirections];
    private ScheduleWorkspace? _valuesLender, _barsLender;
    private int _clearBars;

    /// <summary>A switch for tests: what numbers are before they are computed, so that none is used that is not.</summary>
    internal static double? Undefined { get; set; }

    public int Inputs => schedule.Inputs;

    public double* Values => (_valuesLender ?? this)._values.Pointer;

    public double* Bars => (_barsLender ?? this)._bars.Pointer;

    /// <summary>From one direction's block to the next: whole pages, and a little more, for the reason that page offsets have.</summary>
    public nint Distance { get; } = (schedule.Length + 511) / 512 * 512 + 16;

    /// <summary>The tangents in a direction.</summary>
    public double* Dots(int direction) => _dots.Pointer + direction * Distance;

    /// <summary>The tangents of the adjoints in a direction.</summary>
    public double* BarDots(int direction) => _barDots.Pointer + direction * Distance;

    /// <summary>A block of memory; the direction counts for tangents alone.</summary>
    public double* Block(Space space, int direction = 0) => space switch
    {
        Space.Values => Values,
        Space.Dots => Dots(direction),
        Space.Bars => Bars,
        Space.BarDots => BarDots(direction),
        _ => schedule.Constants,
    };

    /// <summary>How many kinds of blocks there are.</summary>
    public const int BlockCount = 5;

    /// <summary>All blocks of memory, those of tangents in a direction.</summary>
    public void Blocks(int direction, double** blocks)
    {
        for (int space = 0; space < BlockCount; space++)
            blocks[space] = Block((Space)space, direction);
    }

    public double* Tiles(long length)
    {
        _tiles.Reserve(length);
        return _tiles.Pointer;
    }

    public double** Registers(int count)
    {
        _registers.Reserve(count);
        return (double**)_registers.Pointer;
    }

    /// <summary>The numbers of this call, where the recording leaves constants open; whoever calls writes them beforehand.</summary>
    public Span<double> OpenConstants => _openConstants;

    /// <summary>Makes room for the values; true if it was not there before.</summary>
    public bool ReserveValues()
    {
        if (_values.Length >= schedule.Length)
            return false;
        _values.Reserve(schedule.Length);
        new Span<double>(_values.Pointer, schedule.Length).Clear();
        return true;
    }

    /// <summary>Makes room for adjoints, all zero; for those of inputs see <see cref="ClearUpTo"/>.</summary>
    public void ClearBars()
    {
        _bars.Reserve(schedule.Length);
        Undefine(_bars.Pointer, schedule.Inputs);
        new Span<double>(_bars.Pointer + schedule.Inputs, schedule.Length - schedule.Inputs).Clear();
        _clearBars = 0;
    }

    /// <summary>Makes room for tangents in so many directions, which are undefined but for those of sums, and for tangents of adjoints, as
    /// <see cref="ClearBars"/> does.</summary>
    public void ClearDots(int directions)
    {
        _dots.Reserve((long)directions * Distance);
        _barDots.Reserve((long)directions * Distance);
        for (int d = 0; d < directions; d++)
        {
            Undefine(Dots(d), schedule.Length);
            Undefine(BarDots(d), schedule.Inputs);
            new Span<double>(BarDots(d) + schedule.Inputs, schedule.Length - schedule.Inputs).Clear();
        }
        _clearBarDots.AsSpan().Clear();
    }

    private static void Undefine(double* numbers, int count)
    {
        if (Undefined is { } number)
            new Span<double>(numbers, count).Fill(number);
    }

    /// <summary>
    /// Sees to it that adjoints, or their tangents in a direction, of inputs are zero up to this position where nothing has been added to
    /// them yet: just before something is, so that it finds them in the cache.
    /// </summary>
    public void ClearUpTo(Space space, int direction, int end)
    {
        if (space == Space.Bars)
            Clear(_bars.Pointer, ref _clearBars, end);
        else if (space == Space.BarDots)
            Clear(BarDots(direction), ref _clearBarDots[direction], end);
    }

    /// <summary>
    /// The same for contributions to the positions from <paramref name="start"/> up to <paramref name="end"/>, of which the first need not
    /// be added to zeros: those from the position returned on are to be written, and be it up to seven past the end.
    /// </summary>
    public int TakeUp(Space space, int direction, int start, int end)
    {
        if (end > schedule.Inputs)
            return end;
        ref int cleared = ref space == Space.Bars ? ref _clearBars : ref _clearBarDots[direction];
        if (end <= cleared)
            return end;
        ClearUpTo(space, direction, start);
        int first = Math.Max(start, cleared);
        cleared = end;
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Clear(double* block, ref int cleared, int end)
    {
        end = Math.Min(end, schedule.Inputs);
        if (end > cleared)
            ClearBetween(block, ref cleared, end);
    }

    private static void ClearBetween(double* block, ref int cleared, int end)
    {
        new Span<double>(block + cleared, end - cleared).Clear();
        cleared = end;
    }

    /// <summary>Works on the values and adjoints of another workspace, which stay as they are; null for its own.</summary>
    public void Share(ScheduleWorkspace? other) => (_valuesLender, _barsLender) = (other, other);

    /// <summary>Works on the values of another workspace, and on adjoints of its own; null for its own values too.</summary>
    public void ShareValues(ScheduleWorkspace? other) => (_valuesLender, _barsLender) = (other, null);
}
