using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A recording of scalars only: its operations on arrays are taken apart into those on their elements, so that the passes find the loops
/// over them again, across operations. That goes by running the recording over <see cref="Var"/>, which records it anew. The results are
/// slots, or complements of the indices of constants.
/// </summary>
internal sealed unsafe record ScalarForm(Recording Recording, int[] Results, Guard[] Guards, double SweepTime)
{
    // Beyond this an array operation has enough to do by itself.
    private const long MostProducts = 1 << 16, MostOperations = 1 << 23;

    // What the sweeps take for value and gradient, in ns: for an operation on scalars, and what is more for one that is not arithmetic, and
    // for a guard; for an operation on arrays, by itself and for each of its parts.
    private const double ScalarTime = 2.4, FunctionTime = 14, GuardTime = 3, ArrayTime = 100, PartTime = 1, ProductTime = 0.25;

    /// <summary>The form; null where an operation cannot be taken apart, or has too much to do for that to serve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static ScalarForm? Of(Recording recording, Results results, ReadOnlySpan<Guard> guards)
    {
        foreach (ref readonly Guard guard in guards)
        {
            if (guard.Comparison == Comparison.IsLabel) // A label selects, which is no operation on elements.
                return null;
        }
        long parts = 0, products = 0, arrays = 0, functions = 0;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            (ushort code, int a, int b) = (recording.Codes[i], recording.Operands[i].A, recording.Operands[i].B);
            if (code < OpCode.ArrayFlag)
                functions += code > OpCode.LastInline ? 1 : 0;
            if (code < OpCode.ArrayFlag || code == DataOperation.Code)
                continue;
            arrays++;
            if (Operation.Get(code).Parts(recording, a, b) is not { } count)
                return null;
            parts += count.Elements;
            products += count.Products;
        }
        long scalars = recording.InstructionCount - arrays;
        double time = ScalarTime * scalars + FunctionTime * functions + GuardTime * guards.Length + ArrayTime * arrays + PartTime * parts
            + ProductTime * products;
        if (arrays == 0)
            return new(recording, [.. Enumerable.Range(results.First, results.Length)], guards.ToArray(), time);
        if (products > MostProducts || scalars + parts > MostOperations)
            return null;
        Recorder recorder = Recorder.Begin(new ReadOnlySpan<double>(recording.Values, recording.InputCount));
        try
        {
            return TakeApart(recorder, recording, results, guards, time);
        }
        finally
        {
            recorder.End();
        }
    }

    private static ScalarForm TakeApart(
        Recorder recorder, Recording recording, Results results, ReadOnlySpan<Guard> guards, double sweepTime)
    {
        SlotBlock<Var> values = new(0, recording.SlotCount, null);
        try
        {
            Interpreter<Var> machine = new(recording, values, values);
            Place(recorder.Inputs, 0);
            int slot = recording.InputCount;
            for (int i = 0; i < recording.InstructionCount; i++)
            {
                (ushort code, int a, int b) = (recording.Codes[i], recording.Operands[i].A, recording.Operands[i].B);
                if (code == DataOperation.Code)
                    Place(DataOperation.Record(
                        recorder, new ReadOnlySpan<double>(recording.Values + slot, b), a < 0 ? (Data)recording.References[~a] : null),
                        slot);
                else
                    Operation.Get(code).Forward(machine, a, b, slot);
                slot += code < OpCode.ArrayFlag ? 1 : b;
            }
            int[] places = new int[results.Length];
            for (int i = 0; i < places.Length; i++)
                places[i] = Operand(values[results.First + i]);
            List<Guard> moved = [];
            foreach (Guard guard in guards)
            {
                Guard there = guard with { X = Compared(guard.X), Y = Compared(guard.Y) };
                if (there.X >= 0 || there.Y >= 0) // Otherwise no point changes it.
                    moved.Add(there);
            }
            return new(recorder.Seal(), places, [.. moved], sweepTime);
        }
        finally
        {
            values.Release();
        }

        void Place(VarVector elements, int slot)
        {
            for (int k = 0; k < elements.Length; k++)
                values[slot + k] = elements[k];
        }

        int Compared(int operand) => operand >= 0 ? Operand(values[operand]) : ~recorder.AddConstant(recording.Constants[~operand]);

        int Operand(Var x) => x.IsConstant ? ~recorder.AddConstant(x.Bits) : x.Slot;
    }
}
