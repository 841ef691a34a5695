namespace AutoDiff.Engine;

/// <summary>Forward: ẏ = φ′ẋ, from the inputs' tangents in the first slots, for one direction or eight.</summary>
internal static unsafe class TangentSweep<D> where D : unmanaged, ITangent<D>
{
    public static void Run(Workspace w)
    {
        if (typeof(D) == typeof(Absolute))
            w.LookAtInputs();
        Recording recording = w.Recording;
        ushort* codes = recording.Codes;
        Operands* operands = recording.Operands;
        double* value = w.Values, constant = w.Constants;
        D* dot = (D*)w.Dots;
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
                Prefetch.ReadEight(dot + z + Prefetch.Distance);
            }
            switch (code)
            {
                case OpCode.Add: dot[z++] = dot[a] + dot[b]; break;
                case OpCode.Subtract: dot[z++] = dot[a] - dot[b]; break;
                case OpCode.Multiply:
                    D product = D.Factor(value[b], w, b) * dot[a] + D.Factor(value[a], w, a) * dot[b];
                    dot[z] = product;
                    if (i + 1 < count && codes[i + 1] == OpCode.Add && operands[i + 1].B == z)
                    {
                        // s + x·y, the commonest pair: the sum's turn comes at once, without another dispatch.
                        i++;
                        dot[++z] = dot[operands[i].A] + product;
                    }
                    z++;
                    break;
                case OpCode.Divide: dot[z] = (dot[a] - D.Factor(value[z], w, z) * dot[b]) / value[b]; z++; break;
                case OpCode.Negate: dot[z++] = -dot[a]; break;
                case OpCode.Square: dot[z++] = D.Factor(2 * value[a], w, a) * dot[a]; break;
                case OpCode.AddConstant: dot[z++] = dot[a]; break;
                case OpCode.ConstantMinus: dot[z++] = -dot[b]; break;
                case OpCode.MultiplyConstant: dot[z++] = D.Constant(constant[b]) * dot[a]; break;
                case OpCode.DivideConstant: dot[z++] = dot[a] / constant[b]; break;
                case OpCode.ConstantDivide: dot[z] = -((D.Factor(value[z], w, z) * dot[b]) / value[b]); z++; break;
                default:
                    D.Select(in Operation.Table[code & ~OpCode.ArrayFlag]).Tangent(w, (int)a, (int)b, (int)z);
                    z += code < OpCode.ArrayFlag ? 1 : b;
                    break;
            }
        }
    }
}
