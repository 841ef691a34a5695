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
        ["tan"] = One(Math.Tan, 1),
        ["sinpi"] = One(double.SinPi, 2),
        ["cospi"] = One(double.CosPi, 2),
        ["asin"] = One(Math.Asin, 1),
        ["acos"] = One(Math.Acos, 1),
        ["atan2"] = (Math.Atan2, 1),
        ["log2"] = One(Math.Log2, 1),
        ["log10"] = One(Math.Log10, 2),
        ["exp10"] = One(x => Math.Pow(10, x), 1),
        ["cbrt"] = One(SpecialFunctions.Cbrt, 1),
        ["sigmoid"] = One(SpecialFunctions.Sigmoid, 2),
        ["logsigmoid"] = One(SpecialFunctions.LogSigmoid, 1),
        ["softplus"] = One(SpecialFunctions.Softplus, 1),
        ["silu"] = One(SpecialFunctions.Silu, 2),
        ["gelu"] = One(SpecialFunctions.Gelu, 1),
        ["erf"] = One(SpecialFunctions.Erf, 2),
        ["erfc"] = One(SpecialFunctions.Erfc, 1),
        ["erfcx"] = One(SpecialFunctions.Erfcx, 1),
        ["normalcdf"] = One(SpecialFunctions.NormalCdf, 2),
        ["lognormalcdf"] = One(SpecialFunctions.LogNormalCdf, 2),
        ["inversemills"] = One(SpecialFunctions.InverseMillsRatio, 2),
        ["loggamma"] = One(SpecialFunctions.LogGamma, 2),
        ["digamma"] = One(SpecialFunctions.Digamma, 2),
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
        ["tan"] = One(Vectorized.Tan, 2),
        ["sinpi"] = One(Vectorized.SinPi, 1),
        ["cospi"] = One(Vectorized.CosPi, 1),
        ["asin"] = One(Vectorized.Asin, 2),
        ["acos"] = One(Vectorized.Acos, 2),
        ["asinh"] = One(Vectorized.Asinh, 2),
        ["acosh"] = One(Vectorized.Acosh, 2),
        ["atanh"] = One(Vectorized.Atanh, 2),
        ["atan2"] = (Vectorized.Atan2, 2),
        ["log2"] = One(Vectorized.Log2, 1),
        ["log10"] = One(Vectorized.Log10, 1),
        ["exp10"] = One(Vectorized.Exp10, 1),
        ["hypot"] = (Vectorized.Hypot, 1),
        ["pow"] = (Vectorized.Pow, 1),
        ["cbrt"] = One(Vectorized.Cbrt, 1),
        ["sigmoid"] = One(Vectorized.Sigmoid, 2),
        ["logsigmoid"] = One(Vectorized.LogSigmoid, 1),
        ["softplus"] = One(Vectorized.Softplus, 1),
        ["silu"] = One(Vectorized.Silu, 2),
        ["gelu"] = One(Vectorized.Gelu, 1),
        ["erf"] = One(Vectorized.Erf, 2),
        ["erfc"] = One(Vectorized.Erfc, 1),
        ["erfcx"] = One(Vectorized.Erfcx, 1),
        ["normalcdf"] = One(Vectorized.NormalCdf, 2),
        ["lognormalcdf"] = One(Vectorized.LogNormalCdf, 2),
        ["inversemills"] = One(Vectorized.InverseMillsRatio, 2),
        ["loggamma"] = One(Vectorized.LogGamma, 2),
        ["digamma"] = One(Vectorized.Digamma, 2),
        ["logaddexp"] = (Vectorized.LogAddExp, 2),
    };

    /// <summary>Functions whose scalar form is the vector algorithm, hence equal to it in every bit.</summary>
    internal static readonly string[] Shared =
    [
        "expm1", "exp2", "logp1", "cbrt", "sigmoid", "logsigmoid", "softplus", "silu", "gelu", "erf", "erfc", "erfcx", "normalcdf",
        "logaddexp", "lognormalcdf", "inversemills", "loggamma", "digamma",
    ];

    private static (Func<double, double, double>, double) One(Func<double, double> f, double bound) => ((x, _) => f(x), bound);

    private static (Func<Numbers, Numbers, Numbers>, double) One(Func<Numbers, Numbers> f, double bound) => ((x, _) => f(x), bound);
}
