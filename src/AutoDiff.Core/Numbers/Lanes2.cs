using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Two <see cref="double"/>s side by side. Made of Lanes8.cs by eng/lanes: change that file.</summary>
internal readonly struct Lanes2(Vector128<double> value) : ILanes<Lanes2>
{
    public readonly Vector128<double> Value = value;

    public static int Count => Vector128<double>.Count;

    public static Lanes2 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<double>.Zero);
    }

    public static Lanes2 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<double>.One);
    }

    public double this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Value.GetElement(lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Constant(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Apply<TRule>(Lanes2 x) where TRule : struct, IUnaryRule<TRule> => TRule.Value(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Apply<TRule>(Lanes2 x, Lanes2 y) where TRule : struct, IBinaryRule<TRule> => TRule.Value(x, y);

    public static Lanes2 Map<TRule>(Lanes2 x) where TRule : struct, IUnaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector128<double> result);
        ref double to = ref Unsafe.As<Vector128<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i));
        return new(result);
    }

    public static Lanes2 Map<TRule>(Lanes2 x, Lanes2 y) where TRule : struct, IBinaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector128<double> result);
        ref double to = ref Unsafe.As<Vector128<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i), y.Value.GetElement(i));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Load(ref double source) => new(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Load(ref double source, int count) =>
        count >= Count ? new(Vector128.LoadUnsafe(ref source)) : LoadPart(ref source, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lanes2 LoadPart(ref double source, int count)
    {
        Vector128<double> padded = Vector128.Create(source);
        MemoryMarshal.CreateReadOnlySpan(ref source, count)
            .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector128<double>, double>(ref padded), Count));
        return new(padded);
    }


    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes2 x, ref double target) => x.Value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes2 x, ref double target, int count)
    {
        if (count >= Count)
            x.Value.StoreUnsafe(ref target);
        else
            StorePart(x.Value, ref target, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void StorePart(Vector128<double> value, ref double target, int count)
    {
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector128<double>, double>(ref value), count).CopyTo(
            MemoryMarshal.CreateSpan(ref target, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Sum(Lanes2 x, int count)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(count, Count); i++)
            sum += x.Value.GetElement(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator +(Lanes2 x, Lanes2 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator -(Lanes2 x, Lanes2 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(Lanes2 x, Lanes2 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator /(Lanes2 x, Lanes2 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator -(Lanes2 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator +(Lanes2 x, double c) => new(x.Value + Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator -(Lanes2 x, double c) => new(x.Value - Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(Lanes2 x, double c) => new(x.Value * Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator /(Lanes2 x, double c) => new(x.Value / Vector128.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator +(double c, Lanes2 x) => new(Vector128.Create(c) + x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator -(double c, Lanes2 x) => new(Vector128.Create(c) - x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(double c, Lanes2 x) => new(Vector128.Create(c) * x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator /(double c, Lanes2 x) => new(Vector128.Create(c) / x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 FusedMultiplyAdd(Lanes2 x, Lanes2 y, Lanes2 z) => new(Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Sqrt(Lanes2 x) => new(Vector128.Sqrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Abs(Lanes2 x) => new(Vector128.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator &(Lanes2 x, Lanes2 y) => new(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator |(Lanes2 x, Lanes2 y) => new(x.Value | y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator ^(Lanes2 x, Lanes2 y) => new(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator ~(Lanes2 x) => new(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 AndNot(Lanes2 x, Lanes2 y) => new(Vector128.AndNot(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Select(Lanes2 mask, Lanes2 x, Lanes2 y) => new(Vector128.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes2 mask) => Vector128.EqualsAll(mask.Value.AsInt64(), Vector128<long>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool None(Lanes2 mask) => Vector128.EqualsAll(mask.Value.AsInt64(), Vector128<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 AreEqual(Lanes2 x, Lanes2 y) => new(Vector128.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LessThan(Lanes2 x, Lanes2 y) => new(Vector128.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LessThanOrEqual(Lanes2 x, Lanes2 y) => new(Vector128.LessThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 GreaterThan(Lanes2 x, Lanes2 y) => new(Vector128.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 GreaterThanOrEqual(Lanes2 x, Lanes2 y) => new(Vector128.GreaterThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 IsZero(Lanes2 x) => new(Vector128.IsZero(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 IsNaN(Lanes2 x) => new(Vector128.IsNaN(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 IsInfinity(Lanes2 x) => new(Vector128.IsInfinity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Min(Lanes2 x, Lanes2 y) => new(Vector128.Min(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Max(Lanes2 x, Lanes2 y) => new(Vector128.Max(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 CopySign(Lanes2 x, Lanes2 y) => new(Vector128.CopySign(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Round(Lanes2 x) => new(Vector128.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Floor(Lanes2 x) => new(Vector128.Floor(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Ceiling(Lanes2 x) => new(Vector128.Ceiling(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Truncate(Lanes2 x) => new(Vector128.Truncate(x.Value));

    public static Lanes2 With(Lanes2 x, int lane, double number) => new(x.Value.WithElement(lane, number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Scale(Lanes2 y, Lanes2 k)
    {
        // Adding 1.5·2⁵² leaves the integer in the low bits.
        Vector128<double> shift = Vector128.Create(6755399441055744.0);
        Vector128<long> exponent = (k.Value + shift).AsInt64() - shift.AsInt64(), half = Vector128.ShiftRightArithmetic(exponent, 1);
        return new(y.Value * PowerOfTwo(half) * PowerOfTwo(exponent - half));
    }

    // 2ᵏ for −1022 ≤ k ≤ 1023.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowerOfTwo(Vector128<long> k) => Vector128.ShiftLeft(k + Vector128.Create(1023L), 52).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Bits(long bits) => new(Vector128.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 AddBits(Lanes2 x, Lanes2 y) => new((x.Value.AsInt64() + y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 SubtractBits(Lanes2 x, Lanes2 y) => new((x.Value.AsInt64() - y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 AreSameBits(Lanes2 x, Lanes2 y) => new(Vector128.Equals(x.Value.AsInt64(), y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 ShiftLeft(Lanes2 x, int n) => new(Vector128.ShiftLeft(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 ShiftRightLogical(Lanes2 x, int n) => new(Vector128.ShiftRightLogical(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 ShiftRightArithmetic(Lanes2 x, int n) => new(Vector128.ShiftRightArithmetic(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 ToDouble(Lanes2 bits) => new(Vector128.ConvertToDouble(bits.Value.AsInt64()));
}
