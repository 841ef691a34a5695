namespace AutoDiff.Engine;

/// <summary>
/// The loop s += xⱼ·rⱼ of a row lambda, found again among its scalar instructions: where the xⱼ are the same for all rows, it is a product
/// with the matrix of the rⱼ. The terms and the sums on the way are recorded only if something asks for them.
/// </summary>
internal static unsafe class DotChain
{
    private const int Least = 4, Most = 1024;

    /// <summary>Records the chain that begins at an instruction, whose result is <paramref name="slot"/>; returns how many instructions it
    /// takes, 0 if there is none.</summary>
    public static int TryRecord(Widening rows, int index, int slot)
    {
        int terms = Count(rows.Source, index, slot);
        if (terms < Least)
            return 0;
        Operands first = rows.Source.Operands[index];
        (int x, int r) = rows.Varies(first.A) ? (first.B, first.A) : (first.A, first.B);
        if (rows.Varies(x, terms) || !rows.IsBlock(r, terms))
            return 0;
        Recorder recorder = rows.Recorder;
        int dot = MatrixProductOperation.Record(recorder, 1, rows.Width, terms,
            ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)x, 1, terms), false, rows.Block(r, terms), false, Derivative.None);
        ArrayView sum = Elementwise.Apply<Rules.Add>(
            rows.Element(rows.Source.Operands[index + 1].A), ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)dot, 1, rows.Width));
        for (int i = 0; i < 2 * terms - 1; i++)
        {
            Operands step = rows.Source.Operands[index + i];
            rows.Postpone(Operation.Get(rows.Source.Codes[index + i]), step.A, step.B, slot + i);
        }
        rows.Place(slot + 2 * terms - 1, sum);
        return 2 * terms;
    }

    // s₁ = s₀ + x₀·r₀, s₂ = s₁ + x₁·r₁, …
    private static int Count(Recording source, int index, int slot)
    {
        Operands first = source.Operands[index];
        int terms = 0;
        for (; terms < Most && index + 2 * terms + 1 < source.InstructionCount; terms++)
        {
            int product = index + 2 * terms, result = slot + 2 * terms;
            Operands factors = source.Operands[product], sum = source.Operands[product + 1];
            if (source.Codes[product] != OpCode.Multiply || source.Codes[product + 1] != OpCode.Add
                || factors.A != first.A + terms || factors.B != first.B + terms || sum.B != result || (terms > 0 && sum.A != result - 1))
                break;
        }
        return terms;
    }
}
