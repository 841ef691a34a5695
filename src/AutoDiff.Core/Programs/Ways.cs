namespace AutoDiff.Engine;

/// <summary>What a program is asked at a point.</summary>
internal interface IInquiry
{
    /// <summary>The point.</summary>
    ReadOnlySpan<double> Point { get; }

    /// <summary>Answers by the program; false if the lambda would take another way at the point.</summary>
    bool TryAnswer(Program program);
}

/// <summary>
/// The programs that a lambda left at the points it was run at, one for each way through its comparisons. Where none of them fits, the
/// lambda runs again, and the program of the new way is kept: at once while there is room, then now and then, in place of the one not used
/// for longest. Safe to use from many threads at once if the lambda is.
/// </summary>
internal sealed class Ways
{
    /// <summary>Runs the lambda at a point and keeps what it did; or says why that holds at this point only.</summary>
    public delegate Program? Recorder(ReadOnlySpan<double> x, out string? reason);

    private const int Kept = 8;

    // A program costs as much as some 30 runs of the lambda; of a lambda that takes new ways all the time none is used twice.
    private const int MissesPerReplacement = 32;

    private readonly Recorder _record;
    private readonly int _verifyEvery;
    private volatile bool _usesParameters;
    private int _misses, _calls;

    // The one used last comes first. Replaced as a whole, never written to.
    private volatile Program[] _programs;

    /// <exception cref="NotReplayableException">What the lambda does at <paramref name="x"/> holds there only.</exception>
    public Ways(ReadOnlySpan<double> x, CompileOptions options, Recorder record)
    {
        (_record, _verifyEvery) = (record, options.VerifyEvery);
        Program program = record(x, out string? reason)
            ?? throw new NotReplayableException(
                $"The lambda cannot be compiled: {reason}. What follows from a value is not known at another point; compute with the Var itself (comparisons are allowed), or use the function as it is.");
        program.Prepare();
        _usesParameters = program.UsesParameters;
        _programs = [program];
    }

    /// <summary>Holds the moment of an evaluation that begins, where declared parameters are used.</summary>
    public Snapshot.Held Hold() => _usesParameters ? Snapshot.Current.Hold() : Snapshot.Nothing();

    /// <summary>Answers by the program of the way that the lambda takes at the point; false if there is none.</summary>
    public bool TryAnswer<TInquiry>(ref TInquiry inquiry) where TInquiry : IInquiry, allows ref struct
    {
        bool verifies = _verifyEvery > 0 && Interlocked.Increment(ref _calls) % _verifyEvery == 0;
        double[]? point = verifies ? inquiry.Point.ToArray() : null; // The answer may take its memory.
        foreach (Program program in _programs)
        {
            if (program.Dimension != inquiry.Point.Length || !inquiry.TryAnswer(program))
                continue;
            if (_programs[0] != program)
                MoveToFront(program);
            if (point is not null)
                Verify(program, point);
            return true;
        }
        using Snapshot.Held held = Snapshot.Current.Hold();
        return Extend(inquiry.Point) is { } added && inquiry.TryAnswer(added);
    }

    private void MoveToFront(Program program)
    {
        Program[] programs = _programs;
        Interlocked.CompareExchange(ref _programs!, [program, .. programs.Where(p => p != program).Take(Kept - 1)], programs);
    }

    /// <summary>Throws if the lambda does at a point what none of the programs does, for another reason than a comparison, or if a constant
    /// array of theirs has changed.</summary>
    public void Check(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        double[] point = x.ToArray();
        foreach (Program program in _programs)
        {
            if (program.Dimension == point.Length)
                Verify(program, point);
        }
    }

    private void Verify(Program program, double[] point)
    {
        program.VerifyReferencesInFull();
        string? difference = _record(point, out string? reason) is { } anew ? program.DifferenceFrom(anew) : reason;
        if (difference is not null)
            throw new NotReplayableException(
                $"The compiled lambda no longer does what it did: {difference}. Compiled, a lambda may depend on nothing but the point and declared parameters; put numbers that change into a Data, or use the function as it is.");
    }

    // Runs the lambda where no program fits. Nothing is added if a value decides the way there, or if a program of this way is there
    // already: comparisons of numbers that are equal but for rounding can come out one way in the lambda and the other in its program.
    private Program? Extend(ReadOnlySpan<double> x)
    {
        if (_programs.Length == Kept && Interlocked.Increment(ref _misses) % MissesPerReplacement != 0)
            return null;
        if (_record(x, out _) is not { } program)
            return null;
        _usesParameters |= program.UsesParameters;
        while (true)
        {
            Program[] programs = _programs;
            if (Array.Exists(programs, program.TookTheSamePath))
                return null;
            if (Interlocked.CompareExchange(ref _programs!, [program, .. programs.Take(Kept - 1)], programs) == programs)
                return program;
        }
    }

    /// <summary>What became of the lambda: one program for each way through it.</summary>
    public override string ToString() => string.Join(Environment.NewLine, (object[])_programs);
}
