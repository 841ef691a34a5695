using AutoDiff.Kernels;
using Numbers = System.Runtime.Intrinsics.Vector512<double>;

namespace AutoDiff.Tests.Kernels;

/// <summary>The functions under test by their name in the table, with the error allowed, in ulps.</summary>
internal static class KernelFunctions
{
    internal static readonly Dictionary<string, (Func<double, double, double> Function, double Bound)> Scalar = new()
    {
        ["exp"] = One(Math.Exp, 1),
        ["expm1"] = One(SpecialFunctions.ExpM1, 1),
        ["exp2"] = One(SpecialFunctions.Exp2, 1),
        ["log"] = One(Math.Log, 1),
        ["logp1"] = One(SpecialFunctions.LogP1, 1),
        ["sinh"] = One(Math.Sinh, 2),
        ["cosh"] = One(Math.Cosh, 2),
        ["tanh"] = One(Math.Tanh, 2),
        ["asinh"] = One(Math.Asinh, 2),
        ["acosh"] = One(Math.Acosh, 2),
        ["atanh"] = One(Math.Atanh, 2),
        ["atan"] = One(Math.Atan, 1),
        ["sin"] = One(Math.Sin, 1),
        ["cos"] = One(Math.Cos, 1),
        ["cbrt"] = One(SpecialFunctions.Cbrt, 1),
        ["sigmoid"] = One(SpecialFunctions.Sigmoid, 2),
        ["logsigmoid"] = One(SpecialFunctions.LogSigmoid, 2),
        ["softplus"] = One(SpecialFunctions.Softplus, 2),
        ["silu"] = One(SpecialFunctions.Silu, 3),
        ["gelu"] = One(SpecialFunctions.Gelu, 3),
        ["erf"] = One(SpecialFunctions.Erf, 2),
        ["erfc"] = One(SpecialFunctions.Erfc, 3),
        ["erfcx"] = One(SpecialFunctions.Erfcx, 3),
        ["normalcdf"] = One(SpecialFunctions.NormalCdf, 3),
        ["lognormalcdf"] = One(SpecialFunctions.LogNormalCdf, 3),
        ["inversemills"] = One(SpecialFunctions.InverseMillsRatio, 4),
        ["loggamma"] = One(SpecialFunctions.LogGamma, 3),
        ["digamma"] = One(SpecialFunctions.Digamma, 3),
        ["polygamma"] = ((x, n) => SpecialFunctions.Polygamma((int)n, x), 4),
        ["logaddexp"] = (SpecialFunctions.LogAddExp, 2),
        ["hypot"] = (double.Hypot, 1),
        ["pow"] = (Math.Pow, 1),
    };

    internal static readonly Dictionary<string, (Func<Numbers, Numbers, Numbers> Function, double Bound)> Lanes = new()
    {
        ["exp"] = One(Vectorized.Exp, 1),
        ["expm1"] = One(Vectorized.ExpM1, 1),
        ["exp2"] = One(Vectorized.Exp2, 1),
        ["log"] = One(Vectorized.Log, 1),
        ["logp1"] = One(Vectorized.LogP1, 1),
        ["sinh"] = One(Vectorized.Sinh, 2),
        ["cosh"] = One(Vectorized.Cosh, 2),
        ["tanh"] = One(Vectorized.Tanh, 2),
        ["atan"] = One(Vectorized.Atan, 2),
        ["sin"] = One(Vectorized.Sin, 1),
        ["cos"] = One(Vectorized.Cos, 1),
        ["pow"] = (Vectorized.Pow, 1),
        ["cbrt"] = One(Vectorized.Cbrt, 1),
        ["sigmoid"] = One(Vectorized.Sigmoid, 2),
        ["logsigmoid"] = One(Vectorized.LogSigmoid, 2),
        ["softplus"] = One(Vectorized.Softplus, 2),
        ["silu"] = One(Vectorized.Silu, 3),
        ["gelu"] = One(Vectorized.Gelu, 3),
        ["erf"] = One(Vectorized.Erf, 2),
        ["erfc"] = One(Vectorized.Erfc, 3),
        ["erfcx"] = One(Vectorized.Erfcx, 3),
        ["normalcdf"] = One(Vectorized.NormalCdf, 3),
        ["logaddexp"] = (Vectorized.LogAddExp, 2),
    };

    /// <summary>Functions whose scalar form is the vector algorithm, hence equal to it in every bit.</summary>
    internal static readonly string[] Shared =
    [
        "expm1", "exp2", "logp1", "cbrt", "sigmoid", "logsigmoid", "softplus", "silu", "gelu", "erf", "erfc", "erfcx", "normalcdf",
        "logaddexp",
    ];

    private static (Func<double, double, double>, double) One(Func<double, double> f, double bound) => ((x, _) => f(x), bound);

    private static (Func<Numbers, Numbers, Numbers>, double) One(Func<Numbers, Numbers> f, double bound) => ((x, _) => f(x), bound);
}
