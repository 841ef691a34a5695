using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Four <see cref="double"/>s side by side. Made of Lanes8.cs by eng/lanes: change that file.</summary>
internal readonly struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    public readonly Vector256<double> Value = value;

    public static int Count => Vector256<double>.Count;

    public static Lanes4 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<double>.Zero);
    }

    public static Lanes4 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<double>.One);
    }

    public double this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Value.GetElement(lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Constant(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Apply<TRule>(Lanes4 x) where TRule : struct, IUnaryRule<TRule> => TRule.Value(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Apply<TRule>(Lanes4 x, Lanes4 y) where TRule : struct, IBinaryRule<TRule> => TRule.Value(x, y);

    public static Lanes4 Map<TRule>(Lanes4 x) where TRule : struct, IUnaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector256<double> result);
        ref double to = ref Unsafe.As<Vector256<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i));
        return new(result);
    }

    public static Lanes4 Map<TRule>(Lanes4 x, Lanes4 y) where TRule : struct, IBinaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector256<double> result);
        ref double to = ref Unsafe.As<Vector256<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i), y.Value.GetElement(i));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double source) => new(Vector256.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double source, int count) =>
        count >= Count ? new(Vector256.LoadUnsafe(ref source)) : LoadPart(ref source, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lanes4 LoadPart(ref double source, int count)
    {
        Vector256<double> padded = Vector256.Create(source);
        MemoryMarshal.CreateReadOnlySpan(ref source, count)
            .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector256<double>, double>(ref padded), Count));
        return new(padded);
    }


    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 x, ref double target) => x.Value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 x, ref double target, int count)
    {
        if (count >= Count)
            x.Value.StoreUnsafe(ref target);
        else
            StorePart(x.Value, ref target, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void StorePart(Vector256<double> value, ref double target, int count)
    {
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector256<double>, double>(ref value), count).CopyTo(
            MemoryMarshal.CreateSpan(ref target, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Sum(Lanes4 x, int count)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(count, Count); i++)
            sum += x.Value.GetElement(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 x, Lanes4 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 x, Lanes4 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 x, Lanes4 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 x, Lanes4 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 x, double c) => new(x.Value + Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 x, double c) => new(x.Value - Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 x, double c) => new(x.Value * Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 x, double c) => new(x.Value / Vector256.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(double c, Lanes4 x) => new(Vector256.Create(c) + x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(double c, Lanes4 x) => new(Vector256.Create(c) - x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(double c, Lanes4 x) => new(Vector256.Create(c) * x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(double c, Lanes4 x) => new(Vector256.Create(c) / x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FusedMultiplyAdd(Lanes4 x, Lanes4 y, Lanes4 z) => new(Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 x) => new(Vector256.Sqrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 x) => new(Vector256.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator &(Lanes4 x, Lanes4 y) => new(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator |(Lanes4 x, Lanes4 y) => new(x.Value | y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator ^(Lanes4 x, Lanes4 y) => new(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator ~(Lanes4 x) => new(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AndNot(Lanes4 x, Lanes4 y) => new(Vector256.AndNot(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Select(Lanes4 mask, Lanes4 x, Lanes4 y) => new(Vector256.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes4 mask) => Vector256.EqualsAll(mask.Value.AsInt64(), Vector256<long>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool None(Lanes4 mask) => Vector256.EqualsAll(mask.Value.AsInt64(), Vector256<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AreEqual(Lanes4 x, Lanes4 y) => new(Vector256.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LessThan(Lanes4 x, Lanes4 y) => new(Vector256.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LessThanOrEqual(Lanes4 x, Lanes4 y) => new(Vector256.LessThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 GreaterThan(Lanes4 x, Lanes4 y) => new(Vector256.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 GreaterThanOrEqual(Lanes4 x, Lanes4 y) => new(Vector256.GreaterThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 IsZero(Lanes4 x) => new(Vector256.IsZero(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 IsNaN(Lanes4 x) => new(Vector256.IsNaN(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 IsInfinity(Lanes4 x) => new(Vector256.IsInfinity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 x, Lanes4 y) => new(Vector256.Min(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 x, Lanes4 y) => new(Vector256.Max(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 CopySign(Lanes4 x, Lanes4 y) => new(Vector256.CopySign(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 x) => new(Vector256.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Floor(Lanes4 x) => new(Vector256.Floor(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Ceiling(Lanes4 x) => new(Vector256.Ceiling(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Truncate(Lanes4 x) => new(Vector256.Truncate(x.Value));

    public static Lanes4 With(Lanes4 x, int lane, double number) => new(x.Value.WithElement(lane, number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Scale(Lanes4 y, Lanes4 k)
    {
        // Adding 1.5·2⁵² leaves the integer in the low bits.
        Vector256<double> shift = Vector256.Create(6755399441055744.0);
        Vector256<long> exponent = (k.Value + shift).AsInt64() - shift.AsInt64(), half = Vector256.ShiftRightArithmetic(exponent, 1);
        return new(y.Value * PowerOfTwo(half) * PowerOfTwo(exponent - half));
    }

    // 2ᵏ for −1022 ≤ k ≤ 1023.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<long> k) => Vector256.ShiftLeft(k + Vector256.Create(1023L), 52).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Bits(long bits) => new(Vector256.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AddBits(Lanes4 x, Lanes4 y) => new((x.Value.AsInt64() + y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SubtractBits(Lanes4 x, Lanes4 y) => new((x.Value.AsInt64() - y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AreSameBits(Lanes4 x, Lanes4 y) => new(Vector256.Equals(x.Value.AsInt64(), y.Value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ShiftLeft(Lanes4 x, int n) => new(Vector256.ShiftLeft(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ShiftRightLogical(Lanes4 x, int n) => new(Vector256.ShiftRightLogical(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ShiftRightArithmetic(Lanes4 x, int n) => new(Vector256.ShiftRightArithmetic(x.Value.AsInt64(), n).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ToDouble(Lanes4 bits) => new(Vector256.ConvertToDouble(bits.Value.AsInt64()));
}
