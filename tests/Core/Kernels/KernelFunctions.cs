using AutoDiff.Kernels;
using Numbers = AutoDiff.Engine.Lanes8;

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
        ["exp"] = Wide(Numbers.Exp, 1),
        ["expm1"] = Wide(Numbers.ExpM1, 1),
        ["exp2"] = Wide(Numbers.Exp2, 1),
        ["log"] = Wide(Numbers.Log, 1),
        ["logp1"] = Wide(Numbers.LogP1, 1),
        ["sinh"] = Wide(Numbers.Sinh, 2),
        ["cosh"] = Wide(Numbers.Cosh, 2),
        ["tanh"] = Wide(Numbers.Tanh, 2),
        ["atan"] = Wide(Numbers.Atan, 2),
        ["sin"] = Wide(Numbers.Sin, 1),
        ["cos"] = Wide(Numbers.Cos, 1),
        ["tan"] = Wide(Numbers.Tan, 2),
        ["sinpi"] = Wide(Numbers.SinPi, 1),
        ["cospi"] = Wide(Numbers.CosPi, 1),
        ["asin"] = Wide(Numbers.Asin, 2),
        ["acos"] = Wide(Numbers.Acos, 2),
        ["asinh"] = Wide(Numbers.Asinh, 2),
        ["acosh"] = Wide(Numbers.Acosh, 2),
        ["atanh"] = Wide(Numbers.Atanh, 2),
        ["atan2"] = (Numbers.Atan2, 2),
        ["log2"] = Wide(Numbers.Log2, 1),
        ["log10"] = Wide(Numbers.Log10, 1),
        ["exp10"] = Wide(Numbers.Exp10, 1),
        ["hypot"] = (Numbers.Hypot, 1),
        ["pow"] = (Numbers.Pow, 1),
        ["cbrt"] = Wide(Numbers.Cbrt, 1),
        ["sigmoid"] = Wide(Numbers.Sigmoid, 2),
        ["logsigmoid"] = Wide(Numbers.LogSigmoid, 1),
        ["softplus"] = Wide(Numbers.Softplus, 1),
        ["silu"] = Wide(Numbers.Silu, 2),
        ["gelu"] = Wide(Numbers.Gelu, 1),
        ["erf"] = Wide(Numbers.Erf, 2),
        ["erfc"] = Wide(Numbers.Erfc, 1),
        ["erfcx"] = Wide(Numbers.Erfcx, 1),
        ["normalcdf"] = Wide(Numbers.NormalCdf, 2),
        ["lognormalcdf"] = Wide(Numbers.LogNormalCdf, 2),
        ["inversemills"] = Wide(Numbers.InverseMillsRatio, 2),
        ["loggamma"] = Wide(Numbers.LogGamma, 2),
        ["digamma"] = Wide(Numbers.Digamma, 2),
        ["logaddexp"] = (Numbers.LogAddExp, 2),
    };

    /// <summary>Functions whose scalar form is the vector algorithm, hence equal to it in every bit.</summary>
    internal static readonly string[] Shared =
    [
        "expm1", "exp2", "logp1", "cbrt", "sigmoid", "logsigmoid", "softplus", "silu", "gelu", "erf", "erfc", "erfcx", "normalcdf",
        "logaddexp", "lognormalcdf", "inversemills", "loggamma", "digamma",
    ];

    private static (Func<double, double, double>, double) One(Func<double, double> f, double bound) => ((x, _) => f(x), bound);

    private static (Func<Numbers, Numbers, Numbers>, double) Wide(Func<Numbers, Numbers> f, double bound) => ((x, _) => f(x), bound);
}
