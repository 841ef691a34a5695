using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Seeds and runs the tangent sweep, in plain arithmetic and, where that left something not finite, with absolute zeros.</summary>
internal static unsafe class Tangents
{
    /// <summary>ẏ for the inputs' tangents <paramref name="v"/>; it stays in the workspace.</summary>
    public static void Run(Workspace w, ReadOnlySpan<double> v, int output, int length)
    {
        w.ReserveDots(1);
        w.KnowsBars = false;
        Span<double> seed = new(w.Dots, v.Length);
        v.CopyTo(seed);
        TangentSweep<Plain>.Run(w);
        if (!Finite.AreAll(w.Dots + output, length))
        {
            Zeros.CopySeeds(v, seed);
            TangentSweep<Absolute>.Run(w);
            Zeros.Forget(new Span<double>(w.Dots + output, length));
        }
    }
}
