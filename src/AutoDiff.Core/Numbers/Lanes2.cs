// Made of Lanes8.*.cs by eng/lanes: change those files.
using AutoDiff.Kernels;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Two <see cref="double"/>s side by side.</summary>
internal readonly partial struct Lanes2(Vector128<double> value) : ILanes<Lanes2>
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
    public static Lanes2 Bits(long bits) => new(Vector128.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 AreSameBits(Lanes2 x, Lanes2 y) => new(Vector128.Equals(x.Value.AsInt64(), y.Value.AsInt64()).AsDouble());
}

/// <content>Functions that have a kernel of their own.</content>
internal readonly partial struct Lanes2
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Exp(Lanes2 x) => IsFused ? new(Vectorized2.Exp(x.Value)) : Map(x, &Math.Exp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 ExpM1(Lanes2 x) => new(Vectorized2.ExpM1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Exp2(Lanes2 x) => new(Vectorized2.Exp2(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Exp10(Lanes2 x) => new(Vectorized2.Exp10(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Log(Lanes2 x) => IsFused ? new(Vectorized2.Log(x.Value)) : Map(x, &Math.Log);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LogP1(Lanes2 x) => new(Vectorized2.LogP1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Log2(Lanes2 x) => IsFused ? new(Vectorized2.Log2(x.Value)) : Map(x, &Math.Log2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Log10(Lanes2 x) => IsFused ? new(Vectorized2.Log10(x.Value)) : Map(x, &Math.Log10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Sin(Lanes2 x) => IsFused ? new(Vectorized2.Sin(x.Value)) : Map(x, &Math.Sin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Cos(Lanes2 x) => IsFused ? new(Vectorized2.Cos(x.Value)) : Map(x, &Math.Cos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Tan(Lanes2 x) => IsFused ? new(Vectorized2.Tan(x.Value)) : Map(x, &Math.Tan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 SinPi(Lanes2 x) => IsFused ? new(Vectorized2.SinPi(x.Value)) : Map(x, &double.SinPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 CosPi(Lanes2 x) => IsFused ? new(Vectorized2.CosPi(x.Value)) : Map(x, &double.CosPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Asin(Lanes2 x) => IsFused ? new(Vectorized2.Asin(x.Value)) : Map(x, &Math.Asin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Acos(Lanes2 x) => IsFused ? new(Vectorized2.Acos(x.Value)) : Map(x, &Math.Acos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Atan(Lanes2 x) => IsFused ? new(Vectorized2.Atan(x.Value)) : Map(x, &Math.Atan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Sinh(Lanes2 x) => IsFused ? new(Vectorized2.Sinh(x.Value)) : Map(x, &Math.Sinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Cosh(Lanes2 x) => IsFused ? new(Vectorized2.Cosh(x.Value)) : Map(x, &Math.Cosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Tanh(Lanes2 x) => IsFused ? new(Vectorized2.Tanh(x.Value)) : Map(x, &Math.Tanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Asinh(Lanes2 x) => IsFused ? new(Vectorized2.Asinh(x.Value)) : Map(x, &Math.Asinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Acosh(Lanes2 x) => IsFused ? new(Vectorized2.Acosh(x.Value)) : Map(x, &Math.Acosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Atanh(Lanes2 x) => IsFused ? new(Vectorized2.Atanh(x.Value)) : Map(x, &Math.Atanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Cbrt(Lanes2 x) => new(Vectorized2.Cbrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Sigmoid(Lanes2 x) => new(Vectorized2.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LogSigmoid(Lanes2 x) => new(Vectorized2.LogSigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Softplus(Lanes2 x) => new(Vectorized2.Softplus(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Silu(Lanes2 x) => new(Vectorized2.Silu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Gelu(Lanes2 x) => new(Vectorized2.Gelu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 SechSquared(Lanes2 x) => new(Vectorized2.SechSquared(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Gaussian(Lanes2 x) => new(Vectorized2.Gaussian(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 NormalDensity(Lanes2 x) => new(Vectorized2.NormalDensity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Erf(Lanes2 x) => new(Vectorized2.Erf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Erfc(Lanes2 x) => new(Vectorized2.Erfc(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Erfcx(Lanes2 x) => new(Vectorized2.Erfcx(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 NormalCdf(Lanes2 x) => new(Vectorized2.NormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LogNormalCdf(Lanes2 x) => new(Vectorized2.LogNormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 InverseMillsRatio(Lanes2 x) => new(Vectorized2.InverseMillsRatio(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LogGamma(Lanes2 x) => new(Vectorized2.LogGamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Digamma(Lanes2 x) => new(Vectorized2.Digamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Pow(Lanes2 x, Lanes2 y) =>
        IsFused ? new(Vectorized2.Pow(x.Value, y.Value)) : Map(x, y, &Math.Pow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Atan2(Lanes2 x, Lanes2 y) =>
        IsFused ? new(Vectorized2.Atan2(x.Value, y.Value)) : Map(x, y, &Math.Atan2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes2 Hypot(Lanes2 x, Lanes2 y) =>
        IsFused ? new(Vectorized2.Hypot(x.Value, y.Value)) : Map(x, y, &double.Hypot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 LogAddExp(Lanes2 x, Lanes2 y) => new(Vectorized2.LogAddExp(x.Value, y.Value));

    // Where x·y + z is no instruction, what .NET has for one number is faster than vectors whose products are put together.
    private static bool IsFused => VectorWidth.HasFusedMultiplyAdd;

    private static unsafe Lanes2 Map(Lanes2 x, delegate*<double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i]));
        return x;
    }

    private static unsafe Lanes2 Map(Lanes2 x, Lanes2 y, delegate*<double, double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i], y[i]));
        return x;
    }
}
