using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Tags that tell differentiations apart. Each gets its own, unique in the process, so that duals of an enclosing, an earlier or another
/// thread's differentiation are recognised. 0 is a constant's; an odd one says that an input is infinite.
/// </summary>
internal static class Level
{
    public const long Constant = 0;

    // Tags are handed out to threads in blocks, so that differentiating on many threads shares no cache line.
    private const long Block = 1 << 16;

    private static long s_allotted;

    [ThreadStatic]
    private static long t_last;

    [ThreadStatic]
    private static long t_end;

    /// <summary>A tag of its own for a differentiation.</summary>
    public static long Next(bool isAtInfinity)
    {
        if (t_last == t_end)
        {
            t_end = Interlocked.Add(ref s_allotted, Block);
            t_last = t_end - Block;
        }
        t_last += 2;
        return isAtInfinity ? t_last - 1 : t_last;
    }

    /// <summary>Whether an input of the differentiation is infinite: at infinity slopes are limits then, not what overflow left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAtInfinity(long level) => (level & 1) != 0;

    /// <summary>The level of a result of two operands: constants join any level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Join(long x, long y)
    {
        if (x == y || y == Constant)
            return x;
        if (x != Constant)
            throw Mixed();
        return y;
    }

    public static NestingException Mixed() => new(
        "Two dual numbers of one type, but of different differentiations, met in one operation: the perturbations of an outer and an inner "
        + "derivative would be confused. Let the inner call name the type of the outer variable, as in "
        + "Forward.Derivative<Dual<double>>(y => x * y, 1), so that x is a constant of the inner level; "
        + "or use StopGradient(x) where x is meant as a plain number.");

    public static NestingException Escaped() => new(
        "The lambda returned a dual number of another differentiation: an outer variable, or one kept from an earlier call. Let the inner "
        + "call name the type of the outer variable, as in Forward.Derivative<Dual<double>>(y => x, 1), so that x is a constant of the inner level.");
}
