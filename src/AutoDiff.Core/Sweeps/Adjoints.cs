using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Clears, seeds and runs the adjoint sweep, in plain arithmetic and, where that left something not finite, with absolute
/// zeros.</summary>
internal static unsafe class Adjoints
{
    /// <summary>x̄ for the seed ȳ = 1 at one slot; the adjoints stay in the workspace.</summary>
    public static void Run(Workspace w, int output) => Run(w, output, [1.0]);

    /// <summary>x̄ for the seed ȳ at the slots from <paramref name="output"/> on; the adjoints stay in the workspace.</summary>
    public static void Run(Workspace w, int output, ReadOnlySpan<double> seed)
    {
        w.ReserveBars();
        Seed(w, output, seed);
        AdjointSweep<Plain>.Run(w);
        if (Finite.AreAll(w.Bars, w.Recording.InputCount))
            return;
        Seed(w, output, seed);
        AdjointSweep<Absolute>.Run(w);
    }

    private static void Seed(Workspace w, int output, ReadOnlySpan<double> seed)
    {
        new Span<double>(w.Bars, w.Recording.SlotCount).Clear();
        seed.CopyTo(new Span<double>(w.Bars + output, seed.Length));
    }
}
