namespace AutoDiff.Engine;

/// <summary>
/// Where norms (|x|, √(x² + y²), ‖u‖) are 0 and so are their adjoints: there the function has a gradient, but its further derivatives
/// depend on the direction (see <see cref="Workspace.KnowsBars"/>).
/// </summary>
internal static unsafe class Bends
{
    /// <summary>The slots of such norms among a recording's results; null, mostly, if no norm is 0. The adjoints, found if they are needed,
    /// are those of the seeds that <paramref name="seed"/> writes.</summary>
    public static bool[]? Find(Recording recording, Action<Workspace> seed)
    {
        bool[]? bends = null;
        int slot = recording.InputCount;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            ushort code = recording.Codes[i];
            int length = code < OpCode.ArrayFlag ? 1 : recording.Operands[i].B;
            if (code > OpCode.LastInline && Operation.Get(code).IsBent)
            {
                for (int k = slot; k < slot + length; k++)
                {
                    if (recording.Values[k] == 0)
                        (bends ??= new bool[recording.SlotCount])[k] = true;
                }
            }
            slot += length;
        }
        if (bends is null)
            return null;
        Workspace w = Workspace.Rent(recording);
        try
        {
            w.ReserveBars();
            new Span<double>(w.Bars, recording.SlotCount).Clear();
            seed(w);
            AdjointSweep<Plain>.Run(w);
            for (int k = 0; k < bends.Length; k++)
                bends[k] &= w.Bars[k] == 0;
        }
        finally
        {
            w.Return();
        }
        return bends;
    }
}
