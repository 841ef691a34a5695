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
        w.BarsAreMarked = false;
        new Span<double>(w.Bars, w.Recording.SlotCount).Clear();
        seed.CopyTo(new Span<double>(w.Bars + output, seed.Length));
        AdjointSweep<Plain>.Run(w);
        // A value beyond the largest number may have hidden a slope: the derivative of √x is 0 at ∞.
        if (!Finite.AreAll(w.Bars, w.Recording.InputCount) || !Finite.AreAll(w.Values + output, seed.Length))
            Mark(w, output, seed);
    }

    /// <summary>The same with absolute zeros, in memory of the workspace's own: the adjoints of results tell structural zeros from others
    /// (see <see cref="Zeros"/>), those of inputs are plain numbers.</summary>
    public static void Mark(Workspace w, int output, ReadOnlySpan<double> seed)
    {
        w.ReserveBars();
        w.BarsAreMarked = true;
        new Span<double>(w.Bars, w.Recording.SlotCount).Fill(Zeros.Structural);
        Zeros.CopySeeds(seed, new Span<double>(w.Bars + output, seed.Length));
        AdjointSweep<Absolute>.Run(w);
        Zeros.Forget(new Span<double>(w.Bars, w.Recording.InputCount));
    }
}
