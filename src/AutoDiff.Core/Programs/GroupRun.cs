using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Runs a kernel over the instances of a group: segment by segment and tile by tile, operands read where they are or gathered,
/// contributions added after each tile, so that no addition waits for the store of the one before.</summary>
internal static unsafe class GroupRun
{
    /// <summary>Runs it; what a kernel for one direction takes for its only one is direction <paramref name="direction"/>.</summary>
    public static void Run(Kernel kernel, GroupPlan group, ScheduleWorkspace w, int direction = 0)
    {
        if (kernel.Outputs.Length == 0)
            return;
        int tile = kernel.TileLength, inputs = kernel.Inputs.Length;
        double** blocks = stackalloc double*[ScheduleWorkspace.BlockCount];
        w.Blocks(direction, blocks);
        double** registers = w.Registers(kernel.RegisterCount);
        int distance = tile + Lanes.Count; // Gathered runs may reach past a tile.
        double* staged = w.Tiles(inputs * (long)distance + kernel.MemoryLength);
        KernelFrame frame = kernel.Begin(registers, staged + inputs * (long)distance);
        int[] segments = group.Segments;
        for (int s = 0; s + 1 < segments.Length; s++)
        {
            int start = segments[s], end = segments[s + 1];
            for (int k = 0; k < inputs; k++)
                registers[k] = staged + k * (long)distance;
            if (kernel.HasReduced)
                new Span<double>(frame.Cells, kernel.Outputs.Length * Lanes.Count).Clear();
            for (int first = start; first < end; first += tile)
            {
                int count = Math.Min(tile, end - first);
                Fetch(kernel, group, frame, blocks, w.Distance, s, first, count);
                kernel.Run(frame, count, first == start);
                Deliver(kernel, group, frame, blocks, w, direction, s, first, count);
            }
            if (kernel.HasReduced)
                AddUp(kernel, group.StretchesOf(s), frame, blocks, w, direction);
        }
    }

    // Sees to it that the operands of a tile can be read. What is one number for all is only done for the first tile of a segment.
    private static void Fetch(
        Kernel kernel, GroupPlan group, in KernelFrame frame, double** blocks, nint distance, int segment, int first, int count)
    {
        int shared = kernel.SharedInputs, each = kernel.InputsEach, start = group.Segments[segment];
        bool isFirst = first == start;
        ReadOnlySpan<Stretch> stretches = group.StretchesOf(segment);
        double** registers = frame.Registers;
        for (int k = 0; k < shared + each; k++)
        {
            ref readonly KernelInput input = ref kernel.Inputs[k];
            Stretch stretch = stretches[input.Stream + 1];
            double* block = blocks[(int)input.Space];
            int copies = k < shared ? 1 : kernel.Directions;
            switch (stretch.Access)
            {
                case Access.Contiguous:
                    double* place = block + stretch.First + (first - start);
                    for (int d = 0; d < copies; d++)
                        registers[k + d * each] = place + d * distance;
                    break;
                case Access.Broadcast when isFirst:
                    double* number = block + stretch.First;
                    for (int d = 0; d < copies; d++)
                        Spread(kernel, input.IsBroadcast, frame, k + d * each, number[d * distance], count);
                    break;
                case Access.Gathered:
                    Stream stream = group.StreamOf(input.Stream);
                    for (int d = 0; d < copies; d++)
                    {
                        if (stream.Repeats)
                            GatherRuns(registers[k + d * each], block + d * distance, stream, first, count);
                        else
                            Gather(registers[k + d * each], block + d * distance, stream.Positions.AsSpan(first, count));
                    }
                    break;
            }
        }
    }

    private static void Spread(Kernel kernel, bool isBroadcast, in KernelFrame frame, int input, double number, int length)
    {
        if (kernel.IsCompiled && isBroadcast)
            frame.Scalars[input] = number;
        else
            new Span<double>(frame.Registers[input], (length + Lanes.Count - 1) & ~(Lanes.Count - 1)).Fill(number);
    }

    // Takes what a tile has left to where it belongs.
    private static void Deliver(
        Kernel kernel, GroupPlan group, in KernelFrame frame, double** blocks, ScheduleWorkspace w, int direction, int segment, int first,
        int count)
    {
        int each = kernel.OutputsEach;
        ReadOnlySpan<Stretch> stretches = group.StretchesOf(segment);
        for (int k = 0; k < each; k++)
        {
            ref readonly KernelOutput output = ref kernel.Outputs[k];
            if (output.IsReduced)
                continue;
            Stretch stretch = stretches[output.Stream + 1];
            int start = stretch.First + (first - group.Segments[segment]);
            bool isContiguous = stretch.Access == Access.Contiguous;
            for (int d = 0; d < kernel.Directions; d++)
            {
                double* block = blocks[(int)output.Space] + d * w.Distance, result = kernel.Result(frame, k + d * each);
                if (!output.Accumulates)
                {
                    Copy(block + start, result, count);
                    continue;
                }
                if (isContiguous)
                {
                    int added = w.TakeUp(output.Space, direction + d, start, start + count) - start;
                    Add(block + start, result, added);
                    Assign(block + start + added, result + added, count - added);
                    continue;
                }
                w.ClearUpTo(output.Space, direction + d, w.Inputs);
                Scatter(block, group.StreamOf(output.Stream), first, count, result);
            }
        }
    }

    // Takes what the kernel has added up over a segment to where it belongs.
    private static void AddUp(
        Kernel kernel, ReadOnlySpan<Stretch> stretches, in KernelFrame frame, double** blocks, ScheduleWorkspace w, int direction)
    {
        int each = kernel.OutputsEach;
        for (int k = 0; k < each; k++)
        {
            ref readonly KernelOutput output = ref kernel.Outputs[k];
            if (!output.IsReduced)
                continue;
            int place = stretches[output.Stream + 1].First;
            for (int d = 0; d < kernel.Directions; d++)
            {
                w.ClearUpTo(output.Space, direction + d, place < w.Inputs ? w.Inputs : 0);
                blocks[(int)output.Space][place + d * w.Distance] += Vector512.Sum(
                    Vector512.Load(frame.Cells + (k + d * each) * Lanes.Count));
            }
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

    private static void Scatter(double* block, Stream stream, int first, int count, double* change)
    {
        if (stream.Repeats)
        {
            ScatterRuns(block, stream, first, count, change);
            return;
        }
        ReadOnlySpan<int> positions = stream.Positions.AsSpan(first, count);
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

    // The roots of a group have room for whole eights, and what stands there is written by the segments in turn.
    private static void Copy(double* target, double* numbers, int count)
    {
        for (int i = 0; i < count; i += Lanes.Count)
            Vector512.Load(numbers + i).Store(target + i);
    }

    // As if added to zeros, which makes 0 of −0.
    private static void Assign(double* target, double* numbers, int count)
    {
        for (int i = 0; i < count; i += Lanes.Count)
            (Vector512.Load(numbers + i) + Vector512<double>.Zero).Store(target + i);
    }

    // Past the count −0 is added, which leaves everything as it is.
    private static void Add(double* target, double* change, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
            (Vector512.Load(target + i) + Vector512.Load(change + i)).Store(target + i);
        if (i == count)
            return;
        Vector512<double> taken = Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)(count - i))).AsDouble();
        Vector512<double> last = Vector512.ConditionalSelect(taken, Vector512.Load(change + i), Vector512.Create(-0.0));
        (Vector512.Load(target + i) + last).Store(target + i);
    }
}
