using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

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
        int distance = tile + VectorWidth.Block; // Gathered runs may reach past a tile.
        double* staged = w.Tiles(inputs * (long)distance + kernel.MemoryLength);
        KernelFrame frame = kernel.Begin(registers, staged + inputs * (long)distance);
        int[] segments = group.Segments;
        for (int s = 0; s + 1 < segments.Length; s++)
        {
            int start = segments[s], end = segments[s + 1];
            for (int k = 0; k < inputs; k++)
                registers[k] = staged + k * (long)distance;
            if (kernel.HasReduced)
                new Span<double>(frame.Cells, kernel.Outputs.Length * VectorWidth.Block).Clear();
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
            new Span<double>(frame.Registers[input], VectorWidth.Padded(length)).Fill(number);
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
                blocks[(int)output.Space][place + d * w.Distance] += Sum(frame.Cells + (k + d * each) * VectorWidth.Block);
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

    // Stores of whole registers reach into the next run, which then overwrites them, and at the end past the tile's count.
    private static void GatherRuns<L>(double* target, double* block, Stream stream, int first, int count) where L : struct, ILanes<L>
    {
        int[] runs = stream.Runs;
        int run = RunOf(runs, first), last = first + count;
        for (int start = first; start < last; run++)
        {
            int end = Math.Min(runs[run + 1], last);
            L number = L.Constant(block[stream.Positions[start]]);
            for (int i = start; i < end; i += L.Count)
                L.Store(number, ref target[i - first]);
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
            Lanes4 strands = Lanes4.Zero;
            for (; i <= end - Lanes4.Count; i += Lanes4.Count)
                strands += Lanes4.Load(ref change[i - first]);
            double sum = Vector256.Sum(strands.Value);
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

    private static void GatherRuns(double* target, double* block, Stream stream, int first, int count)
    {
        if (VectorWidth.Lanes == 8)
            GatherRuns<Lanes8>(target, block, stream, first, count);
        else if (VectorWidth.Lanes == 4)
            GatherRuns<Lanes4>(target, block, stream, first, count);
        else
            GatherRuns<Lanes2>(target, block, stream, first, count);
    }

    private static double Sum(double* cell)
    {
        double even = 0, odd = 0;
        for (int lane = 0; lane < VectorWidth.Block; lane += 2)
            (even, odd) = (even + cell[lane], odd + cell[lane + 1]);
        return even + odd;
    }

    // The roots of a group have room for whole eights, and what stands there is written by the segments in turn.
    private static void Copy(double* target, double* numbers, int count) =>
        new ReadOnlySpan<double>(numbers, VectorWidth.Padded(count)).CopyTo(
            new Span<double>(target, VectorWidth.Padded(count)));

    // As if added to zeros, which makes 0 of −0.
    private static void Assign(double* target, double* numbers, int count)
    {
        if (VectorWidth.Lanes == 8)
            Assign<Lanes8>(target, numbers, count);
        else if (VectorWidth.Lanes == 4)
            Assign<Lanes4>(target, numbers, count);
        else
            Assign<Lanes2>(target, numbers, count);
    }

    private static void Assign<L>(double* target, double* numbers, int count) where L : struct, ILanes<L>
    {
        for (int i = 0; i < count; i += L.Count)
            L.Store(L.Load(ref numbers[i]) + L.Zero, ref target[i]);
    }

    // Past the count −0 is added, which leaves everything as it is.
    private static void Add(double* target, double* change, int count)
    {
        if (VectorWidth.Lanes == 8)
            Add<Lanes8>(target, change, count);
        else if (VectorWidth.Lanes == 4)
            Add<Lanes4>(target, change, count);
        else
            Add<Lanes2>(target, change, count);
    }

    private static void Add<L>(double* target, double* change, int count) where L : struct, ILanes<L>
    {
        int i = 0;
        for (; i <= count - L.Count; i += L.Count)
            L.Store(L.Load(ref target[i]) + L.Load(ref change[i]), ref target[i]);
        for (; i < count; i++)
            target[i] += change[i];
    }
}
