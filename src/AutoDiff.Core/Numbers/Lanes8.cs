using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86; // only: 8

namespace AutoDiff.Engine;

/// <summary>Eight <see cref="double"/>s side by side.</summary>
/// <remarks>eng/lanes makes the other widths.</remarks>
internal readonly partial struct Lanes8(Vector512<double> value) : ILanes<Lanes8>
{
    public readonly Vector512<double> Value = value;

    public static int Count => Vector512<double>.Count;

    public static Lanes8 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<double>.Zero);
    }

    public static Lanes8 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<double>.One);
    }

    public double this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Value.GetElement(lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Constant(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Apply<TRule>(Lanes8 x) where TRule : struct, IUnaryRule<TRule> => TRule.Value(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Apply<TRule>(Lanes8 x, Lanes8 y) where TRule : struct, IBinaryRule<TRule> => TRule.Value(x, y);

    public static Lanes8 Map<TRule>(Lanes8 x) where TRule : struct, IUnaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector512<double> result);
        ref double to = ref Unsafe.As<Vector512<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i));
        return new(result);
    }

    public static Lanes8 Map<TRule>(Lanes8 x, Lanes8 y) where TRule : struct, IBinaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector512<double> result);
        ref double to = ref Unsafe.As<Vector512<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i), y.Value.GetElement(i));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double source) => new(Vector512.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double source, int count) =>
        count >= Count ? new(Vector512.LoadUnsafe(ref source)) : LoadPart(ref source, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lanes8 LoadPart(ref double source, int count)
    {
        Vector512<double> padded = Vector512.Create(source);
        if (Avx512F.IsSupported) // only: 8
        { // only: 8
            fixed (double* start = &source) // only: 8
                return new(Avx512F.MaskLoad(start, FirstLanes(count), padded)); // only: 8
        } // only: 8
        MemoryMarshal.CreateReadOnlySpan(ref source, count)
            .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<double>, double>(ref padded), Count));
        return new(padded);
    }

    private static Vector512<double> FirstLanes(int count) => // only: 8
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble(); // only: 8

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 x, ref double target) => x.Value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 x, ref double target, int count)
    {
        if (count >= Count)
            x.Value.StoreUnsafe(ref target);
        else
            StorePart(x.Value, ref target, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void StorePart(Vector512<double> value, ref double target, int count)
    {
        if (Avx512F.IsSupported) // only: 8
        { // only: 8
            fixed (double* start = &target) // only: 8
                Avx512F.MaskStore(start, FirstLanes(count), value); // only: 8
            return; // only: 8
        } // only: 8
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector512<double>, double>(ref value), count).CopyTo(
            MemoryMarshal.CreateSpan(ref target, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Sum(Lanes8 x, int count)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(count, Count); i++)
            sum += x.Value.GetElement(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 x, Lanes8 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 x, Lanes8 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 x, Lanes8 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 x, Lanes8 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 x, double c) => new(x.Value + Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 x, double c) => new(x.Value - Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 x, double c) => new(x.Value * Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 x, double c) => new(x.Value / Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(double c, Lanes8 x) => new(Vector512.Create(c) + x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(double c, Lanes8 x) => new(Vector512.Create(c) - x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(double c, Lanes8 x) => new(Vector512.Create(c) * x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(double c, Lanes8 x) => new(Vector512.Create(c) / x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FusedMultiplyAdd(Lanes8 x, Lanes8 y, Lanes8 z) => new(Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sqrt(Lanes8 x) => new(Vector512.Sqrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 x) => new(Vector512.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator &(Lanes8 x, Lanes8 y) => new(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator |(Lanes8 x, Lanes8 y) => new(x.Value | y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator ^(Lanes8 x, Lanes8 y) => new(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator ~(Lanes8 x) => new(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 AndNot(Lanes8 x, Lanes8 y) => new(Vector512.AndNot(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Select(Lanes8 mask, Lanes8 x, Lanes8 y) => new(Vector512.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes8 mask) => Vector512.EqualsAll(mask.Value.AsInt64(), Vector512<long>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool None(Lanes8 mask) => Vector512.EqualsAll(mask.Value.AsInt64(), Vector512<long>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 AreEqual(Lanes8 x, Lanes8 y) => new(Vector512.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LessThan(Lanes8 x, Lanes8 y) => new(Vector512.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LessThanOrEqual(Lanes8 x, Lanes8 y) => new(Vector512.LessThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 GreaterThan(Lanes8 x, Lanes8 y) => new(Vector512.GreaterThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 GreaterThanOrEqual(Lanes8 x, Lanes8 y) => new(Vector512.GreaterThanOrEqual(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 IsZero(Lanes8 x) => new(Vector512.IsZero(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 IsNaN(Lanes8 x) => new(Vector512.IsNaN(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 IsInfinity(Lanes8 x) => new(Vector512.IsInfinity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 x, Lanes8 y) => new(Vector512.Min(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 x, Lanes8 y) => new(Vector512.Max(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 CopySign(Lanes8 x, Lanes8 y) => new(Vector512.CopySign(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Round(Lanes8 x) => new(Vector512.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Floor(Lanes8 x) => new(Vector512.Floor(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Ceiling(Lanes8 x) => new(Vector512.Ceiling(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Truncate(Lanes8 x) => new(Vector512.Truncate(x.Value));

    public static Lanes8 With(Lanes8 x, int lane, double number) => new(x.Value.WithElement(lane, number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Bits(long bits) => new(Vector512.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 AreSameBits(Lanes8 x, Lanes8 y) => new(Vector512.Equals(x.Value.AsInt64(), y.Value.AsInt64()).AsDouble());
}
