using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// Hessian-vector products over a recording whose adjoints are known: one tangent sweep and one run of the R operator, for one direction or
/// for eight at once; in plain arithmetic and, where that left something not finite, with absolute zeros.
/// </summary>
internal static unsafe class SecondOrder
{
    /// <summary>result = R{x̄} for the direction <paramref name="v"/>. The workspace holds the adjoints, of a seed of 1 at the slot
    /// <paramref name="output"/>; x̄˙ starts at zero.</summary>
    public static void Apply(Workspace w, int output, ReadOnlySpan<double> v, Span<double> result)
    {
        w.ReserveDots(1);
        w.ReserveBarDots(1);
        Run<Plain>(w, v);
        if (!Finite.AreAll(w.BarDots, v.Length) || !double.IsFinite(w.Values[output]))
        {
            if (!w.BarsAreMarked)
                Adjoints.Mark(w, output, [1.0]);
            Run<Absolute>(w, v);
            Zeros.Forget(new Span<double>(w.BarDots, v.Length));
        }
        new ReadOnlySpan<double>(w.BarDots, v.Length).CopyTo(result);
    }

    private static void Run<D>(Workspace w, ReadOnlySpan<double> v) where D : unmanaged, ITangent<D>
    {
        Seed<D>(v, new Span<double>(w.Dots, v.Length));
        Zeros.Clear<D>(w.BarDots, 0, w.Recording.SlotCount);
        Sweep<D>(w);
    }

    /// <summary>Carries tangents forward and the tangents of adjoints back; the workspace holds both seeds, and the adjoints.</summary>
    public static void Sweep<D>(Workspace w) where D : unmanaged, ITangent<D>
    {
        w.KnowsBars = true;
        TangentSweep<D>.Run(w);
        ROperator<D>.Run(w);
    }

    /// <summary>Seeds of tangents, of which a zero is structural.</summary>
    public static void Seed<D>(ReadOnlySpan<double> seeds, Span<double> target) where D : unmanaged, ITangent<D>
    {
        if (typeof(D) == typeof(Absolute))
            Zeros.CopySeeds(seeds, target);
        else
            seeds.CopyTo(target);
    }

    /// <summary>The same for directions that stand one after the other, eight in a sweep; the results likewise.</summary>
    public static void ApplyMany(Workspace w, int output, ReadOnlySpan<double> directions, Span<double> results)
    {
        int n = w.Recording.InputCount, count = n == 0 ? 0 : directions.Length / n;
        int done = 0;
        if (Interleaves(w.Recording))
        {
            for (; count - done >= Eight.Count; done += Eight.Count)
                ApplyEight(w, output, directions.Slice(done * n, Eight.Count * n), results.Slice(done * n, Eight.Count * n));
        }
        for (; done < count; done++)
            Apply(w, output, directions.Slice(done * n, n), results.Slice(done * n, n));
    }

    private static void ApplyEight(Workspace w, int output, ReadOnlySpan<double> directions, Span<double> results)
    {
        int n = w.Recording.InputCount;
        w.ReserveDots(Eight.Count);
        w.ReserveBarDots(Eight.Count);
        for (int k = 0; k < Eight.Count; k++)
            Directions.Put(directions.Slice(k * n, n), w.Dots, 0, k);
        new Span<Eight>((Eight*)w.BarDots, w.Recording.SlotCount).Clear();
        Sweep<Eight>(w);
        if (!Finite.AreAll(w.BarDots, (long)n * Eight.Count) || !double.IsFinite(w.Values[output]))
        {
            for (int k = 0; k < Eight.Count; k++)
                Apply(w, output, directions.Slice(k * n, n), results.Slice(k * n, n));
            return;
        }
        for (int k = 0; k < Eight.Count; k++)
            Directions.Take(w.BarDots, 0, k, results.Slice(k * n, n));
    }

    // Eight directions at once spare the interpretation of scalar instructions; long array instructions gain nothing, and lose their
    // contiguity.
    private static bool Interleaves(Recording recording) => recording.SlotCount - recording.InputCount < 16L * recording.InstructionCount;
}
