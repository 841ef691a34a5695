using AutoDiff.Engine;

namespace AutoDiff;

// Whether ℓ keeps its promise, row by row.
public sealed partial class DataObjective
{
    private const int MostWaysCompared = 256;

    private int _verifyEvery;

    /// <summary>
    /// For debugging: every so many evaluations ℓ runs at all rows, and what it does is compared, operation by operation and constant by
    /// constant, with what it does at others; where a row differs for another reason than a comparison, a
    /// <see cref="NotReplayableException"/> names it. 1 compares at every evaluation; 0, the default, never does. Batches made after that
    /// have the same.
    /// </summary>
    /// <remarks>Without it an evaluation looks at the first row, the last and one between them, drawn by a seeded generator (at 16 where ℓ
    /// is new); where these differ, ℓ runs at every row. Safe to set from any thread.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int VerifyEvery
    {
        get => Volatile.Read(ref _verifyEvery);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Volatile.Write(ref _verifyEvery, value);
        }
    }

    /// <summary>Verifies what can be verified at <paramref name="x"/>: ℓ runs at every row, and at the first one again. Returns if no value
    /// left a recording, and rows differ in comparisons only; throws otherwise.</summary>
    /// <exception cref="NotReplayableException">A value left the recording, or an exception was caught, or a row differs for another reason
    /// than a comparison; the message names row and reason.</exception>
    /// <exception cref="InvalidOperationException">A constant array changed after ℓ had used it.</exception>
    public override void Check(ReadOnlySpan<double> x) => Verify(x, refusesEscapes: true);

    /// <summary>Verifies, if an evaluation that begins is one that is to be.</summary>
    internal void VerifyIfDue(ReadOnlySpan<double> x)
    {
        if (VerifyEvery is > 0 and int every && Paths.NextCall() % every == 0)
            Verify(x, refusesEscapes: false);
    }

    private void Verify(ReadOnlySpan<double> x, bool refusesEscapes)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowWatch watch = Watch();
        List<(Recording Recording, Results Results)> ways = [];
        for (int i = 0; i <= RowCount && RowCount > 0; i++)
        {
            int place = i % RowCount;
            watch.Check();
            Recorder recorder = Recorder.Begin(x);
            try
            {
                recorder.KeepGuards();
                Results results = Results.Of(TermChecked(recorder.Inputs, place));
                Recording recording = recorder.Flush();
                recording.VerifyReferences();
                if (recording.NotReplayable is { } reason)
                {
                    if (refusesEscapes)
                        throw new NotReplayableException(
                            $"At row {place} {reason}: what follows from that is not known at another row or point. Such rows are recorded one by one.");
                    continue;
                }
                if (IsKnown(ways, recording, results, place) || ways.Count == MostWaysCompared)
                    continue;
                ways.Add((recorder.Seal(), results));
            }
            finally
            {
                recorder.End();
            }
        }
    }

    private static bool IsKnown(List<(Recording Recording, Results Results)> ways, Recording recording, Results results, int place)
    {
        foreach ((Recording known, Results knownResults) in ways)
        {
            if (RecordingComparison.AreSame(known, recording) && knownResults.AreSame(results))
                return true;
        }
        foreach ((Recording known, Results _) in ways)
        {
            if (!RecordingComparison.Branches(known, recording))
                throw new NotReplayableException(
                    $"At row {place} the lambda does something else than at others, for another reason than a comparison: {RecordingComparison.Difference(known, recording) ?? "another number is its result"}. It may depend on nothing but x, the row and declared parameters: no counters, no random numbers.");
        }
        return false;
    }

    /// <summary>ℓ(x, row i), which belongs to the recording under way.</summary>
    internal Var TermChecked(VarVector x, int i)
    {
        Var y = Term(x, i);
        if (!y.IsConstant)
            y.Checked("The lambda's result");
        return y;
    }
}
