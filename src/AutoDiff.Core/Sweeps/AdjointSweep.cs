namespace AutoDiff.Engine;

/// <summary>Backward: x̄ += φ′ȳ, from adjoints that the caller has cleared and seeded.</summary>
internal static unsafe class AdjointSweep<D> where D : unmanaged, ITangent<D>
{
    public static void Run(Workspace w)
    {
        if (typeof(D) == typeof(Absolute))
            w.LookAtInputs();
        Recording recording = w.Recording;
        ushort* codes = recording.Codes;
        Operands* operands = recording.Operands;
        double* value = w.Values, constant = w.Constants;
        D* bar = (D*)w.Bars;
        nint z = recording.SlotCount;
        for (int i = recording.InstructionCount - 1; i >= 0; i--)
        {
            ushort code = codes[i];
            nint a = operands[i].A, b = operands[i].B; // As wide as an address, so that no index is widened on use.
            z -= code < OpCode.ArrayFlag ? 1 : b;
            if (Prefetch.IsDue(i))
            {
                Prefetch.Read(operands + i - Prefetch.Distance);
                Prefetch.Read(value + z - Prefetch.Distance);
                Prefetch.ReadEight(bar + z - Prefetch.Distance);
            }
            switch (code)
            {
                case OpCode.Add:
                    D sum = bar[z];
                    bar[a] += sum;
                    if (i == 0 || b != z - 1 || codes[i - 1] != OpCode.Multiply)
                    {
                        bar[b] += sum;
                        break;
                    }
                    // s + x·y, the commonest pair: the product's turn comes at once, without another dispatch.
                    i--;
                    z--;
                    a = operands[i].A;
                    b = operands[i].B;
                    D product = bar[z] + sum;
                    bar[z] = product;
                    bar[a] += D.Factor(value[b], w, b) * product;
                    bar[b] += D.Factor(value[a], w, a) * product;
                    break;
                case OpCode.Subtract:
                    bar[a] += bar[z];
                    bar[b] -= bar[z];
                    break;
                case OpCode.Multiply:
                    bar[a] += D.Factor(value[b], w, b) * bar[z];
                    bar[b] += D.Factor(value[a], w, a) * bar[z];
                    break;
                case OpCode.Divide:
                    // ȳ = −(z/y) z̄, as the partial, not z̄/y, is what has a magnitude of its own.
                    bar[a] += bar[z] / value[b];
                    bar[b] -= D.Quotient(D.Factor(value[z], w, z), value[b]) * bar[z];
                    break;
                case OpCode.Negate: bar[a] -= bar[z]; break;
                case OpCode.Square: bar[a] += D.Factor(2 * value[a], w, a) * bar[z]; break;
                case OpCode.AddConstant: bar[a] += bar[z]; break;
                case OpCode.ConstantMinus: bar[b] -= bar[z]; break;
                case OpCode.MultiplyConstant: bar[a] += D.Constant(constant[b]) * bar[z]; break;
                case OpCode.DivideConstant: bar[a] += bar[z] / constant[b]; break;
                case OpCode.ConstantDivide: bar[b] -= D.Quotient(D.Factor(value[z], w, z), value[b]) * bar[z]; break;
                default: D.SelectAdjoint(in Operation.Table[code & ~OpCode.ArrayFlag])(w, (int)a, (int)b, (int)z); break;
            }
        }
    }
}
