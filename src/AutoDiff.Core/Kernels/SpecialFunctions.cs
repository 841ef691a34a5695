using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <summary>
/// Elementary and special functions of one number that System.Math lacks, or where .NET's version is wrong (<c>double.ExpM1</c> and
/// <c>double.LogP1</c> lose all digits near 0). Those with a <see cref="Vectorized2"/> form share its algorithm and its bits.
/// </summary>
/// <remarks>
/// What .NET has within 2 ulp stays with .NET: Exp, Log, Pow, Sin, Cos, Atan (1 ulp); Sinh, Cosh, Tanh, Asinh, Acosh, Atanh (2 ulp);
/// <see cref="double.Hypot"/> (1 ulp). Math.Cbrt has 3.
/// </remarks>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized2.ExpM1(Vector128{double})"/>
    internal static double ExpM1(double x) => Vectorized2.ExpM1(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Exp2"/>
    internal static double Exp2(double x) => Vectorized2.Exp2(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.LogP1(Vector128{double})"/>
    internal static double LogP1(double x) => Vectorized2.LogP1(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Cbrt"/>
    internal static double Cbrt(double x) => Vectorized2.Cbrt(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.LogAddExp"/>
    internal static double LogAddExp(double a, double b) => Vectorized2.LogAddExp(Vector128.Create(a), Vector128.Create(b)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Sigmoid"/>
    internal static double Sigmoid(double x) => Vectorized2.Sigmoid(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.LogSigmoid"/>
    internal static double LogSigmoid(double x) => Vectorized2.LogSigmoid(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Softplus"/>
    internal static double Softplus(double x) => Vectorized2.Softplus(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Silu"/>
    internal static double Silu(double x) => Vectorized2.Silu(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Gelu"/>
    internal static double Gelu(double x) => Vectorized2.Gelu(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Erf"/>
    internal static double Erf(double x) => Vectorized2.Erf(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Erfc"/>
    internal static double Erfc(double x) => Vectorized2.Erfc(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.Erfcx"/>
    internal static double Erfcx(double x) => Vectorized2.Erfcx(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.NormalCdf"/>
    internal static double NormalCdf(double x) => Vectorized2.NormalCdf(Vector128.Create(x)).ToScalar();
}
