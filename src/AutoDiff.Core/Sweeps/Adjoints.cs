using System.Runtime.Intrinsics;

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
        if (IsFinite(w.Bars, w.Recording.InputCount))
            return;
        Seed(w, output, seed);
        AdjointSweep<Absolute>.Run(w);
    }

    private static void Seed(Workspace w, int output, ReadOnlySpan<double> seed)
    {
        new Span<double>(w.Bars, w.Recording.SlotCount).Clear();
        seed.CopyTo(new Span<double>(w.Bars + output, seed.Length));
    }

    public static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        fixed (double* first = numbers)
            return IsFinite(first, numbers.Length);
    }

    public static bool IsFinite(double* numbers, long count)
    {
        // x − x is 0 for a finite x and NaN otherwise, and a sum keeps a NaN.
        Vector512<double> strands = Vector512<double>.Zero;
        long i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512<double> x = Vector512.Load(numbers + i);
            strands += x - x;
        }
        double sum = Vector512.Sum(strands);
        for (; i < count; i++)
            sum += numbers[i] - numbers[i];
        return sum == 0;
    }
}
