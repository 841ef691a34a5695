namespace AutoDiff.Engine;

/// <summary>
/// Backward: Pearlmutter's R operator applied to the adjoint equations, x̄˙ += φ′ȳ˙ + φ″ẋȳ, for one direction or eight. Values, adjoints
/// and tangents stand ready; the caller has cleared (and, for R of a weighted sum, seeded) the tangents of the adjoints.
/// </summary>
/// <remarks>Every term is evaluated: where a partial is zero its tangent need not be (t·t at t = 0). B. A. Pearlmutter, Fast exact
/// multiplication by the Hessian, Neural Computation 6 (1994) 147–160.</remarks>
internal static unsafe class ROperator<D> where D : unmanaged, ITangent<D>
{
    public static void Run(Workspace w)
    {
        if (typeof(D) == typeof(Absolute))
            w.LookAtInputs();
        Recording recording = w.Recording;
        ushort* codes = recording.Codes;
        Operands* operands = recording.Operands;
        double* value = w.Values, constant = w.Constants, bar = w.Bars;
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
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
                Prefetch.Read(bar + z - Prefetch.Distance);
                Prefetch.ReadEight(dot + z - Prefetch.Distance);
                Prefetch.ReadEight(barDot + z - Prefetch.Distance);
            }
            switch (code)
            {
                case OpCode.Add:
                    D sumDot = barDot[z];
                    barDot[a] += sumDot;
                    if (i == 0 || b != z - 1 || codes[i - 1] != OpCode.Multiply)
                    {
                        barDot[b] += sumDot;
                        break;
                    }
                    // s + x·y, the commonest pair: the product's turn comes at once, without another dispatch.
                    i--;
                    z--;
                    a = operands[i].A;
                    b = operands[i].B;
                    D productDot = barDot[z] + sumDot, xDot = dot[a];
                    barDot[a] += D.Factor(value[b], w, b) * productDot + bar[z] * dot[b];
                    barDot[b] += D.Factor(value[a], w, a) * productDot + bar[z] * xDot;
                    break;
                case OpCode.Subtract:
                    barDot[a] += barDot[z];
                    barDot[b] -= barDot[z];
                    break;
                case OpCode.Multiply:
                    D dotA = dot[a];
                    barDot[a] += D.Factor(value[b], w, b) * barDot[z] + bar[z] * dot[b];
                    barDot[b] += D.Factor(value[a], w, a) * barDot[z] + bar[z] * dotA;
                    break;
                case OpCode.Divide:
                    // x̄ = z̄/y, ȳ = −p z̄ with p = z/y; so x̄˙ = (z̄˙ − x̄ẏ)/y, ṗ = (ż − pẏ)/y, ȳ˙ = −(ṗ z̄ + p z̄˙).
                    double partial = D.Quotient(D.Factor(value[z], w, z), value[b]);
                    D partialDot = (dot[z] - partial * dot[b]) / value[b], zBarDot = barDot[z];
                    barDot[a] += (zBarDot - D.Quotient(bar[z], value[b]) * dot[b]) / value[b];
                    barDot[b] -= bar[z] * partialDot + partial * zBarDot;
                    break;
                case OpCode.Negate: barDot[a] -= barDot[z]; break;
                case OpCode.Square: barDot[a] += D.Factor(2 * value[a], w, a) * barDot[z] + (2 * bar[z]) * dot[a]; break;
                case OpCode.AddConstant: barDot[a] += barDot[z]; break;
                case OpCode.ConstantMinus: barDot[b] -= barDot[z]; break;
                case OpCode.MultiplyConstant: barDot[a] += D.Constant(constant[b]) * barDot[z]; break;
                case OpCode.DivideConstant: barDot[a] += barDot[z] / constant[b]; break;
                case OpCode.ConstantDivide:
                    // z = c/x: x̄ = −p z̄ with p = z/x, so ṗ = (ż − pẋ)/x, x̄˙ = −(ṗ z̄ + p z̄˙).
                    double ratio = D.Quotient(D.Factor(value[z], w, z), value[b]);
                    barDot[b] -= bar[z] * ((dot[z] - ratio * dot[b]) / value[b]) + ratio * barDot[z];
                    break;
                default: D.Select(in Operation.Table[code & ~OpCode.ArrayFlag]).AdjointTangent(w, (int)a, (int)b, (int)z); break;
            }
        }
    }
}
