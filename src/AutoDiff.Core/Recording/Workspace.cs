using System.Runtime.CompilerServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// The memory of the sweeps over one recording: adjoints x̄, tangents ẋ and tangents of adjoints x̄˙, by slot. Values belong to the
/// recording unless a replay has its own. One thread uses a workspace at a time.
/// </summary>
internal sealed unsafe class Workspace : ILarge
{
    // Of up to SmallBytes, a thread's own; larger ones are everybody's.
    [ThreadStatic] private static Workspace? t_idle;

    private static readonly LargePool<Workspace> s_large = new();

    private const long SmallBytes = 8L << 20;

    // Fewer slots take no more than that, tangents of eight directions included.
    private const int SmallSlots = 1 << 15;

    private PinnedBuffer<double> _bars = new() { PageOffset = BarOffset }, _dots = new() { PageOffset = 2048 },
        _barDots = new() { PageOffset = 3072 };
    private Workspace? _next;

    public Recording Recording { get; private set; } = null!;

    /// <summary>Primal values.</summary>
    public double* Values { get; private set; }

    /// <summary>Adjoints; shared ones when a local model lends its own.</summary>
    public double* Bars { get; private set; }

    /// <summary>Tangents, one or eight per slot.</summary>
    public double* Dots => _dots.Pointer;

    /// <summary>Tangents of adjoints, one or eight per slot.</summary>
    public double* BarDots => _barDots.Pointer;

    public double* Constants { get; private set; }

    public int* Extra { get; private set; }

    /// <summary>
    /// Whether a tangent sweep precedes the R operator, so that it finds the adjoints ready. Where a norm (|x|, √(x² + y²), ‖u‖) is 0 and
    /// so is its adjoint, the function has a gradient there, and its derivative along u̇ is what the norm grows by along u̇: ‖u̇‖.
    /// </summary>
    public bool KnowsBars { get; set; }

    /// <summary>Whether the adjoints tell structural zeros from others (see <see cref="Zeros"/>).</summary>
    public bool BarsAreMarked { get; set; }

    private const int BarOffset = 1024;

    /// <summary>Takes an idle workspace of this thread, or a new one, for <paramref name="recording"/>, whose constant arrays must be as
    /// they were.</summary>
    public static Workspace Rent(Recording recording)
    {
        recording.VerifyReferences();
        Workspace? workspace = recording.SlotCount > SmallSlots ? s_large.Take() : null;
        if (workspace is null)
        {
            workspace = t_idle ?? new Workspace();
            t_idle = workspace._next;
            workspace._next = null;
        }
        workspace.Bind(recording);
        return workspace;
    }

    public void Return()
    {
        long held = _bars.Bytes + _dots.Bytes + _barDots.Bytes, slots = Recording.SlotCount;
        Unbind();
        if (held > SmallBytes)
        {
            s_large.Return(this, slots * sizeof(double) > held / 64);
            return;
        }
        _next = t_idle;
        t_idle = this;
    }

    /// <inheritdoc/>
    public int LastNeeded { get; set; }

    public void Bind(Recording recording)
    {
        Recording = recording;
        Values = recording.Values;
        Constants = recording.Constants;
        Extra = recording.Extra;
        Bars = null;
        KnowsBars = BarsAreMarked = IsAtInfinity = false;
    }

    /// <summary>Lets the recording go, so that an idle workspace keeps none alive.</summary>
    public void Unbind() => Recording = null!;

    public void ReserveBars()
    {
        _bars.Reserve(Recording.SlotCount);
        Bars = _bars.Pointer;
    }

    /// <summary>Hands the adjoints over for good.</summary>
    public PinnedBuffer<double> TakeBars()
    {
        PinnedBuffer<double> bars = _bars;
        _bars = new() { PageOffset = BarOffset };
        return bars;
    }

    /// <summary>Uses adjoints that another object keeps.</summary>
    public void LendBars(double* bars, bool marked)
    {
        Bars = bars;
        BarsAreMarked = marked;
    }

    public void ReserveDots(int directions) => _dots.Reserve((long)Recording.SlotCount * directions);

    public void ReserveBarDots(int directions) => _barDots.Reserve((long)Recording.SlotCount * directions);

    /// <summary>Whether a norm and its adjoint are 0, where the adjoint is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBent(int norm) => KnowsBars && Values[norm] == 0 && Bars[norm] == 0;

    /// <inheritdoc cref="IsBent(int)"/>
    public bool HasBend(int norms, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (IsBent(norms + i))
                return true;
        }
        return false;
    }

    /// <summary>Whether an input is infinite: at infinity slopes are limits then, not what overflow left.</summary>
    public bool IsAtInfinity { get; private set; }

    /// <summary>Finds out what sweeps with absolute zeros have to know of the values.</summary>
    public void LookAtInputs() => IsAtInfinity = Finite.HasInfinity(new ReadOnlySpan<double>(Values, Recording.PointLength));

    /// <summary>A scalar operand that is a slot, or the complement of a constant's index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ValueOf(int operand) => operand >= 0 ? Values[operand] : Constants[~operand];
}
