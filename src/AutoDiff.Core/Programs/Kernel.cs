using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>
/// A pattern's formula made ready to run over tiles: numbers of many instances side by side, each step going through a whole tile before
/// the next. Tiles are short enough for all of a formula's intermediate numbers to stay in the first cache. Immutable.
/// </summary>
internal sealed unsafe class Kernel
{
    private const int LongestTile = 128, CacheNumbers = 5120;

    // z = φ(x, y) on registers, which are pointers to tiles.
    private readonly record struct Instruction(LaneOperation Operation, int X, int Y, int Z);

    private readonly Instruction[] _instructions;
    private readonly int[] _outputRegisters;
    private readonly double[] _constantValues;
    private PinnedBuffer<double> _constants = new() { PageOffset = 0 };

    public Kernel(KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs, int count)
    {
        (Steps, Inputs, Outputs) = (steps, inputs, outputs);
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
        int fitting = CacheNumbers / Math.Max(1, RegisterCount) / Lanes.Count * Lanes.Count;
        TileLength = Math.Clamp(Math.Min(fitting, (count + Lanes.Count - 1) / Lanes.Count * Lanes.Count), 4 * Lanes.Count, LongestTile);
        _constantValues = [.. constants];
        _constants.Reserve((long)constants.Count * TileLength + 1);
        for (int k = 0; k < constants.Count; k++)
            new Span<double>(_constants.Pointer + k * TileLength, TileLength).Fill(constants[k]);
    }

    public KernelStep[] Steps { get; }

    public KernelInput[] Inputs { get; }

    public KernelOutput[] Outputs { get; }

    /// <summary>How many operations it takes for an instance.</summary>
    public int OperationCount => _instructions.Length;

    /// <summary>Registers: inputs, constants, and from <see cref="FirstTemporary"/> on those that instructions write.</summary>
    public int RegisterCount { get; }

    public int FirstTemporary { get; }

    /// <summary>The most instances at a time.</summary>
    public int TileLength { get; }

    /// <summary>Points the registers that stay as they are to their memory: constants, and tiles from <paramref name="memory"/> on.</summary>
    public void Prepare(double** registers, double* memory)
    {
        for (int k = 0; k < _constantValues.Length; k++)
            registers[Inputs.Length + k] = _constants.Pointer + k * TileLength;
        for (int k = FirstTemporary; k < RegisterCount; k++)
            registers[k] = memory + (k - FirstTemporary) * TileLength;
    }

    /// <summary>Carries out the formula on <paramref name="count"/> instances, whose operands the first registers point to.</summary>
    public void Run(double** registers, nint count)
    {
        nint length = (count + Lanes.Count - 1) & ~(Lanes.Count - 1);
        foreach (ref readonly Instruction i in _instructions.AsSpan())
            i.Operation.Tile(registers[i.X], registers[i.Y], registers[i.Z], length);
    }

    /// <summary>The numbers of an output after a run.</summary>
    public double* Result(double** registers, int output) => registers[_outputRegisters[output]];
}
