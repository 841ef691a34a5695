namespace AutoDiff.Engine;

/// <summary>
/// The recordings of a lambda that have come again and again, by their instructions, and the program of each. Constants may differ from one
/// to the next: those that have are open in the program. Safe to use from many threads.
/// </summary>
internal sealed unsafe class Recurrence
{
    private const int Kept = 8;

    /// <summary>A switch for tests: programs are made as soon as a recording has come three times.</summary>
    internal static bool IsEager { get; set; }

    private readonly Lock _lock = new();
    private readonly List<Sighting> _sightings = [];

    // Replaced as a whole, never written to.
    private volatile Known[] _known = [];

    /// <summary>A recording like one that has been seen before, its program, and the constants that the program leaves open.</summary>
    private sealed record Known(Recording Origin, int Result, int[] Open, Program Program, bool IsScheduled);

    /// <summary>The program of recordings with the same instructions and constants, but for open ones; null if there is none yet. Where one
    /// is due, it is made.</summary>
    public Program? Find(Recording recording, int result, out OpenConstants open)
    {
        open = default;
        foreach (Known known in _known)
        {
            if (known.Result != result || !RecordingComparison.HaveSameInstructions(known.Origin, recording)
                || !HasParametersOf(known.Origin, recording)
                || !HasConstantsOf(known, recording))
                continue;
            open = new OpenConstants(recording.Constants, known.Open);
            return known.IsScheduled ? known.Program : null;
        }
        if (IsEligible(recording))
            See(recording, result);
        return null;
    }

    /// <summary>What became of the recordings that have come often enough.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, _known.Select(k => $"{k.Open.Length} constants left open; {k.Program}"));

    // Arrays that instructions refer to may change without a trace, and array operations are fast as they are.
    private static bool IsEligible(Recording recording)
    {
        if (recording.InstructionCount < Schedule.FewestOperations || recording.References.Exists(r => r is not Data))
            return false;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            if (recording.Codes[i] >= OpCode.ArrayFlag && !(recording.Codes[i] == DataOperation.Code && recording.Operands[i].A < 0))
                return false;
        }
        return true;
    }

    private static bool HasParametersOf(Recording origin, Recording recording)
    {
        for (int i = 0; i < origin.References.Count; i++)
        {
            if (i >= recording.References.Count || !ReferenceEquals(origin.References[i], recording.References[i]))
                return false;
        }
        return recording.References.Count == origin.References.Count;
    }

    private static bool HasConstantsOf(Known known, Recording recording)
    {
        if (known.Origin.ConstantCount != recording.ConstantCount)
            return false;
        int start = 0;
        foreach (int open in known.Open)
        {
            if (!RecordingComparison.HaveSameConstants(known.Origin, recording, start, open))
                return false;
            start = open + 1;
        }
        return RecordingComparison.HaveSameConstants(known.Origin, recording, start, recording.ConstantCount);
    }

    private static bool IsSame(double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);

    private void See(Recording recording, int result)
    {
        ulong hash = Hash(recording);
        bool[]? differs = null;
        lock (_lock)
        {
            if (_sightings.Find(s => s.IsOf(hash, recording, result)) is { } sighting)
            {
                differs = sighting.Again(recording);
            }
            else
            {
                if (_sightings.Count == Kept)
                    _sightings.RemoveAt(0);
                _sightings.Add(new Sighting(hash, recording, result));
            }
        }
        if (differs is not null)
            Learn(recording, result, differs);
    }

    private void Learn(Recording recording, int result, bool[] differs)
    {
        int[] open = [.. Enumerable.Range(0, differs.Length).Where(k => differs[k])];
        if (OpenRecording.Of(recording, open) is not { } opened)
            return;
        Program program = Program.Of(opened, result < recording.InputCount ? result : result + open.Length);
        Known known = new(recording.Copy(), result, open, program, program.Prepare());
        _known = [known, .. _known.Where(k => k.Result != result || !RecordingComparison.HaveSameInstructions(k.Origin, recording)).Take(
            Kept - 1)];
    }

    // Of the instructions; four strands that do not wait for one another.
    private static ulong Hash(Recording recording)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        (ulong a, ulong b, ulong c, ulong d) = (1, 2, 3, 4);
        ulong* operands = (ulong*)recording.Operands;
        int i = 0;
        for (; i <= recording.InstructionCount - 4; i += 4)
        {
            a = (a ^ operands[i] ^ *(ulong*)(recording.Codes + i)) * prime;
            b = (b ^ operands[i + 1]) * prime;
            c = (c ^ operands[i + 2]) * prime;
            d = (d ^ operands[i + 3]) * prime;
        }
        for (; i < recording.InstructionCount; i++)
            a = (a ^ operands[i] ^ (ulong)recording.Codes[i] << 48) * prime;
        a ^= (a >> 32) + System.Numerics.BitOperations.RotateLeft(b, 16) * prime;
        return (a ^ (c >> 29)) * prime ^ (d ^ d >> 31) * prime ^ (ulong)recording.InputCount;
    }

    // A recording that has no program yet.
    private sealed class Sighting(ulong hash, Recording recording, int result)
    {
        // A program is made once sweeping has cost as much as making it does: in ns, for an operation and for generating code.
        private const double SweepTime = 3, PreparationTime = 60, GenerationTime = 2e7;

        private readonly int _operations = recording.InstructionCount;
        private readonly double[] _constants = new ReadOnlySpan<double>(recording.Constants, recording.ConstantCount).ToArray();
        private readonly bool[] _differs = new bool[recording.ConstantCount];
        private int _count = 1;

        public bool IsOf(ulong otherHash, Recording other, int otherResult) =>
            hash == otherHash && _operations == other.InstructionCount && result == otherResult && _constants.Length == other.ConstantCount;

        // Which constants have differed so far, if a program is due.
        public bool[]? Again(Recording other)
        {
            for (int k = 0; k < _constants.Length; k++)
                _differs[k] |= !IsSame(_constants[k], other.Constants[k]);
            _count++;
            if (_count < 3 || !IsEager && _count * SweepTime * _operations < PreparationTime * _operations + GenerationTime)
                return null;
            _count = 1; // Should constants differ that never have, one is due again after as long.
            return [.. _differs];
        }
    }
}
