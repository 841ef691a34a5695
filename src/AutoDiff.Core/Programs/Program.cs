using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// What a lambda did at one point, ready to be done again at others: the recording, the comparisons that must come out as they did, and
/// the declared parameters whose numbers are taken anew. Immutable; safe to use from many threads, each on a replica of its own.
/// </summary>
internal sealed unsafe partial class Program
{
    private readonly Recording _recording;
    private readonly Guard[] _guards;
    private readonly ReplicaPool _replicas;
    private readonly List<(Data Parameter, int Slot)> _parameters = [];
    private readonly Results _results;

    // Null where the sweeps serve as well.
    private readonly Lazy<Schedule?> _schedule;
    private readonly IdlePool<ScheduleWorkspace> _workspaces;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private Program(Recording recording, Results results, bool isScalar, bool isScheduled = true)
    {
        _recording = recording;
        _guards = recording.Guards!.ToArray();
        _replicas = new ReplicaPool(recording);
        _workspaces = new(IdlePool.CapacityFor(4L * sizeof(double) * recording.SlotCount));
        _results = results;
        _schedule = new(() => isScheduled && UsesSchedules && !results.AreConstant ? Schedule.Of(recording, results, _guards, isScalar)
            : null);
        int slot = recording.InputCount;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            ushort code = recording.Codes[i];
            (int a, int b) = (recording.Operands[i].A, recording.Operands[i].B);
            CallsUserCode |= Operation.Get(code).IsUserCode;
            if (code == DataOperation.Code && a < 0)
                _parameters.Add(((Data)recording.References[~a], slot));
            slot += code < OpCode.ArrayFlag ? 1 : b;
        }
    }

    /// <summary>A switch for tests: whether programs are scheduled, where it pays, or swept operation by operation.</summary>
    internal static bool UsesSchedules { get; set; } = true;

    /// <summary>The number of variables.</summary>
    public int Dimension => _recording.InputCount;

    /// <summary>Whether it takes the numbers of declared parameters anew.</summary>
    public bool UsesParameters => _parameters.Count > 0;

    /// <summary>How many operations the lambda recorded.</summary>
    public int OperationCount => _recording.InstructionCount;

    private Schedule? Schedule => _schedule.Value;

    /// <summary>Whether operations may throw: array functions, or rules of the user's.</summary>
    private bool CallsUserCode { get; }

    /// <summary>Runs the lambda at <paramref name="x"/> and keeps what it did; or says why that holds at this point only.</summary>
    public static Program? Record(Objective f, ReadOnlySpan<double> x, out string? reason) =>
        Record(x, recorder => Results.Of(f.Evaluate(recorder)), true, out reason);

    /// <summary>A program of a recording of scalars that is known, with one result.</summary>
    public static Program Of(Recording recording, int result) => new(recording, new Results(result, 1, null), true);

    /// <summary>A program of a recording without comparisons, to be swept operation by operation.</summary>
    public static Program OfPiece(Recording recording, Results results) => new(recording, results, true, isScheduled: false);

    /// <summary>The same for a function with many results.</summary>
    public static Program? Record(VectorFunction f, ReadOnlySpan<double> x, out string? reason) =>
        Record(x, recorder => Results.Of(f.Evaluate(recorder)), false, out reason);

    private static Program? Record(ReadOnlySpan<double> x, Func<Recorder, Results> run, bool isScalar, out string? reason)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            recorder.KeepGuards();
            Results results = run(recorder);
            recorder.Flush().VerifyReferences();
            reason = recorder.Flush().NotReplayable;
            return reason is null ? new Program(recorder.Seal(), results, isScalar) : null;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Finds the loops again now rather than at the first call. False if there are none worth while.</summary>
    public bool Prepare() => Schedule is not null;

    /// <summary>Whether the other program took the same way through the lambda: as many operations, and every comparison with the same
    /// outcome.</summary>
    public bool TookTheSamePath(Program other) =>
        Dimension == other.Dimension && OperationCount == other.OperationCount && _guards.AsSpan().SequenceEqual(other._guards);

    /// <summary>How a lambda that depends on the point alone cannot have left both programs; null if it can.</summary>
    public string? DifferenceFrom(Program other) => RecordingComparison.Difference(_recording, other._recording)
        ?? (TookTheSamePath(other) && !_results.AreSame(other._results) ? "another number is its result" : null);

    /// <summary>Throws if a constant array has changed since it was recorded.</summary>
    public void VerifyReferencesInFull() => _recording.VerifyReferencesInFull();

    /// <summary>Throws unless two runs of one lambda at one point left the same, and nothing else; a reason is why one left
    /// nothing.</summary>
    public static void CheckSame(Program? first, Program? second, string? reason)
    {
        if (first is null || second is null)
            throw new NotReplayableException(
                $"The lambda does not keep to its recording: {reason}. What follows from that is not known at another point.");
        if ((first.DifferenceFrom(second) ?? first.OtherOutcome(second)) is { } difference)
            throw new NotReplayableException(
                $"The lambda does something else when it runs again at the same point: {difference}. It may depend on nothing but the point and declared parameters: no counters, no random numbers, no state.");
    }

    // Of the same operations at the same point.
    private string? OtherOutcome(Program other) =>
        !TookTheSamePath(other) ? "a comparison came out otherwise" : !Bits(_recording).SequenceEqual(Bits(other._recording))
            ? "an array function gives other numbers" : null;

    private static ReadOnlySpan<long> Bits(Recording recording) => new(recording.Values, recording.SlotCount);

    /// <summary>A workspace that nobody else uses. Constant arrays must be as they were.</summary>
    public ScheduleWorkspace TakeWorkspace()
    {
        _recording.VerifyReferences();
        return _workspaces.Take() ?? new ScheduleWorkspace(Schedule!);
    }

    /// <summary>Keeps a workspace for later, if there are not many already.</summary>
    public void ReturnWorkspace(ScheduleWorkspace w) => _workspaces.Return(w);

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
            Snapshot? moment = UsesParameters ? Snapshot.Current : null;
            foreach ((Data parameter, int slot) in _parameters)
                (point is null ? parameter.At(moment!) : Schedule!.Parameter(point, parameter)).CopyTo(
                    new Span<double>(replica.Values + slot, parameter.Length));
            PrimalSweep.Run(w);
            holds = point is not null || Holds(w);
            return holds ? replica : null;
        }
        catch (Exception) when (point is null && CallsUserCode)
        {
            return null; // Perhaps the lambda does not come here, or it catches: let it run.
        }
        finally
        {
            w.Return();
            if (!holds)
                _replicas.Return(replica);
        }
    }

    /// <summary>What became of the lambda.</summary>
    public override string ToString() => $"{OperationCount} operations, {_guards.Length} comparisons; {Schedule?.ToString() ?? "swept operation by operation"}";

    private bool Holds(Workspace w)
    {
        foreach (ref readonly Guard guard in _guards.AsSpan())
        {
            if (!guard.Holds(w))
                return false;
        }
        return true;
    }
}
