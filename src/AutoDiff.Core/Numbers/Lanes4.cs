// Made of Lanes8.*.cs by eng/lanes: change those files.
using AutoDiff.Kernels;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Four <see cref="double"/>s side by side.</summary>
internal readonly partial struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
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
    public static Lanes4 Bits(long bits) => new(Vector256.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AreSameBits(Lanes4 x, Lanes4 y) => new(Vector256.Equals(x.Value.AsInt64(), y.Value.AsInt64()).AsDouble());
}

/// <content>Functions that have a kernel of their own.</content>
internal readonly partial struct Lanes4
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Exp(Lanes4 x) => IsFused ? new(Vectorized4.Exp(x.Value)) : Map(x, &Math.Exp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ExpM1(Lanes4 x) => new(Vectorized4.ExpM1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Exp2(Lanes4 x) => new(Vectorized4.Exp2(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Exp10(Lanes4 x) => new(Vectorized4.Exp10(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Log(Lanes4 x) => IsFused ? new(Vectorized4.Log(x.Value)) : Map(x, &Math.Log);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LogP1(Lanes4 x) => new(Vectorized4.LogP1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Log2(Lanes4 x) => IsFused ? new(Vectorized4.Log2(x.Value)) : Map(x, &Math.Log2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Log10(Lanes4 x) => IsFused ? new(Vectorized4.Log10(x.Value)) : Map(x, &Math.Log10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Sin(Lanes4 x) => IsFused ? new(Vectorized4.Sin(x.Value)) : Map(x, &Math.Sin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Cos(Lanes4 x) => IsFused ? new(Vectorized4.Cos(x.Value)) : Map(x, &Math.Cos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Tan(Lanes4 x) => IsFused ? new(Vectorized4.Tan(x.Value)) : Map(x, &Math.Tan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 SinPi(Lanes4 x) => IsFused ? new(Vectorized4.SinPi(x.Value)) : Map(x, &double.SinPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 CosPi(Lanes4 x) => IsFused ? new(Vectorized4.CosPi(x.Value)) : Map(x, &double.CosPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Asin(Lanes4 x) => IsFused ? new(Vectorized4.Asin(x.Value)) : Map(x, &Math.Asin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Acos(Lanes4 x) => IsFused ? new(Vectorized4.Acos(x.Value)) : Map(x, &Math.Acos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Atan(Lanes4 x) => IsFused ? new(Vectorized4.Atan(x.Value)) : Map(x, &Math.Atan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Sinh(Lanes4 x) => IsFused ? new(Vectorized4.Sinh(x.Value)) : Map(x, &Math.Sinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Cosh(Lanes4 x) => IsFused ? new(Vectorized4.Cosh(x.Value)) : Map(x, &Math.Cosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Tanh(Lanes4 x) => IsFused ? new(Vectorized4.Tanh(x.Value)) : Map(x, &Math.Tanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Asinh(Lanes4 x) => IsFused ? new(Vectorized4.Asinh(x.Value)) : Map(x, &Math.Asinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Acosh(Lanes4 x) => IsFused ? new(Vectorized4.Acosh(x.Value)) : Map(x, &Math.Acosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Atanh(Lanes4 x) => IsFused ? new(Vectorized4.Atanh(x.Value)) : Map(x, &Math.Atanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Cbrt(Lanes4 x) => new(Vectorized4.Cbrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sigmoid(Lanes4 x) => new(Vectorized4.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LogSigmoid(Lanes4 x) => new(Vectorized4.LogSigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Softplus(Lanes4 x) => new(Vectorized4.Softplus(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Silu(Lanes4 x) => new(Vectorized4.Silu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Gelu(Lanes4 x) => new(Vectorized4.Gelu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SechSquared(Lanes4 x) => new(Vectorized4.SechSquared(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Gaussian(Lanes4 x) => new(Vectorized4.Gaussian(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 NormalDensity(Lanes4 x) => new(Vectorized4.NormalDensity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Erf(Lanes4 x) => new(Vectorized4.Erf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Erfc(Lanes4 x) => new(Vectorized4.Erfc(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Erfcx(Lanes4 x) => new(Vectorized4.Erfcx(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 NormalCdf(Lanes4 x) => new(Vectorized4.NormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LogNormalCdf(Lanes4 x) => new(Vectorized4.LogNormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 InverseMillsRatio(Lanes4 x) => new(Vectorized4.InverseMillsRatio(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LogGamma(Lanes4 x) => new(Vectorized4.LogGamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Digamma(Lanes4 x) => new(Vectorized4.Digamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Pow(Lanes4 x, Lanes4 y) =>
        IsFused ? new(Vectorized4.Pow(x.Value, y.Value)) : Map(x, y, &Math.Pow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Atan2(Lanes4 x, Lanes4 y) =>
        IsFused ? new(Vectorized4.Atan2(x.Value, y.Value)) : Map(x, y, &Math.Atan2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Hypot(Lanes4 x, Lanes4 y) =>
        IsFused ? new(Vectorized4.Hypot(x.Value, y.Value)) : Map(x, y, &double.Hypot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LogAddExp(Lanes4 x, Lanes4 y) => new(Vectorized4.LogAddExp(x.Value, y.Value));

    // Where x·y + z is no instruction, what .NET has for one number is faster than vectors whose products are put together.
    private static bool IsFused => VectorWidth.HasFusedMultiplyAdd;

    private static unsafe Lanes4 Map(Lanes4 x, delegate*<double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i]));
        return x;
    }

    private static unsafe Lanes4 Map(Lanes4 x, Lanes4 y, delegate*<double, double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i], y[i]));
        return x;
    }
}
