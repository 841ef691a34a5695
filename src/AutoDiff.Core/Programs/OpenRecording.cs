namespace AutoDiff.Engine;

/// <summary>A recording of scalars with some of its constants left open: numbers that come with every call, as those of a declared
/// parameter do.</summary>
internal static unsafe class OpenRecording
{
    /// <summary>The recording with the constants of these indices open; null if it holds operations that are not elementwise on
    /// scalars.</summary>
    public static Recording? Of(Recording source, ReadOnlySpan<int> open)
    {
        int[] place = new int[source.ConstantCount];
        place.AsSpan().Fill(-1);
        double[] numbers = new double[open.Length];
        for (int k = 0; k < open.Length; k++)
            (place[open[k]], numbers[k]) = (k, source.Constants[open[k]]);
        Recorder recorder = Recorder.Begin(new ReadOnlySpan<double>(source.Values, source.InputCount));
        try
        {
            Data parameter = Data.Of(numbers);
            if (open.Length > 0)
                DataOperation.Record(recorder, numbers, parameter);
            int first = source.InputCount, slot = first;
            for (int i = 0; i < source.InstructionCount; i++)
            {
                (ushort code, int a, int b) = (source.Codes[i], source.Operands[i].A, source.Operands[i].B);
                if (code == DataOperation.Code && a < 0)
                {
                    DataOperation.Record(recorder, new ReadOnlySpan<double>(source.Values + slot, b), (Data)source.References[~a]);
                    slot += b;
                    continue;
                }
                if (code >= OpCode.ArrayFlag || Operation.Get(code) is not ScalarOperation operation)
                    return null;
                bool opens = operation.Left == OperandKind.Constant && place[a] >= 0 || operation.Right == OperandKind.Constant
                    && place[b] >= 0;
                recorder.Emit(opens ? operation.WithSlots
                    : code, Moved(operation.Left, a), Moved(operation.Right, b), source.Values[slot++]);
            }
            Recording moved = recorder.Seal();
            (moved.Open, moved.Guards) = (open.Length > 0 ? parameter : null, []);
            return moved;

            int Moved(OperandKind kind, int operand) => kind switch
            {
                OperandKind.Slot => operand < first ? operand : operand + numbers.Length,
                OperandKind.Constant => place[operand] >= 0 ? first + place[operand] : recorder.AddConstant(source.Constants[operand]),
                _ => operand,
            };
        }
        finally
        {
            recorder.End();
        }
    }
}
