namespace AutoDiff.Engine;

/// <summary>The memory in which one thread runs a schedule: values, tangents, adjoints and tangents of adjoints by position, and the
/// tiles of the kernel that is running.</summary>
internal sealed unsafe class ScheduleWorkspace(Schedule schedule)
{
    private PinnedBuffer<double> _values = new() { PageOffset = 0 }, _bars = new() { PageOffset = 1024 }, _dots = new() { PageOffset = 2048 }, _barDots = new() { PageOffset = 3072 };
    private PinnedBuffer<double> _tiles = new() { PageOffset = 512 };
    private readonly double[] _openConstants = new double[schedule.OpenLength];
    private PinnedBuffer<nint> _registers = new() { PageOffset = 2560 };

    private ScheduleWorkspace? _valuesLender, _barsLender;
    private int _clearBars, _clearBarDots;

    public int Inputs => schedule.Inputs;

    public double* Values => (_valuesLender ?? this)._values.Pointer;

    public double* Bars => (_barsLender ?? this)._bars.Pointer;

    public double* Dots => _dots.Pointer;

    public double* BarDots => _barDots.Pointer;

    public double* Block(Space space) => space switch
    {
        Space.Values => Values,
        Space.Dots => _dots.Pointer,
        Space.Bars => Bars,
        Space.BarDots => _barDots.Pointer,
        _ => schedule.Constants,
    };

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
        new Span<double>(_bars.Pointer + schedule.Inputs, schedule.Length - schedule.Inputs).Clear();
        _clearBars = 0;
    }

    /// <summary>Makes room for tangents, which are undefined but for those of sums, and for tangents of adjoints, as <see
    /// cref="ClearBars"/> does.</summary>
    public void ClearDots()
    {
        _dots.Reserve(schedule.Length);
        _barDots.Reserve(schedule.Length);
        new Span<double>(_barDots.Pointer + schedule.Inputs, schedule.Length - schedule.Inputs).Clear();
        _clearBarDots = 0;
    }

    /// <summary>
    /// Sees to it that adjoints, or their tangents, of inputs are zero up to this position where nothing has been added to them yet: just
    /// before something is, so that it finds them in the cache.
    /// </summary>
    public void ClearUpTo(Space space, int end)
    {
        if (space == Space.Bars)
            Clear(_bars.Pointer, ref _clearBars, end);
        else if (space == Space.BarDots)
            Clear(_barDots.Pointer, ref _clearBarDots, end);
    }

    private void Clear(double* block, ref int cleared, int end)
    {
        end = Math.Min(end, schedule.Inputs);
        if (end <= cleared)
            return;
        new Span<double>(block + cleared, end - cleared).Clear();
        cleared = end;
    }

    /// <summary>Works on the values and adjoints of another workspace, which stay as they are; null for its own.</summary>
    public void Share(ScheduleWorkspace? other) => (_valuesLender, _barsLender) = (other, other);

    /// <summary>Works on the values of another workspace, and on adjoints of its own; null for its own values too.</summary>
    public void ShareValues(ScheduleWorkspace? other) => (_valuesLender, _barsLender) = (other, null);
}
