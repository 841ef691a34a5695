namespace AutoDiff.Engine;

/// <summary>
/// The cells into which a kink divides the line: two or three sets of sides, in each of which the function is one smooth function. An
/// empty one has been ruled out.
/// </summary>
internal static class Cells
{
    /// <summary>The sides of −z.</summary>
    public static Sides Mirrored(Sides sides) =>
        (sides & Sides.Zero) | (sides.HasFlag(Sides.Negative) ? Sides.Positive : 0) | (sides.HasFlag(Sides.Positive) ? Sides.Negative : 0);

    /// <summary>Empties the cells whose sides another cell has too: they are no choice of their own.</summary>
    public static void LeaveOutParts(Span<Sides> cells)
    {
        for (int i = cells.Length - 1; i >= 0; i--)
        {
            for (int j = 0; j < cells.Length; j++)
            {
                if (i != j && (cells[i] | cells[j]) == cells[j])
                    cells[i] = Sides.None;
            }
        }
    }

    /// <summary>The only cell that is not empty; −1 if there are others or none.</summary>
    public static int OnlyOf(ReadOnlySpan<Sides> cells)
    {
        int only = -1;
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] == Sides.None)
                continue;
            if (only >= 0)
                return -1;
            only = i;
        }
        return only;
    }

    /// <summary>The cell that z lies in; where that has been ruled out, one that is more than the zero.</summary>
    public static int NaturalOf(ReadOnlySpan<Sides> cells, Sides side)
    {
        int natural = -1;
        for (int i = 0; i < cells.Length; i++)
        {
            if ((cells[i] & side) != 0)
                return i;
            if (cells[i] != Sides.None && (natural < 0 || cells[natural] == Sides.Zero))
                natural = i;
        }
        return natural;
    }

    /// <summary>The other cells that are not empty.</summary>
    public static List<Sides> OthersOf(ReadOnlySpan<Sides> cells, int taken)
    {
        List<Sides> others = [];
        for (int i = 0; i < cells.Length; i++)
        {
            if (i != taken && cells[i] != Sides.None)
                others.Add(cells[i]);
        }
        return others;
    }
}
