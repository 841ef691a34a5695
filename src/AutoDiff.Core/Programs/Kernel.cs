using System.Runtime.CompilerServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// A pattern's formula made ready to run over tiles: numbers of many instances side by side, each step going through a whole tile before
/// the next. Tiles are short enough for all of a formula's intermediate numbers to stay in the first cache. Immutable.
/// </summary>
internal sealed unsafe class Kernel
{
    private const int LongestTile = 128, CacheNumbers = 5120;

    // Generating code takes a millisecond or two.
    private const int LongestCompiledTile = 256, FewestForCode = 2000;

    /// <summary>A switch for tests: whether kernels become generated code where that can be had.</summary>
    internal static bool UsesGeneratedCode { get; set; } = true;

    /// <summary>Whether a kernel of so many operations, over all instances, is generated code.</summary>
    public static bool IsCompiledFor(long operations) =>
        operations >= FewestForCode && UsesGeneratedCode && RuntimeFeature.IsDynamicCodeCompiled && VectorWidth.HasFusedMultiplyAdd;

    // z = φ(x, y) on registers, which are pointers to tiles.
    private readonly record struct Instruction(LaneOperation Operation, int X, int Y, int Z);

    private readonly Instruction[] _instructions;
    private readonly int[] _outputRegisters;
    private readonly int _constantCount;
    private readonly KernelFunction? _function;
    private readonly KernelUse _use;
    private PinnedBuffer<double> _constants = new() { PageOffset = 0 };

    public Kernel(KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs, KernelUse use)
        : this(steps, inputs, outputs, use, 1, null)
    {
    }

