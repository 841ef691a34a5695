using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>Elementwise operations on array views: constants fold, everything else is recorded as one instruction.</summary>
internal static unsafe class Elementwise
{
    public static ArrayView Apply<TRule>(ArrayView x) where TRule : struct, IUnaryRule<TRule>
    {
        Recorder? recorder = x.Live(typeof(TRule).Name);
        if (recorder?.Kinks is { } trace)
        {
            trace.Note(typeof(TRule), TRule.Kink is null);
            if (TRule.Kink is not null)
                return trace.Apply<TRule>(x);
        }
        if (recorder is not null)
        {
            int slot = recorder.EmitArray(ElementwiseUnary<TRule>.Code, x.Slot, x.Length);
            Evaluate<TRule>(recorder, x.Slot, slot, x.Length);
            return ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)slot, x.Rows, x.Columns);
        }
        if (x.Owner is null)
            return new ArrayView(
                null, BitConverter.DoubleToUInt64Bits(TRule.Value(BitConverter.UInt64BitsToDouble(x.Word))), x.Rows, x.Columns, 0, 0);
        double[] y = new double[x.Length];
        if (y.Length > 0)
            ElementwiseUnary<TRule>.Evaluate(ref ArrayView.First((Array)x.Owner, (int)x.Word), ref y[0], y.Length);
        return ArrayView.Contiguous(y, 0, x.Rows, x.Columns);
    }

    private static void Evaluate<TRule>(Recorder recorder, int x, int y, int length) where TRule : struct, IUnaryRule<TRule>
    {
        try
        {
            ElementwiseUnary<TRule>.Evaluate(ref recorder.Values[x], ref recorder.Values[y], length);
        }
        catch (Exception e)
        {
            recorder.MarkFailed(typeof(TRule).Name, e); // A rule of the user's.
            throw;
        }
    }

    public static ArrayView Apply<TRule>(ArrayView x, ArrayView y) where TRule : struct, IBinaryRule<TRule>
    {
        string name = typeof(TRule).Name;
        Recorder? recorder = x.Live(name) ?? y.Live(name);
        y.Live(name);
        (int rows, int columns) = ArrayView.CommonShape(x, y, name);
        x = x.BroadcastTo(rows, columns);
        y = y.BroadcastTo(rows, columns);
        if (recorder?.Kinks is { } trace)
        {
            trace.Note(typeof(TRule), TRule.IsSmooth);
            if (!TRule.IsSmooth)
                return trace.Apply<TRule>(x, y);
        }
        if (recorder is not null)
        {
            int slot = ElementwiseBinary<TRule>.Record(recorder, x, y);
            return ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)slot, rows, columns);
        }
        if (x.Owner is null && y.Owner is null)
            return new ArrayView(
                null, BitConverter.DoubleToUInt64Bits(
                TRule.Value(BitConverter.UInt64BitsToDouble(x.Word), BitConverter.UInt64BitsToDouble(y.Word))), rows, columns, 0, 0);
        double[] z = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                z[i * columns + j] = TRule.Value(At(x, i, j), At(y, i, j));
        }
        return ArrayView.Contiguous(z, 0, rows, columns);
    }

    /// <summary>x · y with absolute zeros; a factor that is a constant shortens it or saves it altogether; of a zero there remains a single
    /// one.</summary>
    public static ArrayView AbsoluteProduct(ArrayView x, ArrayView y)
    {
        if (y.Owner is null)
            (x, y) = (y, x);
        if (x.Owner is not null)
            return Apply<Rules.AbsoluteProduct>(x, y);
        return BitConverter.UInt64BitsToDouble(x.Word) switch
        {
            0 => ArrayView.Scalar(0),
            1 => y,
            double c when double.IsFinite(c) => Apply<Rules.Multiply>(x, y),
            _ => Apply<Rules.AbsoluteProduct>(x, y),
        };
    }

    /// <summary>A partial times a derivative, by the chain rule (see <see cref="Zeros"/>); a partial that is a constant shortens it or
    /// saves it altogether.</summary>
    public static ArrayView ChainProduct(ArrayView partial, ArrayView derivative, PartialKind kind)
    {
        if (partial.Owner is null)
        {
            switch (BitConverter.UInt64BitsToDouble(partial.Word))
            {
                case 0: return ArrayView.Scalar(Zeros.Structural);
                case 1: return derivative;
                case > 0 and < double.PositiveInfinity: return Apply<Rules.Multiply>(partial, derivative); // It keeps the sign of zero.
            }
        }
        return derivative.Owner is null && Zeros.IsStructural(BitConverter.UInt64BitsToDouble(derivative.Word))
            ? ArrayView.Scalar(Zeros.Structural)
            : kind switch
            {
                PartialKind.Share => Apply<Rules.ChainProduct<IPartialKind.Share>>(partial, derivative),
                PartialKind.Slope => Apply<Rules.ChainProduct<IPartialKind.Slope>>(partial, derivative),
                PartialKind.Derivative => Apply<Rules.ChainProduct<IPartialKind.Derivative>>(partial, derivative),
                _ => Apply<Rules.ChainProduct<IPartialKind.Live>>(partial, derivative),
            };
    }

    public static double At(ArrayView x, int row, int column) => x.Owner is Array array
        ? System.Runtime.CompilerServices.Unsafe.Add(ref ArrayView.First(array, (int)x.Word), row * x.RowStride + column * x.ColumnStride)
        : BitConverter.UInt64BitsToDouble(x.Word);
}
