using System.Runtime.CompilerServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <content>Functions that have a kernel of their own.</content>
internal readonly partial struct Lanes8
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Exp(Lanes8 x) => IsFused ? new(Vectorized8.Exp(x.Value)) : Map(x, &Math.Exp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 ExpM1(Lanes8 x) => new(Vectorized8.ExpM1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Exp2(Lanes8 x) => new(Vectorized8.Exp2(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Exp10(Lanes8 x) => new(Vectorized8.Exp10(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Log(Lanes8 x) => IsFused ? new(Vectorized8.Log(x.Value)) : Map(x, &Math.Log);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LogP1(Lanes8 x) => new(Vectorized8.LogP1(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Log2(Lanes8 x) => IsFused ? new(Vectorized8.Log2(x.Value)) : Map(x, &Math.Log2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Log10(Lanes8 x) => IsFused ? new(Vectorized8.Log10(x.Value)) : Map(x, &Math.Log10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Sin(Lanes8 x) => IsFused ? new(Vectorized8.Sin(x.Value)) : Map(x, &Math.Sin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Cos(Lanes8 x) => IsFused ? new(Vectorized8.Cos(x.Value)) : Map(x, &Math.Cos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Tan(Lanes8 x) => IsFused ? new(Vectorized8.Tan(x.Value)) : Map(x, &Math.Tan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 SinPi(Lanes8 x) => IsFused ? new(Vectorized8.SinPi(x.Value)) : Map(x, &double.SinPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 CosPi(Lanes8 x) => IsFused ? new(Vectorized8.CosPi(x.Value)) : Map(x, &double.CosPi);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Asin(Lanes8 x) => IsFused ? new(Vectorized8.Asin(x.Value)) : Map(x, &Math.Asin);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Acos(Lanes8 x) => IsFused ? new(Vectorized8.Acos(x.Value)) : Map(x, &Math.Acos);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Atan(Lanes8 x) => IsFused ? new(Vectorized8.Atan(x.Value)) : Map(x, &Math.Atan);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Sinh(Lanes8 x) => IsFused ? new(Vectorized8.Sinh(x.Value)) : Map(x, &Math.Sinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Cosh(Lanes8 x) => IsFused ? new(Vectorized8.Cosh(x.Value)) : Map(x, &Math.Cosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Tanh(Lanes8 x) => IsFused ? new(Vectorized8.Tanh(x.Value)) : Map(x, &Math.Tanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Asinh(Lanes8 x) => IsFused ? new(Vectorized8.Asinh(x.Value)) : Map(x, &Math.Asinh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Acosh(Lanes8 x) => IsFused ? new(Vectorized8.Acosh(x.Value)) : Map(x, &Math.Acosh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Atanh(Lanes8 x) => IsFused ? new(Vectorized8.Atanh(x.Value)) : Map(x, &Math.Atanh);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Cbrt(Lanes8 x) => new(Vectorized8.Cbrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Sigmoid(Lanes8 x) => new(Vectorized8.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LogSigmoid(Lanes8 x) => new(Vectorized8.LogSigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Softplus(Lanes8 x) => new(Vectorized8.Softplus(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Silu(Lanes8 x) => new(Vectorized8.Silu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Gelu(Lanes8 x) => new(Vectorized8.Gelu(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 SechSquared(Lanes8 x) => new(Vectorized8.SechSquared(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Gaussian(Lanes8 x) => new(Vectorized8.Gaussian(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 NormalDensity(Lanes8 x) => new(Vectorized8.NormalDensity(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Erf(Lanes8 x) => new(Vectorized8.Erf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Erfc(Lanes8 x) => new(Vectorized8.Erfc(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Erfcx(Lanes8 x) => new(Vectorized8.Erfcx(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 NormalCdf(Lanes8 x) => new(Vectorized8.NormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LogNormalCdf(Lanes8 x) => new(Vectorized8.LogNormalCdf(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 InverseMillsRatio(Lanes8 x) => new(Vectorized8.InverseMillsRatio(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LogGamma(Lanes8 x) => new(Vectorized8.LogGamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Digamma(Lanes8 x) => new(Vectorized8.Digamma(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Pow(Lanes8 x, Lanes8 y) =>
        IsFused ? new(Vectorized8.Pow(x.Value, y.Value)) : Map(x, y, &Math.Pow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Atan2(Lanes8 x, Lanes8 y) =>
        IsFused ? new(Vectorized8.Atan2(x.Value, y.Value)) : Map(x, y, &Math.Atan2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Hypot(Lanes8 x, Lanes8 y) =>
        IsFused ? new(Vectorized8.Hypot(x.Value, y.Value)) : Map(x, y, &double.Hypot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LogAddExp(Lanes8 x, Lanes8 y) => new(Vectorized8.LogAddExp(x.Value, y.Value));

    // Where x·y + z is no instruction, what .NET has for one number is faster than vectors whose products are put together.
    private static bool IsFused => VectorWidth.HasFusedMultiplyAdd;

    private static unsafe Lanes8 Map(Lanes8 x, delegate*<double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i]));
        return x;
    }

    private static unsafe Lanes8 Map(Lanes8 x, Lanes8 y, delegate*<double, double, double> f)
    {
        for (int i = 0; i < Count; i++)
            x = With(x, i, f(x[i], y[i]));
        return x;
    }
}