    // With another kernel given, this one is generated code, and takes tiles, as that one does: so that its sums are the same to the bit.
    private Kernel(KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs, KernelUse use, int directions, Kernel? like)
    {
        (Steps, Inputs, Outputs, Directions, _use) = (steps, inputs, outputs, directions, use);
        SharedInputs = directions == 1 ? inputs.Length : inputs.Count(i => !i.IsDirected);
        HasReduced = outputs.Any(o => o.IsReduced);
        int[] register = new int[steps.Length], lastUse = new int[steps.Length];
        for (int i = 0; i < inputs.Length; i++)
            register[inputs[i].Step] = i;
        List<double> constants = [];
        int next = inputs.Length;
        for (int i = 0; i < steps.Length; i++)
        {
            lastUse[i] = i;
            if (steps[i].IsConstant)
            {
                constants.Add(steps[i].Constant);
                register[i] = next++;
            }
            else if (!steps[i].IsInput)
            {
                lastUse[steps[i].A] = i;
                if (steps[i].B >= 0)
                    lastUse[steps[i].B] = i;
            }
        }
        foreach (KernelOutput output in outputs)
            lastUse[output.Step] = int.MaxValue;
        FirstTemporary = next;
        Stack<int> free = new();
        List<Instruction> instructions = [];
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Operation is not { } operation)
                continue;
            int a = steps[i].A, b = steps[i].B;
            if (lastUse[a] == i)
                Free(a);
            if (b >= 0 && b != a && lastUse[b] == i)
                Free(b);
            register[i] = free.TryPop(out int reused) ? reused : next++;
            instructions.Add(new Instruction(operation, register[a], b < 0 ? register[a] : register[b], register[i]));
        }

        void Free(int step)
        {
            if (steps[step].Operation is not null)
                free.Push(register[step]);
        }

        RegisterCount = next;
        _instructions = [.. instructions];
        _outputRegisters = [.. outputs.Select(o => register[o.Step])];
        int fitting = CacheNumbers / Math.Max(1, RegisterCount) / VectorWidth.Block * VectorWidth.Block;
        int largest = VectorWidth.Padded(use.LargestGroup);
        TileLength = Math.Clamp(Math.Min(fitting, largest), 4 * VectorWidth.Block, LongestTile);
        _constantCount = constants.Count;
        if (RuntimeFeature.IsDynamicCodeSupported && (like?.IsCompiled ?? IsCompiledFor(instructions.Count * use.Instances)))
            _function = KernelCompiler.Compile(steps, inputs, outputs);
        if (_function is not null)
            TileLength = Math.Max(TileLength, Math.Min(LongestCompiledTile, largest));
        if (like is not null)
            TileLength = like.TileLength;
        if (_function is not null)
            return;
        _constants.Reserve((long)constants.Count * TileLength + 1);
        for (int k = 0; k < constants.Count; k++)
            new Span<double>(_constants.Pointer + k * TileLength, TileLength).Fill(constants[k]);
    }

    /// <summary>
    /// The same for several directions at once: what depends on none is computed once, the rest for each, with the same rounding. Null if
    /// that would be too long to be generated code as this is.
    /// </summary>
    public Kernel? For(int directions)
    {
        (KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs) = ManyDirections.Of(Steps, Inputs, Outputs, directions);
        Kernel many = new(steps, inputs, outputs, _use, directions, this);
        return many.IsCompiled == IsCompiled ? many : null;
    }

    public KernelStep[] Steps { get; }

    /// <summary>Those that all directions share, then those of each direction, in the same order.</summary>
    public KernelInput[] Inputs { get; }

    /// <summary>Those of each direction, in the same order.</summary>
    public KernelOutput[] Outputs { get; }

    /// <summary>Whether it adds numbers up by itself.</summary>
    public bool HasReduced { get; }

    /// <summary>The number of directions that it serves at once.</summary>
    public int Directions { get; }

    /// <summary>The number of inputs that all directions share; with a single direction it is all.</summary>
    public int SharedInputs { get; }

    /// <summary>The number of inputs that each direction has for itself.</summary>
    public int InputsEach => (Inputs.Length - SharedInputs) / Directions;

    /// <summary>The number of outputs of each direction.</summary>
    public int OutputsEach => Outputs.Length / Directions;

    /// <summary>How many operations it takes for an instance.</summary>
    public int OperationCount => _instructions.Length;

    /// <summary>Registers: inputs, constants, and from <see cref="FirstTemporary"/> on those that instructions write.</summary>
    public int RegisterCount { get; }

    public int FirstTemporary { get; }

    /// <summary>The most instances at a time.</summary>
    public int TileLength { get; }

    /// <summary>Whether it is generated code, which takes broadcast operands as scalars.</summary>
    public bool IsCompiled => _function is not null;

    /// <summary>How many numbers its memory holds beside the operands.</summary>
    public long MemoryLength =>
        Inputs.Length + VectorWidth.Block + (2L * VectorWidth.Block + TileLength) * Outputs.Length
        + (long)TileLength * (RegisterCount - FirstTemporary);

    /// <summary>Lays out the memory of a run.</summary>
    public KernelFrame Begin(double** registers, double* memory)
    {
        KernelFrame frame = new() { Registers = registers, Cells = memory };
        frame.Results = frame.Cells + 2 * VectorWidth.Block * Outputs.Length;
        frame.Temporaries = frame.Results + TileLength * Outputs.Length;
        frame.Scalars = frame.Temporaries + TileLength * (RegisterCount - FirstTemporary);
        if (IsCompiled)
            return frame;
        for (int k = 0; k < _constantCount; k++)
            registers[Inputs.Length + k] = _constants.Pointer + k * TileLength;
        for (int k = FirstTemporary; k < RegisterCount; k++)
            registers[k] = frame.Temporaries + (k - FirstTemporary) * TileLength;
        return frame;
    }

    /// <summary>Carries out the formula on <paramref name="count"/> instances, whose operands the first registers point to. Outputs that
    /// are reduced are added to their cells, which are zero the first time; others stand at <see cref="Result"/>.</summary>
    public void Run(in KernelFrame frame, int count, bool isFirst)
    {
        if (_function is null)
            Interpret(frame, count);
        else if (HasReduced)
            Reduce(_function, frame, count, isFirst);
        else
            _function(frame.Scalars, frame.Registers, frame.Cells, frame.Results, TileLength, 0,
                VectorWidth.Padded(count));
    }

    /// <summary>The numbers of an output after a run.</summary>
    public double* Result(in KernelFrame frame, int output) =>
        IsCompiled ? frame.Results + output * TileLength : frame.Registers[_outputRegisters[output]];

    private void Interpret(in KernelFrame frame, int count)
    {
        double** registers = frame.Registers;
        nint length = VectorWidth.Padded(count);
        foreach (ref readonly Instruction i in _instructions.AsSpan())
            i.Operation.Tile(registers[i.X], registers[i.Y], registers[i.Z], length);
        for (int k = 0; k < Outputs.Length; k++)
        {
            if (Outputs[k].IsReduced)
                Sum(frame.Cells + k * VectorWidth.Block, registers[_outputRegisters[k]], count);
        }
    }

    // Lanes past the count go to cells of their own, of which only those before it are taken.
    private void Reduce(KernelFunction function, in KernelFrame frame, int count, bool isFirst)
    {
        int whole = count & ~(VectorWidth.Lanes - 1), rest = count - whole;
        if (whole > 0)
            function(frame.Scalars, frame.Registers, frame.Cells, frame.Results, TileLength, 0, whole);
        if (rest == 0)
            return;
        bool isAll = isFirst && whole == 0;
        double* cells = isAll ? frame.Cells : frame.Cells + Outputs.Length * VectorWidth.Block;
        if (!isAll)
            new Span<double>(cells, Outputs.Length * VectorWidth.Block).Clear();
        function(frame.Scalars, frame.Registers, cells, frame.Results, TileLength, whole, whole + VectorWidth.Lanes);
        for (int k = 0; k < Outputs.Length; k++)
        {
            if (!Outputs[k].IsReduced)
                continue;
            double* last = cells + k * VectorWidth.Block, target = frame.Cells + k * VectorWidth.Block;
            for (int lane = 0; lane < rest; lane++)
                target[lane] = isAll ? last[lane] : target[lane] + last[lane];
            for (int lane = rest; isAll && lane < VectorWidth.Lanes; lane++)
                target[lane] = 0;
        }
    }

    private static void Sum(double* lanes, double* terms, int count)
    {
        if (VectorWidth.Lanes == 8)
            Sum<Lanes8>(lanes, terms, count);
        else if (VectorWidth.Lanes == 4)
            Sum<Lanes4>(lanes, terms, count);
        else
            Sum<Lanes2>(lanes, terms, count);
    }

    private static void Sum<L>(double* lanes, double* terms, int count) where L : struct, ILanes<L>
    {
        L sum = L.Load(ref lanes[0]);
        int i = 0;
        for (; i <= count - L.Count; i += L.Count)
            sum += L.Load(ref terms[i]);
        L.Store(sum, ref lanes[0]);
        for (; i < count; i++)
            lanes[i & (L.Count - 1)] += terms[i];
    }
}

/// <summary>How much a kernel is used: the instances of all groups of its pattern, and of the largest.</summary>
internal readonly record struct KernelUse(long Instances, int LargestGroup);

/// <summary>The memory of one kernel's run.</summary>
internal unsafe struct KernelFrame
{
    public double** Registers;
    public double* Cells, Results, Temporaries, Scalars;
}
