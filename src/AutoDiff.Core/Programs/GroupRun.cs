using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Runs a kernel over the instances of a group: segment by segment and tile by tile, operands read where they are or gathered,
/// contributions added after each tile, so that no addition waits for the store of the one before.</summary>
internal static unsafe class GroupRun
{
    /// <summary>Runs it; what a kernel for one direction calls its first is direction <paramref name="direction"/>.</summary>
    public static void Run(Kernel kernel, GroupPlan group, ScheduleWorkspace w, int direction = 0)
    {
        if (kernel.Outputs.Length == 0)
            return;
        KernelInput[] inputs = kernel.Inputs;
        int tile = kernel.TileLength;
        double** registers = w.Registers(kernel.RegisterCount);
        int distance = tile + Lanes.Count; // Gathered runs may reach past a tile.
        double* staged = w.Tiles(inputs.Length * (long)distance + kernel.MemoryLength);
        KernelFrame frame = kernel.Begin(registers, staged + inputs.Length * (long)distance);
        int[] segments = group.Segments;
        for (int s = 0; s + 1 < segments.Length; s++)
        {
            int start = segments[s], end = segments[s + 1];
            for (int k = 0; k < inputs.Length; k++)
            {
                Stream stream = group.StreamOf(inputs[k].Stream);
                registers[k] = staged + k * (long)distance;
                if (stream.Access[s] != Access.Broadcast)
                    continue;
                double number = w.Block(inputs[k].Space, direction + inputs[k].Direction)[stream.Positions[start]];
                if (kernel.IsCompiled && stream.IsBroadcast)
                    frame.Scalars[k] = number;
                else
                    new Span<double>(registers[k], Math.Min(tile, (end - start + Lanes.Count - 1) & ~(Lanes.Count - 1))).Fill(number);
            }
            new Span<double>(frame.Cells, kernel.Outputs.Length * Lanes.Count).Clear();
            for (int first = start; first < end; first += tile)
            {
                int count = Math.Min(tile, end - first);
                for (int k = 0; k < inputs.Length; k++)
                {
                    Stream stream = group.StreamOf(inputs[k].Stream);
                    if (stream.Access[s] == Access.Contiguous)
                        registers[k] = w.Block(inputs[k].Space, direction + inputs[k].Direction) + stream.Positions[first];
                    else if (stream.Access[s] == Access.Gathered && stream.Repeats)
                        GatherRuns(registers[k], w.Block(inputs[k].Space, direction + inputs[k].Direction), stream, first, count);
                    else if (stream.Access[s] == Access.Gathered)
                        Gather(registers[k], w.Block(inputs[k].Space, direction + inputs[k].Direction), stream.Positions.AsSpan(first, count));
                }
                kernel.Run(frame, count);
                Deliver(kernel, group, frame, w, direction, s, first, count);
            }
            for (int k = 0; k < kernel.Outputs.Length; k++)
            {
                if (!kernel.Outputs[k].IsReduced)
                    continue;
                int place = group.StreamOf(kernel.Outputs[k].Stream).Positions[start];
                int blockDirection = direction + kernel.Outputs[k].Direction;
                w.ClearUpTo(kernel.Outputs[k].Space, blockDirection, place < w.Inputs ? w.Inputs : 0);
                w.Block(kernel.Outputs[k].Space, blockDirection)[place] += Vector512.Sum(Vector512.Load(frame.Cells + k * Lanes.Count));
            }
        }
    }

    // Takes what a tile has left to where it belongs.
    private static void Deliver(Kernel kernel, GroupPlan group, in KernelFrame frame, ScheduleWorkspace w, int direction, int segment, int first, int count)
    {
        for (int k = 0; k < kernel.Outputs.Length; k++)
        {
            ref readonly KernelOutput output = ref kernel.Outputs[k];
            if (output.IsReduced)
                continue;
            Stream stream = group.StreamOf(output.Stream);
            double* block = w.Block(output.Space, direction + output.Direction), result = kernel.Result(frame, k);
            ReadOnlySpan<int> positions = stream.Positions.AsSpan(first, count);
            if (output.Accumulates)
                w.ClearUpTo(output.Space, direction + output.Direction, stream.Access[segment] == Access.Contiguous ? positions[^1] + 1 : w.Inputs);
            if (!output.Accumulates)
                new ReadOnlySpan<double>(result, count).CopyTo(new Span<double>(block + positions[0], count));
            else if (stream.Access[segment] == Access.Contiguous)
                Add(block + positions[0], result, count);
            else if (stream.Repeats)
                ScatterRuns(block, stream, first, count, result);
            else
                Scatter(block, positions, result);
        }
    }

    private static void Gather(double* target, double* block, ReadOnlySpan<int> positions)
    {
        fixed (int* position = positions)
        {
            int i = 0;
            for (; i <= positions.Length - 4; i += 4)
            {
                double a = block[position[i]], b = block[position[i + 1]], c = block[position[i + 2]], d = block[position[i + 3]];
                (target[i], target[i + 1], target[i + 2], target[i + 3]) = (a, b, c, d);
            }
            for (; i < positions.Length; i++)
                target[i] = block[position[i]];
        }
    }

    private static void Scatter(double* block, ReadOnlySpan<int> positions, double* change)
    {
        fixed (int* position = positions)
        {
            for (int i = 0; i < positions.Length; i++)
                block[position[i]] += change[i];
        }
    }

    // Stores of eight reach into the next run, which then overwrites them, and at the end past the tile's count.
    private static void GatherRuns(double* target, double* block, Stream stream, int first, int count)
    {
        int[] runs = stream.Runs;
        int run = RunOf(runs, first), last = first + count;
        for (int start = first; start < last; run++)
        {
            int end = Math.Min(runs[run + 1], last);
            Vector512<double> number = Vector512.Create(block[stream.Positions[start]]);
            for (int i = start; i < end; i += Lanes.Count)
                number.Store(target + (i - first));
            start = end;
        }
    }

    // Where an index mostly repeats, adding to memory each time would wait for itself.
    private static void ScatterRuns(double* block, Stream stream, int first, int count, double* change)
    {
        int[] runs = stream.Runs;
        int run = RunOf(runs, first), last = first + count;
        for (int start = first; start < last; run++)
        {
            int end = Math.Min(runs[run + 1], last), i = start;
            Vector256<double> strands = Vector256<double>.Zero;
            for (; i <= end - Vector256<double>.Count; i += Vector256<double>.Count)
                strands += Vector256.Load(change + (i - first));
            double sum = Vector256.Sum(strands);
            for (; i < end; i++)
                sum += change[i - first];
            block[stream.Positions[start]] += sum;
            start = end;
        }
    }

    private static int RunOf(int[] runs, int instance)
    {
        int place = Array.BinarySearch(runs, instance);
        return place >= 0 ? place : ~place - 1;
    }

    private static void Add(double* target, double* change, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
            (Vector512.Load(target + i) + Vector512.Load(change + i)).Store(target + i);
        for (; i < count; i++)
            target[i] += change[i];
    }
}
