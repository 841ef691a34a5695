using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// Several <see cref="double"/>s side by side as one number of the rules' algebra: with it a rule runs in SIMD, at whatever width the
/// machine has. A rule that has a vector form states it once, over any <typeparamref name="TSelf"/>. Every result lane depends on the same
/// lane of the operands only.
/// </summary>
/// <remarks>What compares gives masks: lanes of all ones where it holds and all zeros where it does not, to be combined with &amp;, |, ^
/// and ~ and used by <see cref="Select"/>. The types are the library's own, eight, four and two lanes wide; which one runs is chosen
/// once for the process. Immutable; safe to share between threads.</remarks>
/// <typeparam name="TSelf">The type itself.</typeparam>
public partial interface ILanes<TSelf> : IScalar<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>0 in every lane.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>1 in every lane.</summary>
    static abstract TSelf One { get; }

    /// <summary>The number in a lane.</summary>
    double this[int lane] { get; }

    /// <summary>φ lane by lane through the rule's double-precision value.</summary>
    static abstract TSelf Map<TRule>(TSelf x) where TRule : struct, IUnaryRule<TRule>;

    /// <summary>φ lane by lane through the rule's double-precision value.</summary>
    static abstract TSelf Map<TRule>(TSelf x, TSelf y) where TRule : struct, IBinaryRule<TRule>;

    /// <summary>The bits that both have.</summary>
    static abstract TSelf operator &(TSelf x, TSelf y);

    /// <summary>The bits that one of them has.</summary>
    static abstract TSelf operator |(TSelf x, TSelf y);

    /// <summary>The bits that just one of them has.</summary>
    static abstract TSelf operator ^(TSelf x, TSelf y);

    /// <summary>The other bits.</summary>
    static abstract TSelf operator ~(TSelf x);

    /// <summary>The bits of x that y has not.</summary>
    static abstract TSelf AndNot(TSelf x, TSelf y);

    /// <summary>x where the mask holds, y elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf x, TSelf y);

    /// <summary>Whether a mask holds in every lane.</summary>
    static abstract bool All(TSelf mask);

    /// <summary>Whether a mask holds in no lane.</summary>
    static abstract bool None(TSelf mask);

    /// <summary>Where x = y.</summary>
    static abstract TSelf AreEqual(TSelf x, TSelf y);

    /// <summary>Where x &lt; y.</summary>
    static abstract TSelf LessThan(TSelf x, TSelf y);

    /// <summary>Where x ≤ y.</summary>
    static abstract TSelf LessThanOrEqual(TSelf x, TSelf y);

    /// <summary>Where x &gt; y.</summary>
    static abstract TSelf GreaterThan(TSelf x, TSelf y);

    /// <summary>Where x ≥ y.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf x, TSelf y);

    /// <summary>Where x is 0 or −0.</summary>
    static abstract TSelf IsZero(TSelf x);

    /// <summary>Where x is NaN.</summary>
    static abstract TSelf IsNaN(TSelf x);

    /// <summary>Where x is ±∞.</summary>
    static abstract TSelf IsInfinity(TSelf x);

    /// <summary>The smaller of two numbers as <see cref="Math.Min(double, double)"/> has it: NaN if one is.</summary>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>The larger of two numbers as <see cref="Math.Max(double, double)"/> has it: NaN if one is.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>|x| with the sign of y.</summary>
    static abstract TSelf CopySign(TSelf x, TSelf y);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>The largest integer that is not above x.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The smallest integer that is not below x.</summary>
    static abstract TSelf Ceiling(TSelf x);

    /// <summary>The integer part of x.</summary>
    static abstract TSelf Truncate(TSelf x);

    /// <summary>x with the number of one lane replaced.</summary>
    internal static abstract TSelf With(TSelf x, int lane, double number);

    /// <summary>The numbers from <paramref name="source"/> on, of which there are as many as lanes.</summary>
    internal static abstract TSelf Load(ref double source);

    /// <summary>
    /// The numbers from <paramref name="source"/> on: one a lane, or the <paramref name="count"/> that are left and the first of them
    /// repeated, so that padding meets no argument that the numbers themselves do not.
    /// </summary>
    internal static abstract TSelf Load(ref double source, int count);

    /// <summary>Stores all lanes.</summary>
    internal static abstract void Store(TSelf x, ref double target);

    /// <summary>Stores the first <paramref name="count"/> lanes, at most all of them.</summary>
    internal static abstract void Store(TSelf x, ref double target, int count);

    /// <summary>The sum of the first <paramref name="count"/> lanes, at most all of them, in a fixed order.</summary>
    internal static abstract double Sum(TSelf x, int count);

    /// <summary>The same bits in every lane.</summary>
    internal static abstract TSelf Bits(long bits);

    /// <summary>Where x = y, bit for bit.</summary>
    internal static abstract TSelf AreSameBits(TSelf x, TSelf y);
}
