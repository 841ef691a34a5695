using AutoDiff.Engine;

namespace AutoDiff.Kernels;

/// <summary>
/// Elementary and special functions of one number that System.Math lacks, or where .NET's version is wrong (<c>double.ExpM1</c> and
/// <c>double.LogP1</c> lose all digits near 0). Those with a <see cref="Vectorized{L}"/> form share its algorithm and its bits.
/// </summary>
/// <remarks>
/// What .NET has within 2 ulp stays with .NET: Exp, Log, Pow, Sin, Cos, Atan (1 ulp); Sinh, Cosh, Tanh, Asinh, Acosh, Atanh (2 ulp);
/// <see cref="double.Hypot"/> (1 ulp). Math.Cbrt has 3.
/// </remarks>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized{L}.ExpM1(L)"/>
    internal static double ExpM1(double x) => Vectorized<Lanes2>.ExpM1(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Exp2"/>
    internal static double Exp2(double x) => Vectorized<Lanes2>.Exp2(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.LogP1(L)"/>
    internal static double LogP1(double x) => Vectorized<Lanes2>.LogP1(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Cbrt"/>
    internal static double Cbrt(double x) => Vectorized<Lanes2>.Cbrt(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.LogAddExp"/>
    internal static double LogAddExp(double a, double b) => Vectorized<Lanes2>.LogAddExp(Lanes2.Constant(a), Lanes2.Constant(b))[0];

    /// <inheritdoc cref="Vectorized{L}.Sigmoid"/>
    internal static double Sigmoid(double x) => Vectorized<Lanes2>.Sigmoid(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.LogSigmoid"/>
    internal static double LogSigmoid(double x) => Vectorized<Lanes2>.LogSigmoid(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Softplus"/>
    internal static double Softplus(double x) => Vectorized<Lanes2>.Softplus(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Silu"/>
    internal static double Silu(double x) => Vectorized<Lanes2>.Silu(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Gelu"/>
    internal static double Gelu(double x) => Vectorized<Lanes2>.Gelu(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Erf"/>
    internal static double Erf(double x) => Vectorized<Lanes2>.Erf(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Erfc"/>
    internal static double Erfc(double x) => Vectorized<Lanes2>.Erfc(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.Erfcx"/>
    internal static double Erfcx(double x) => Vectorized<Lanes2>.Erfcx(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.NormalCdf"/>
    internal static double NormalCdf(double x) => Vectorized<Lanes2>.NormalCdf(Lanes2.Constant(x))[0];
}
