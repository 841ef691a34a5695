using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <summary>
/// Elementary and special functions of one number that System.Math lacks, or where .NET's version is wrong (<c>double.ExpM1</c> and
/// <c>double.LogP1</c> lose all digits near 0). Those with a <see cref="Vectorized"/> form share its algorithm and its bits.
/// </summary>
/// <remarks>
/// What .NET has within 2 ulp stays with .NET: Exp, Log, Pow, Sin, Cos, Atan (1 ulp); Sinh, Cosh, Tanh, Asinh, Acosh, Atanh (2 ulp);
/// <see cref="double.Hypot"/> (1 ulp). Math.Cbrt has 3.
/// </remarks>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized.ExpM1(Vector512{double})"/>
    internal static double ExpM1(double x) => Vectorized.ExpM1(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Exp2"/>
    internal static double Exp2(double x) => Vectorized.Exp2(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.LogP1(Vector512{double})"/>
    internal static double LogP1(double x) => Vectorized.LogP1(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Cbrt"/>
    internal static double Cbrt(double x) => Vectorized.Cbrt(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.LogAddExp"/>
    internal static double LogAddExp(double a, double b) => Vectorized.LogAddExp(Vector512.Create(a), Vector512.Create(b)).ToScalar();

    /// <inheritdoc cref="Vectorized.Sigmoid"/>
    internal static double Sigmoid(double x) => Vectorized.Sigmoid(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.LogSigmoid"/>
    internal static double LogSigmoid(double x) => Vectorized.LogSigmoid(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Softplus"/>
    internal static double Softplus(double x) => Vectorized.Softplus(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Silu"/>
    internal static double Silu(double x) => Vectorized.Silu(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Gelu"/>
    internal static double Gelu(double x) => Vectorized.Gelu(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Erf"/>
    internal static double Erf(double x) => Vectorized.Erf(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Erfc"/>
    internal static double Erfc(double x) => Vectorized.Erfc(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.Erfcx"/>
    internal static double Erfcx(double x) => Vectorized.Erfcx(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.NormalCdf"/>
    internal static double NormalCdf(double x) => Vectorized.NormalCdf(Vector512.Create(x)).ToScalar();
}
