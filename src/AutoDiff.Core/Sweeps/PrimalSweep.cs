namespace AutoDiff.Engine;

/// <summary>Forward: the values, by slot, from the inputs in the first slots. Replays a recording at another point.</summary>
internal static unsafe class PrimalSweep
{
    public static void Run(Workspace w)
    {
        Recording recording = w.Recording;
        ushort* codes = recording.Codes;
        Operands* operands = recording.Operands;
        double* value = w.Values, constant = w.Constants;
        int count = recording.InstructionCount;
        nint z = recording.InputCount;
        for (int i = 0; i < count; i++)
        {
            ushort code = codes[i];
            nint a = operands[i].A, b = operands[i].B; // As wide as an address, so that no index is widened on use.
            if (Prefetch.IsDue(i))
            {
                Prefetch.Read(operands + i + Prefetch.Distance);
                Prefetch.Read(value + z + Prefetch.Distance);
            }
            switch (code)
            {
                case OpCode.Add: value[z++] = value[a] + value[b]; break;
                case OpCode.Subtract: value[z++] = value[a] - value[b]; break;
                case OpCode.Multiply: value[z++] = value[a] * value[b]; break;
                case OpCode.Divide: value[z++] = value[a] / value[b]; break;
                case OpCode.Negate: value[z++] = -value[a]; break;
                case OpCode.Square: value[z++] = value[a] * value[a]; break;
                case OpCode.AddConstant: value[z++] = value[a] + constant[b]; break;
                case OpCode.ConstantMinus: value[z++] = constant[a] - value[b]; break;
                case OpCode.MultiplyConstant: value[z++] = value[a] * constant[b]; break;
                case OpCode.DivideConstant: value[z++] = value[a] / constant[b]; break;
                case OpCode.ConstantDivide: value[z++] = constant[a] / value[b]; break;
                default:
                    Operation.Table[code & ~OpCode.ArrayFlag].Primal(w, (int)a, (int)b, (int)z);
                    z += code < OpCode.ArrayFlag ? 1 : b;
                    break;
            }
        }
    }
}
