namespace AutoDiff.Optim.Symmetries;

/// <summary>Tries the symmetries that functions of points in the plane or in space often have, and scale, one generator after the
/// other.</summary>
internal static class SymmetryDetector
{
    /// <summary>What <paramref name="check"/> admits for n variables; null if it is nothing.</summary>
    public static Symmetry? Find(InvarianceCheck check, int n)
    {
        Symmetry? best = null;
        int most = 0;
        for (int dimensions = 3; dimensions > 0; dimensions--)
        {
            if (n % dimensions == 0 && n > 1 && Among(check, dimensions, out int count) is { } found && count > most)
                (best, most) = (found, count);
        }
        if (check.Admits(Symmetry.Scale))
            best = best is null ? Symmetry.Scale : best & Symmetry.Scale;
        return best;
    }

    private static Motions? Among(InvarianceCheck check, int dimensions, out int count)
    {
        bool[] shifts = new bool[dimensions], turns = new bool[Motions.Planes(dimensions).Length];
        bool[] noShift = new bool[dimensions];
        for (int i = 0; i < shifts.Length; i++)
            shifts[i] = check.Admits(new Motions(dimensions, One(shifts.Length, i), []));
        for (int i = 0; i < turns.Length; i++)
            turns[i] = check.Admits(new Motions(dimensions, noShift, One(turns.Length, i)));
        count = shifts.Count(isFree => isFree) + turns.Count(isFree => isFree);
        return count == 0 ? null : new Motions(dimensions, shifts, turns);
    }

    private static bool[] One(int count, int index)
    {
        bool[] one = new bool[count];
        one[index] = true;
        return one;
    }
}
