namespace AutoDiff.Engine;

// Derivatives along directions: of one at a time, or of several in one run.
internal sealed unsafe partial class Schedule
{
    /// <summary>How many directions a product may have at once. Measured: four are as fast as eight or faster, since eight leave the
    /// caches, and their kernels the registers.</summary>
    public const int MostDirections = 4;

    /// <summary>∇²f·v at the point whose values and adjoints the workspace holds, for one direction or for <see cref="MostDirections"/>,
    /// which stand one after the other: the tangents of the inputs' adjoints. The bits do not depend on how many there are.</summary>
    public void Multiply(ScheduleWorkspace w, ReadOnlySpan<double> vectors)
    {
        int directions = vectors.Length == Inputs ? 1 : MostDirections;
        PushTangents(w, vectors, directions, _needsTangent.Value);
        int nextSum = _sums.Length - 1;
        for (int g = _groups.Length - 1; g >= 0; g--)
        {
            Spread(w, Space.BarDots, directions, _groups[g].Level, ref nextSum);
            Run(w, _groups[g], _groups[g].Product, directions > 1 ? _groups[g].Products : null, directions);
        }
        Spread(w, Space.BarDots, directions, -1, ref nextSum);
        for (int d = 0; d < directions; d++)
            w.ClearUpTo(Space.BarDots, d, Inputs);
    }

    // Tangents of roots from those of the inputs.
    private void PushTangents(ScheduleWorkspace w, ReadOnlySpan<double> vectors, int directions, bool[] needsTangent)
    {
        w.ClearDots(directions);
        for (int d = 0; d < directions; d++)
        {
            vectors.Slice(d * Inputs, Inputs).CopyTo(new Span<double>(w.Dots(d), Inputs));
            foreach (SumPlan sum in _sums)
                w.Dots(d)[sum.Position] = 0;
        }
        int nextSum = 0;
        for (int g = 0; g < _groups.Length; g++)
        {
            AddUp(w, Space.Dots, directions, _groups[g].Level, ref nextSum);
            if (needsTangent[g])
                Run(w, _groups[g], _groups[g].Tangent, directions > 1 ? _groups[g].Tangents : null, directions);
        }
        AddUp(w, Space.Dots, directions, int.MaxValue, ref nextSum);
    }

    // All directions at once where there is a kernel for that, otherwise one by one.
    private static void Run(ScheduleWorkspace w, GroupPlan group, Kernel one, Kernel? many, int directions)
    {
        if (many is not null)
        {
            GroupRun.Run(many, group, w);
            return;
        }
        for (int d = 0; d < directions; d++)
            GroupRun.Run(one, group, w, d);
    }
}
