using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>One step of a kernel: an input, a constant, or an operation on earlier steps.</summary>
internal readonly record struct KernelStep(LaneOperation? Operation, int A, int B, double Constant)
{
    /// <summary>For a sum: its operand that generated code fuses with it, a product that nothing else uses; or −1.</summary>
    public int Product { get; init; } = -1;

    /// <summary>Whether it is a number of the lambda's, to be rounded as the lambda rounds it.</summary>
    public bool IsExact { get; init; }

    public bool IsInput => Operation is null && A >= 0;

    public bool IsConstant => Operation is null && A < 0;
}

/// <summary>The formula of a kernel while it is written: every step once, however often it is needed.</summary>
internal sealed class KernelTape
{
    private readonly List<KernelStep> _steps = [];
    private readonly Dictionary<(LaneOperation?, int, int, long), int> _known = [];

    public IReadOnlyList<KernelStep> Steps => _steps;

    /// <summary>Input number <paramref name="index"/>.</summary>
    public Symbol Input(int index, bool isLoose) => new(this, Find(null, index, 0, 0), isLoose);

    public Symbol Add(LaneOperation operation, Symbol x, Symbol y)
    {
        int a = Step(x), b = operation.Arity == 1 ? -1 : Step(y);
        if (a > b && b >= 0 && (operation.Rule == typeof(Add) || operation.Rule == typeof(Multiply)))
            (a, b) = (b, a);
        bool isLoose = x.IsLoose || operation.Arity > 1 && y.IsLoose;
        int step = Find(operation, a, b, 0);
        if (!isLoose && !_steps[step].IsExact)
            _steps[step] = _steps[step] with { IsExact = true };
        return new Symbol(this, step, isLoose);
    }

    /// <summary>The step of a number, which for a constant is made if need be.</summary>
    public int Step(Symbol x) => x.IsConstant ? Find(null, -1, 0, x.Number) : x.Index;

    /// <summary>The parts of a product with a constant, or null.</summary>
    public (Symbol Other, double Factor)? Factor(Symbol x)
    {
        KernelStep step = _steps[x.Index];
        if (step.Operation?.Rule != typeof(Multiply))
            return null;
        return _steps[step.A].IsConstant ? (new Symbol(this, step.B, x.IsLoose), _steps[step.A].Constant)
            : _steps[step.B].IsConstant ? (new Symbol(this, step.A, x.IsLoose), _steps[step.B].Constant)
            : null;
    }

    /// <summary>y if x = −y, or null.</summary>
    public Symbol? Negated(Symbol x) =>
        _steps[x.Index].Operation?.Rule == typeof(Negate) ? new Symbol(this, _steps[x.Index].A, x.IsLoose) : null;

    /// <summary>1/x if it is a step already, or null.</summary>
    public Symbol? Reciprocal(Symbol x) =>
        _known.TryGetValue((null, -1, 0, BitConverter.DoubleToInt64Bits(1)), out int one)
            && _known.TryGetValue((BinaryLanes<Divide>.Operation, one, x.Index, 0), out int index)
            ? new Symbol(this, index, x.IsLoose)
            : null;

    private int Find(LaneOperation? operation, int a, int b, double constant)
    {
        (LaneOperation?, int, int, long) key = (operation, a, b, BitConverter.DoubleToInt64Bits(constant));
        if (_known.TryGetValue(key, out int index))
            return index;
        _steps.Add(new KernelStep(operation, a, b, constant));
        return _known[key] = _steps.Count - 1;
    }
}
