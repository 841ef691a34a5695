using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Runs a kernel over the instances of a group: segment by segment and tile by tile, operands read where they are or gathered,
/// contributions added after each tile, so that no addition waits for the store of the one before.</summary>
internal static unsafe class GroupRun
{
    public static void Run(Kernel kernel, GroupPlan group, ScheduleWorkspace w)
    {
        KernelInput[] inputs = kernel.Inputs;
        KernelOutput[] outputs = kernel.Outputs;
        if (outputs.Length == 0)
            return;
        int tile = kernel.TileLength, temporaries = kernel.RegisterCount - kernel.FirstTemporary;
        double** registers = w.Registers(kernel.RegisterCount + inputs.Length);
        double** starts = registers + kernel.RegisterCount;
        double* memory = w.Tiles((inputs.Length + temporaries) * (long)tile + outputs.Length * Lanes.Count);
        double* staged = memory + temporaries * (long)tile, sums = staged + inputs.Length * (long)tile;
        kernel.Prepare(registers, memory);
        int[] segments = group.Segments;
        for (int s = 0; s + 1 < segments.Length; s++)
        {
            int start = segments[s], end = segments[s + 1];
            for (int k = 0; k < inputs.Length; k++)
            {
                Stream stream = inputs[k].Stream;
                double* block = w.Block(inputs[k].Space);
                starts[k] = block;
                if (stream.Access[s] == Access.Contiguous)
                    starts[k] = block + stream.Positions[start];
                else
                    registers[k] = staged + k * (long)tile;
                if (stream.Access[s] == Access.Broadcast)
                    new Span<double>(registers[k], Math.Min(tile, end - start + Lanes.Count)).Fill(block[stream.Positions[start]]);
            }
            new Span<double>(sums, outputs.Length * Lanes.Count).Clear();
            for (int first = start; first < end; first += tile)
            {
                int count = Math.Min(tile, end - first);
                for (int k = 0; k < inputs.Length; k++)
                {
                    Access access = inputs[k].Stream.Access[s];
                    if (access == Access.Contiguous)
                        registers[k] = starts[k] + (first - start);
                    else if (access == Access.Gathered)
                        Gather(registers[k], starts[k], inputs[k].Stream.Positions.AsSpan(first, count));
                }
                kernel.Run(registers, count);
                for (int k = 0; k < outputs.Length; k++)
                {
                    ref readonly KernelOutput output = ref outputs[k];
                    Stream stream = output.Stream;
                    double* block = w.Block(output.Space), result = kernel.Result(registers, k);
                    switch (stream.Access[s])
                    {
                        case Access.Broadcast when output.Accumulates: Sum(sums + k * Lanes.Count, result, count); break;
                        case Access.Contiguous when output.Accumulates: Add(block + stream.Positions[first], result, count); break;
                        case Access.Gathered when stream.Repeats: ScatterRuns(block, stream.Positions.AsSpan(first, count), result); break;
                        case Access.Gathered: Scatter(block, stream.Positions.AsSpan(first, count), result); break;
                        default: new ReadOnlySpan<double>(result, count).CopyTo(new Span<double>(block + stream.Positions[first], count)); break;
                    }
                }
            }
            for (int k = 0; k < outputs.Length; k++)
            {
                if (outputs[k].Accumulates && outputs[k].Stream.Access[s] == Access.Broadcast)
                    w.Block(outputs[k].Space)[outputs[k].Stream.Positions[start]] += Vector512.Sum(Vector512.Load(sums + k * Lanes.Count));
            }
        }
    }

    private static void Gather(double* target, double* block, ReadOnlySpan<int> positions)
    {
        for (int i = 0; i < positions.Length; i++)
            target[i] = block[positions[i]];
    }

    private static void Scatter(double* block, ReadOnlySpan<int> positions, double* change)
    {
        for (int i = 0; i < positions.Length; i++)
            block[positions[i]] += change[i];
    }

    // Where an index mostly repeats, adding to memory each time would wait for itself.
    private static void ScatterRuns(double* block, ReadOnlySpan<int> positions, double* change)
    {
        int position = positions[0];
        double sum = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i] != position)
            {
                block[position] += sum;
                (position, sum) = (positions[i], 0);
            }
            sum += change[i];
        }
        block[position] += sum;
    }

    private static void Add(double* target, double* change, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
            (Vector512.Load(target + i) + Vector512.Load(change + i)).Store(target + i);
        for (; i < count; i++)
            target[i] += change[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(double* lanes, double* terms, int count)
    {
        Vector512<double> sum = Vector512.Load(lanes);
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
            sum += Vector512.Load(terms + i);
        sum.Store(lanes);
        for (; i < count; i++)
            lanes[i & (Lanes.Count - 1)] += terms[i];
    }
}
