namespace AutoDiff.Engine;

/// <summary>
/// An objective by the programs that its lambda left at the points it was run at, one for each way through its comparisons; where none of
/// them fits, the lambda runs again, and the program of the new way is kept: at once while there is room, then now and then, in place of the
/// one not used for longest.
/// </summary>
internal sealed class CompiledObjective : Objective
{
    private const int Kept = 8;

    // A program costs as much as some 30 runs of the lambda; of a lambda that takes new ways all the time none is used twice.
    private const int MissesPerReplacement = 32;

    private int _misses;

    private readonly Objective _origin;

    // The one used last comes first. Replaced as a whole, never written to.
    private volatile Program[] _programs;

    public CompiledObjective(Objective origin, ReadOnlySpan<double> x)
    {
        _origin = origin;
        Program program = Program.Record(origin, x, out string? reason)
            ?? throw new NotReplayableException($"The lambda cannot be compiled: {reason}. What follows from a value is not known at another point; compute with the Var itself (comparisons are allowed), or use the objective as it is.");
        _programs = [program];
    }

    public override Var Value(VarVector x) => _origin.Value(x);

    public override double Value(ReadOnlySpan<double> x)
    {
        foreach (Program program in _programs)
        {
            if (program.Dimension == x.Length && program.TryValue(x, out double value))
                return Used(program, value);
        }
        return Extend(x) is { } added && added.TryValue(x, out double first) ? first : _origin.Value(x);
    }

    public override double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException($"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        foreach (Program program in _programs)
        {
            if (program.Dimension == x.Length && program.TryGradient(x, gradient, out double value))
                return Used(program, value);
        }
        return Extend(x) is { } added && added.TryGradient(x, gradient, out double first) ? first : _origin.Gradient(x, gradient);
    }

    internal override double HessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        foreach (Program program in _programs)
        {
            if (program.Dimension == x.Length && program.TryHessianProduct(x, v, result, out double value))
                return Used(program, value);
        }
        return Extend(x) is { } added && added.TryHessianProduct(x, v, result, out double first) ? first : _origin.HessianProduct(x, v, result);
    }

    internal override Linearization Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        foreach (Program program in _programs)
        {
            if (program.Dimension == x.Length && program.TryLinearize(x, gradient) is { } linearization)
                return Used(program, linearization);
        }
        return Extend(x)?.TryLinearize(x, gradient) ?? _origin.Linearize(x, gradient);
    }

    public override Objective Compile(ReadOnlySpan<double> x) => _origin.Compile(x);

    /// <summary>What became of the lambda: one program for each way through it.</summary>
    public override string ToString() => string.Join(Environment.NewLine, (object[])_programs);

    private T Used<T>(Program program, T result)
    {
        if (_programs[0] != program)
            MoveToFront(program);
        return result;
    }

    private void MoveToFront(Program program)
    {
        Program[] programs = _programs;
        Interlocked.CompareExchange(ref _programs!, [program, .. programs.Where(p => p != program).Take(Kept - 1)], programs);
    }

    // Runs the lambda where no program fits. Nothing is added if a value decides the way there, or if a program of this way is there
    // already: comparisons of numbers that are equal but for rounding can come out one way in the lambda and the other in its program.
    private Program? Extend(ReadOnlySpan<double> x)
    {
        if (_programs.Length == Kept && Interlocked.Increment(ref _misses) % MissesPerReplacement != 0)
            return null;
        if (Program.Record(_origin, x, out _) is not { } program)
            return null;
        while (true)
        {
            Program[] programs = _programs;
            if (Array.Exists(programs, program.TookTheSamePath))
                return null;
            if (Interlocked.CompareExchange(ref _programs!, [program, .. programs.Take(Kept - 1)], programs) == programs)
                return program;
        }
    }
}
