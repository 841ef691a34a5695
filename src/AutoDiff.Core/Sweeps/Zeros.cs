using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// Which zeros are absolute. Where it matters, a derivative that is structurally zero (no path leads there) is written −0, and one that
/// came out as zero +0. Sums need nothing for it: −0 is the neutral element of IEEE addition, x + −0 = x for every x, and what cancels
/// gives +0. Products and negatives go through this class. So the sign of a zero is the one live bit that a slot needs.
/// </summary>
internal static unsafe class Zeros
{
    /// <summary>A derivative that is zero because nothing leads there.</summary>
    public const double Structural = -0.0;

    /// <summary>Whether a derivative is structurally zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsStructural(double x) => BitConverter.DoubleToInt64Bits(x) == long.MinValue;

    /// <inheritdoc cref="IsStructural"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L AreStructural<L>(L x) where L : struct, ILanes<L> => L.AreSameBits(x, L.Bits(long.MinValue));

    /// <summary>Whether all of them are structurally zero.</summary>
    public static bool AreStructural(ReadOnlySpan<double> x) =>
        MemoryMarshal.Cast<double, long>(x).IndexOfAnyExcept(long.MinValue) < 0;

    /// <summary>A factor whose zero says nothing of structure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Live(double x) => x + 0.0;

    /// <summary>A factor whose zero is structural: a constant, a seed, the share of a side that was not chosen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Constant(double x) => x == 0 ? Structural : x;

    /// <summary>The slope of a function at x, where it is y. Where both are infinite (√x, log x beyond the largest number), a slope of 0 is
    /// only what rounding left: NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Slope(double slope, double x, double y) =>
        slope != 0 ? slope : double.IsInfinity(x) && double.IsInfinity(y) ? double.NaN : 0.0;

    /// <summary>x · y, structurally zero if a factor is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Product(double x, double y) => Product(PartialKind.Derivative, x, y);

    /// <summary>A partial times a derivative, structurally zero if the derivative is, or the partial by its kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Product(PartialKind kind, double partial, double derivative)
    {
        double product = partial * derivative;
        return Math.Abs(product) > 0 ? product : ProductOfZero(kind, partial, derivative, product);
    }

    /// <inheritdoc cref="Product(PartialKind, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Product<L>(PartialKind kind, L partial, L derivative) where L : struct, ILanes<L>
    {
        L none = AreStructural(derivative);
        if (kind == PartialKind.Share)
            none |= L.AreEqual(partial, L.Zero);
        if (kind == PartialKind.Derivative)
            none |= AreStructural(partial);
        if (kind == PartialKind.Slope)
            partial = L.Select(L.AreEqual(partial, L.Zero), L.Constant(double.NaN), partial);
        return L.Select(none, L.Constant(Structural), partial * derivative + L.Zero);
    }

    /// <summary>x / y, structurally zero if x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Quotient(double x, double y)
    {
        double quotient = x / y;
        return Math.Abs(quotient) > 0 ? quotient : IsStructural(x) ? Structural : Live(quotient);
    }

    /// <summary>x − y, where −y is structurally zero if y is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Difference(double x, double y) => IsStructural(y) ? x : Live(x - y);

    /// <summary>−x, structurally zero if x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Negative(double x) => IsStructural(x) ? x : 0.0 - x;

    /// <summary>Writes the derivatives of what nothing leads to. Clearing is faster than filling, where zeros need not tell.</summary>
    public static void Clear<D>(double* block, long first, long count) where D : unmanaged, ITangent<D>
    {
        Span<D> derivatives = new((D*)block + first, checked((int)count));
        if (typeof(D) == typeof(Absolute))
            derivatives.Fill(D.None);
        else
            derivatives.Clear();
    }

    /// <summary>Copies seeds, of which a zero is structural.</summary>
    public static void CopySeeds(ReadOnlySpan<double> seeds, Span<double> target)
    {
        for (int i = 0; i < seeds.Length; i++)
            target[i] = Constant(seeds[i]);
    }

    /// <summary>Makes derivatives plain numbers again: zeros of either kind are 0.</summary>
    public static void Forget(Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = Live(x[i]);
    }

    /// <summary>1 where a derivative is live and 0 where it is structurally zero.</summary>
    public static void Marks(ReadOnlySpan<double> x, Span<Real> marks)
    {
        for (int i = 0; i < x.Length; i++)
            marks[i] = new Real(IsStructural(x[i]) ? 0 : 1);
    }

    /// <summary>Makes a zero structural where its mark is 0, and live elsewhere.</summary>
    public static void Mark(Span<double> x, ReadOnlySpan<Real> marks)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = marks[i].Value == 0 ? Structural : Live(x[i]);
    }

    private static double ProductOfZero(PartialKind kind, double partial, double derivative, double product) =>
        IsStructural(derivative) ? Structural : kind switch
        {
            PartialKind.Share when partial == 0 => Structural,
            PartialKind.Derivative when IsStructural(partial) => Structural,
            PartialKind.Slope when partial == 0 => double.NaN,
            _ => Live(product),
        };
}
