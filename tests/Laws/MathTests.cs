using AutoDiff.Tests.Tables;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Laws;

/// <summary>What users write, <c>Math.F(x)</c>, for every tabulated primitive, held to the tables in value and two orders of
/// derivatives.</summary>
public class MathTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (Func<Var, Var> Recorded, Func<double, double> Plain)> Unary = new()
    {
        ["abs"] = (Math.Abs, Math.Abs), ["acos"] = (Math.Acos, Math.Acos), ["acosh"] = (Math.Acosh, Math.Acosh),
            ["asin"] = (Math.Asin, Math.Asin),
        ["asinh"] = (Math.Asinh, Math.Asinh), ["atan"] = (Math.Atan, Math.Atan), ["atanh"] = (Math.Atanh, Math.Atanh),
        ["cbrt"] = (Math.Cbrt, Math.Cbrt), ["ceiling"] = (Math.Ceiling, Math.Ceiling), ["cos"] = (Math.Cos, Math.Cos),
            ["cosh"] = (Math.Cosh, Math.Cosh),
        ["digamma"] = (Math.Digamma, Math.Digamma), ["erf"] = (Math.Erf, Math.Erf), ["erfc"] = (Math.Erfc, Math.Erfc),
            ["exp"] = (Math.Exp, Math.Exp),
        ["exp10"] = (Math.Exp10, Math.Exp10), ["exp2"] = (Math.Exp2, Math.Exp2), ["expm1"] = (Math.ExpM1, Math.ExpM1),
            ["floor"] = (Math.Floor, Math.Floor),
        ["gelu"] = (Math.Gelu, Math.Gelu), ["log"] = (Math.Log, Math.Log), ["log10"] = (Math.Log10, Math.Log10),
            ["log1p"] = (Math.LogP1, Math.LogP1),
        ["log2"] = (Math.Log2, Math.Log2), ["loggamma"] = (Math.LogGamma, Math.LogGamma),
            ["lognormalcdf"] = (Math.LogNormalCdf, Math.LogNormalCdf),
        ["logsigmoid"] = (Math.LogSigmoid, Math.LogSigmoid), ["negate"] = (x => -x, x => -x),
            ["normalcdf"] = (Math.NormalCdf, Math.NormalCdf),
        ["reciprocal"] = (Math.Reciprocal, Math.Reciprocal), ["relu"] = (Math.Relu, Math.Relu), ["round"] = (Math.Round, Math.Round),
        ["sigmoid"] = (Math.Sigmoid, Math.Sigmoid), ["sign"] = (Math.Sign, x => Math.Sign(x)), ["silu"] = (Math.Silu, Math.Silu),
            ["sin"] = (Math.Sin, Math.Sin),
        ["sinh"] = (Math.Sinh, Math.Sinh), ["softplus"] = (Math.Softplus, Math.Softplus), ["sqrt"] = (Math.Sqrt, Math.Sqrt),
        ["square"] = (Math.Square, Math.Square), ["tan"] = (Math.Tan, Math.Tan), ["tanh"] = (Math.Tanh, Math.Tanh),
        ["trigamma"] = (Math.Trigamma, Math.Trigamma), ["truncate"] = (Math.Truncate, Math.Truncate),
    };

    private static readonly Dictionary<string, Func<Var, Var, Var>> Binary = new()
    {
        ["add"] = (x, y) => x + y, ["subtract"] = (x, y) => x - y, ["multiply"] = (x, y) => x * y, ["divide"] = (x, y) => x / y,
        ["atan2"] = Math.Atan2, ["copysign"] = Math.CopySign, ["hypot"] = Math.Hypot, ["logaddexp"] = Math.LogAddExp, ["max"] = Math.Max,
        ["min"] = Math.Min, ["pow"] = Math.Pow, ["remainder"] = (x, y) => x % y,
    };

    public static TheoryData<string> UnaryPrimitives => [.. ReferenceTable.Unary.Select(r => r.Primitive).Distinct()];

    public static TheoryData<string> BinaryPrimitives => [.. ReferenceTable.Binary.Select(r => r.Primitive).Distinct()];

    [Theory]
    [MemberData(nameof(UnaryPrimitives))]
    public void A_function_of_one_variable_is_tabulated(string primitive)
    {
        (Func<Var, Var> recorded, Func<double, double> plain) = Function(primitive);
        var verdict = new Verdict();
        foreach (UnaryRow row in ReferenceTable.UnaryOf(primitive))
        {
            Sample s = primitive.StartsWith("pow_c", StringComparison.Ordinal) ? RuleCatalog.PowSample(row) : Sample.Of(row);
            verdict.Value($"{s} plain", plain(row.X), s);
            Checks<Rules.Negate>.InModes(x => recorded(x[0]), [s], verdict);
        }
        Report(primitive, verdict);
    }

    [Theory]
    [MemberData(nameof(BinaryPrimitives))]
    public void A_function_of_two_variables_is_tabulated(string primitive)
    {
        Func<Var, Var, Var> f = Binary[primitive];
        var verdict = new Verdict();
        foreach (Sample s in RuleCatalog.SamplesOf(primitive))
        {
            Checks<Rules.Negate>.InModes(x => f(x[0], x[1]), [s], verdict);
            Checks<Rules.Negate>.InModes(x => f(x[0], s.X[1]), [s.Section(0)], verdict);
            Checks<Rules.Negate>.InModes(x => f(s.X[0], x[0]), [s.Section(1)], verdict);
        }
        Report(primitive, verdict);
    }

    [Fact]
    public void A_fused_multiply_add_is_tabulated()
    {
        var verdict = new Verdict();
        foreach (TernaryRow r in ReferenceTable.TernaryOf("fma"))
        {
            double[] x = [r.X, r.Y, r.Z];
            Sample s = new(x, r.Value, [r.Fx, r.Fy, r.Fz],
                new[,] { { r.Fxx, r.Fxy, r.Fxz }, { r.Fxy, r.Fyy, r.Fyz }, { r.Fxz, r.Fyz, r.Fzz } });
            Checks<Rules.Negate>.InModes(v => Math.FusedMultiplyAdd(v[0], v[1], v[2]), [s], verdict);
            Checks<Rules.Negate>.InModes(v => Math.FusedMultiplyAdd(v[0], r.Y, r.Z), [s.Section(0)], verdict);
            Checks<Rules.Negate>.InModes(v => Math.FusedMultiplyAdd(r.X, v[0], r.Z), [s.Section(1)], verdict);
            Checks<Rules.Negate>.InModes(v => Math.FusedMultiplyAdd(r.X, r.Y, v[0]), [s.Section(2)], verdict);
            Math.FusedMultiplyAdd((Var)r.X, r.Y, r.Z).Value.ShouldBe(r.Value);
        }
        Report("fma", verdict);
    }

    [Fact]
    public void Small_whole_powers_agree_with_the_power_function()
    {
        var verdict = new Verdict();
        foreach (double c in new[] { -2.0, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8 })
        {
            foreach (double x in new[] { -3.7, -1, -0.2, 0.3, 1, 2.9 })
            {
                double d = c * Math.Pow(x, c - 1), e = c * (c - 1) * Math.Pow(x, c - 2);
                Sample s = new([x], Math.Pow(x, c), [d], new[,] { { e } });
                Checks<Rules.Negate>.InModes(v => Math.Pow(v[0], c), [s], verdict);
                Checks<Rules.Negate>.InModes(v => Math.Pow(v[0], (Var)c), [s], verdict);
            }
        }
        Report("whole powers", verdict);
    }

    private static (Func<Var, Var>, Func<double, double>) Function(string primitive)
    {
        if (Unary.TryGetValue(primitive, out var known))
            return known;
        string[] parts = primitive.Split(':');
        double c = ReferenceTable.Number(parts[1]);
        return parts[0] == "pow_c" ? (x => Math.Pow(x, c), x => Math.Pow(x, c)) : (x => Math.Pow(c, x), x => Math.Pow(c, x));
    }

    private void Report(string primitive, Verdict verdict)
    {
        output.WriteLine($"{primitive}: worst errors {verdict.Worst[0]:E1} {verdict.Worst[1]:E1} {verdict.Worst[2]:E1}");
        verdict.Faults.ShouldBeEmpty(
            $"{verdict.Faults.Count} faults of {primitive}, such as\n{string.Join('\n', verdict.Faults.Take(12))}\n");
    }
}
