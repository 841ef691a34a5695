using System.Collections.Concurrent;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>
/// What a lambda did at one point, ready to be done again at others: the recording, the comparisons that must come out as they did, and
/// the declared parameters whose numbers are taken anew. Immutable; safe to use from many threads, each on a replica of its own.
/// </summary>
internal sealed unsafe class Program
{
    private readonly Recording _recording;
    private readonly Guard[] _guards;
    private readonly ReplicaPool _replicas;
    private readonly List<(Data Parameter, int Slot)> _parameters = [];

    // The result's slot, or -1 and the constant that it is.
    private readonly int _result;
    private readonly double _constant;

    // Null where the sweeps serve as well.
    private readonly Schedule? _schedule;
    private readonly ConcurrentBag<ScheduleWorkspace> _workspaces = [];

    private Program(Recording recording, Var result)
    {
        _recording = recording;
        _guards = recording.Guards!.ToArray();
        _replicas = new ReplicaPool(recording);
        _result = result.IsConstant ? -1 : result.Slot;
        _constant = result.IsConstant ? result.Bits : 0;
        if (UsesSchedules && _result >= 0)
            _schedule = Schedule.Of(recording, _result, _guards);
        int slot = recording.InputCount;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            ushort code = recording.Codes[i];
            (int a, int b) = (recording.Operands[i].A, recording.Operands[i].B);
            if (code == DataOperation.Code && a < 0)
                _parameters.Add(((Data)recording.References[~a], slot));
            slot += code < OpCode.ArrayFlag ? 1 : b;
        }
    }

    /// <summary>A switch for tests: whether programs are scheduled, where it pays, or swept operation by operation.</summary>
    internal static bool UsesSchedules { get; set; } = true;

    /// <summary>The number of variables.</summary>
    public int Dimension => _recording.InputCount;

    /// <summary>How many operations the lambda recorded.</summary>
    public int OperationCount => _recording.InstructionCount;

    /// <summary>Runs the lambda at <paramref name="x"/> and keeps what it did; or says why that holds at this point only.</summary>
    public static Program? Record(Objective f, ReadOnlySpan<double> x, out string? reason)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            recorder.KeepGuards();
            Var y = f.Evaluate(recorder);
            reason = recorder.Flush().NotReplayable;
            return reason is null ? new Program(recorder.Seal(), y) : null;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Whether the other program took the same way through the lambda: as many operations, and every comparison with the same
    /// outcome.</summary>
    public bool TookTheSamePath(Program other) =>
        Dimension == other.Dimension && OperationCount == other.OperationCount && _guards.AsSpan().SequenceEqual(other._guards);

    /// <summary>f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryValue(ReadOnlySpan<double> x, out double value)
    {
        if (_schedule is not null && TryScheduled(x, default, default, default, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        return Returned(replica);
    }

    /// <summary>∇f(x) and f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryGradient(ReadOnlySpan<double> x, Span<double> gradient, out double value)
    {
        if (_schedule is not null && TryScheduled(x, gradient, default, default, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        if (replica is not null)
            Differentiate(replica, default, gradient);
        return Returned(replica);
    }

    /// <summary>∇²f(x)·v and f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryHessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result, out double value)
    {
        if (_schedule is not null && TryScheduled(x, default, v, result, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        if (replica is not null)
            Differentiate(replica, v, result);
        return Returned(replica);
    }

    /// <summary>What is kept at <paramref name="x"/> for products with the Hessian, and ∇f(x), if the lambda would take this way there;
    /// otherwise null.</summary>
    public Linearization? TryLinearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (_schedule is not null && TryLinearizeScheduled(x, gradient, out Linearization? linearization))
            return linearization;
        return Replay(x) is { } replica ? Swept(replica, gradient) : null;
    }

    /// <summary>The same by the sweeps, at the point whose values, those of parameters among them, the workspace holds.</summary>
    internal Linearization SweepAgain(ScheduleWorkspace point) => Swept(Replay(new ReadOnlySpan<double>(point.Values, Dimension), point)!, new double[Dimension]);

    private Linearization Swept(Recording replica, Span<double> gradient)
    {
        if (_result >= 0)
            return new SweptLinearization(replica, _result, gradient);
        gradient.Clear();
        Returned(replica);
        return new ConstantLinearization(_constant, OperationCount);
    }

    // False if something is not finite: then the sweeps are to judge what of it counts.
    private bool TryScheduled(ReadOnlySpan<double> x, Span<double> gradient, ReadOnlySpan<double> v, Span<double> product, out double value, out bool holds)
    {
        ScheduleWorkspace w = TakeWorkspace();
        try
        {
            bool wantsGradient = !gradient.IsEmpty || !product.IsEmpty;
            holds = wantsGradient ? _schedule!.Differentiate(w, x, out value) : _schedule!.Evaluate(w, x, out value);
            if (!holds)
                return true;
            if (!double.IsFinite(value))
                return false;
            // The sweeps, if they have to judge, need the point: it may share its memory with the gradient.
            if (!gradient.IsEmpty && !gradient.Overlaps(x))
                return CopyFinite(w.Bars, gradient);
            if (wantsGradient && !Adjoints.IsFinite(w.Bars, Dimension))
                return false;
            if (!product.IsEmpty)
            {
                _schedule.Multiply(w, v);
                if (!Adjoints.IsFinite(w.BarDots(0), Dimension))
                    return false;
                new ReadOnlySpan<double>(w.BarDots(0), Dimension).CopyTo(product);
            }
            if (!gradient.IsEmpty)
                new ReadOnlySpan<double>(w.Bars, Dimension).CopyTo(gradient);
            return true;
        }
        finally
        {
            _workspaces.Add(w);
        }
    }

    // Copies, and tells whether all are finite: x − x is 0 for a finite x and NaN otherwise.
    private static bool CopyFinite(double* source, Span<double> target)
    {
        Vector512<double> strands = Vector512<double>.Zero;
        int i = 0;
        for (; i <= target.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512<double> x = Vector512.Load(source + i);
            x.CopyTo(target[i..]);
            strands += x - x;
        }
        double sum = Vector512.Sum(strands);
        for (; i < target.Length; i++)
        {
            target[i] = source[i];
            sum += source[i] - source[i];
        }
        return sum == 0;
    }

    private bool TryLinearizeScheduled(ReadOnlySpan<double> x, Span<double> gradient, out Linearization? linearization)
    {
        linearization = null;
        ScheduleWorkspace w = TakeWorkspace();
        bool holds = _schedule!.Differentiate(w, x, out double value), isFinite = double.IsFinite(value) && Adjoints.IsFinite(w.Bars, Dimension);
        if (!holds || !isFinite)
        {
            _workspaces.Add(w);
            return !holds;
        }
        new ReadOnlySpan<double>(w.Bars, Dimension).CopyTo(gradient);
        linearization = new ScheduledLinearization(this, _schedule, w, value);
        return true;
    }

    /// <summary>A workspace that nobody else uses.</summary>
    internal ScheduleWorkspace TakeWorkspace() => _workspaces.TryTake(out ScheduleWorkspace? w) ? w : new ScheduleWorkspace(_schedule!);

    internal void ReturnWorkspace(ScheduleWorkspace w) => _workspaces.Add(w);

    private double Value(Recording replica) => _result < 0 ? _constant : replica.Values[_result];

    // The gradient, or with a direction the product.
    private void Differentiate(Recording replica, ReadOnlySpan<double> v, Span<double> result)
    {
        if (_result < 0)
        {
            result.Clear();
            return;
        }
        Workspace w = Workspace.Rent(replica);
        try
        {
            Adjoints.Run(w, _result);
            if (v.IsEmpty)
                new ReadOnlySpan<double>(w.Bars, result.Length).CopyTo(result);
            else
                SecondOrder.Apply(w, v, result);
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>A replica with the values at <paramref name="x"/>, or null if a comparison comes out otherwise. With a workspace given,
    /// its parameters count, and its comparisons are known to hold.</summary>
    private Recording? Replay(ReadOnlySpan<double> x, ScheduleWorkspace? point = null)
    {
        Recording replica = _replicas.Take();
        Workspace w = Workspace.Rent(replica);
        bool holds = false;
        try
        {
            x.CopyTo(new Span<double>(replica.Values, Dimension));
            foreach ((Data parameter, int slot) in _parameters)
                (point is null ? parameter.Current : _schedule!.Parameter(point, parameter)).CopyTo(new Span<double>(replica.Values + slot, parameter.Length));
            PrimalSweep.Run(w);
            holds = point is not null || Holds(w);
            return holds ? replica : null;
        }
        finally
        {
            w.Return();
            if (!holds)
                _replicas.Return(replica);
        }
    }

    /// <summary>What became of the lambda.</summary>
    public override string ToString() => $"{OperationCount} operations, {_guards.Length} comparisons; {_schedule?.ToString() ?? "swept operation by operation"}";

    private bool Holds(Workspace w)
    {
        foreach (ref readonly Guard guard in _guards.AsSpan())
        {
            if (!guard.Holds(w))
                return false;
        }
        return true;
    }

    private bool Returned(Recording? replica)
    {
        if (replica is null)
            return false;
        _replicas.Return(replica);
        return true;
    }
}
