using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>An elementwise operation of three operands.</summary>
internal interface ITernary
{
    /// <summary>The name in messages.</summary>
    static abstract string Title { get; }

    /// <summary>The registered code.</summary>
    static abstract ushort Number { get; }

    /// <summary>One element of the result.</summary>
    static abstract double Value(double x, double y, double z);
}

/// <summary>The three operands as they are kept in the side table, [columns, x, y, z].</summary>
internal readonly unsafe struct TernaryLayout(int* extra)
{
    public const int Size = 1 + 3 * ArrayOperand.Size;

    public readonly int Columns = extra[0];
    public readonly ArrayOperand X = ArrayOperand.Read(extra + 1);
    public readonly ArrayOperand Y = ArrayOperand.Read(extra + 1 + ArrayOperand.Size);
    public readonly ArrayOperand Z = ArrayOperand.Read(extra + 1 + 2 * ArrayOperand.Size);

    public static int Write(Recorder recorder, ArrayView x, ArrayView y, ArrayView z)
    {
        Span<int> extra = stackalloc int[Size];
        extra[0] = x.Columns;
        ArrayOperand.From(recorder, x).Write(extra[1..]);
        ArrayOperand.From(recorder, y).Write(extra[(1 + ArrayOperand.Size)..]);
        ArrayOperand.From(recorder, z).Write(extra[(1 + 2 * ArrayOperand.Size)..]);
        return recorder.AddExtra(extra);
    }
}

/// <summary>What elementwise operations of three operands share: shapes, folding of constants, recording, and values.</summary>
internal static unsafe class ElementwiseTernary<TOperation> where TOperation : ITernary
{
    public static ArrayView Apply(ArrayView x, ArrayView y, ArrayView z)
    {
        string name = TOperation.Title;
        Recorder? recorder = x.Live(name) ?? y.Live(name) ?? z.Live(name);
        y.Live(name);
        z.Live(name);
        (int rows, int columns) = ArrayView.CommonShape(x, y, name);
        (rows, columns) = ArrayView.CommonShape(z, new ArrayView(null, 0, rows, columns, 0, 0), name);
        (x, y, z) = (x.BroadcastTo(rows, columns), y.BroadcastTo(rows, columns), z.BroadcastTo(rows, columns));
        int length = rows * columns;
        if (recorder is null)
        {
            double[] result = new double[length];
            for (int k = 0, i = 0; k < length; i++)
            {
                for (int j = 0; j < columns; j++, k++)
                    result[k] = TOperation.Value(Elementwise.At(x, i, j), Elementwise.At(y, i, j), Elementwise.At(z, i, j));
            }
            return ArrayView.Contiguous(result, 0, rows, columns);
        }
        int offset = TernaryLayout.Write(recorder, x, y, z);
        int slot = recorder.EmitArray(TOperation.Number, offset, length);
        recorder.Compute(&Primal, offset, length, slot);
        return ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)slot, rows, columns);
    }

    public static Lift Widen(Widening rows, int a, int length, int result)
    {
        TernaryLayout layout = new(rows.Source.Extra + a);
        int columns = layout.Columns, count = length == 0 ? 0 : length / columns;
        if (!rows.Varies(layout.X, count, columns) && !rows.Varies(layout.Y, count, columns) && !rows.Varies(layout.Z, count, columns))
            return Lift.Uniform;
        for (int i = 0; i < count; i++)
            rows.Place(result + i * columns, columns,
                Apply(rows.Row(layout.X, i, columns), rows.Row(layout.Y, i, columns), rows.Row(layout.Z, i, columns)).Slot);
        return Lift.Wide;
    }

    public static void Primal(Workspace w, int a, int length, int result)
    {
        TernaryLayout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w), z = ref layout.Z.First(w);
        double* target = w.Values + result;
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
                target[k] = TOperation.Value(
                    Unsafe.Add(ref x, layout.X.Index(i, j)), Unsafe.Add(ref y, layout.Y.Index(i, j)),
                    Unsafe.Add(ref z, layout.Z.Index(i, j)));
        }
    }
}
