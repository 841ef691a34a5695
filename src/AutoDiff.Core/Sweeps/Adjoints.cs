namespace AutoDiff.Engine;

/// <summary>Clears, seeds and runs the adjoint sweep, in plain arithmetic and, where that left something not finite, with absolute zeros.</summary>
internal static unsafe class Adjoints
{
    /// <summary>x̄ for the seed ȳ = <paramref name="seed"/> at one slot; the adjoints stay in the workspace.</summary>
    public static void Run(Workspace w, int output, double seed = 1)
    {
        w.ReserveBars();
        Seed(w, output, seed);
        AdjointSweep<Plain>.Run(w);
        if (IsFinite(w.Bars, w.Recording.InputCount))
            return;
        Seed(w, output, seed);
        AdjointSweep<Absolute>.Run(w);
    }

    private static void Seed(Workspace w, int output, double seed)
    {
        new Span<double>(w.Bars, w.Recording.SlotCount).Clear();
        w.Bars[output] = seed;
    }

    public static bool IsFinite(double* numbers, long count)
    {
        // x − x is 0 for a finite x and NaN otherwise, and a sum keeps a NaN.
        double sum = 0;
        for (long i = 0; i < count; i++)
            sum += numbers[i] - numbers[i];
        return sum == 0;
    }
}
