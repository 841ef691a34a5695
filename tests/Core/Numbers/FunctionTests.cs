using System.Numerics;
using AutoDiff.Hvp;
using AutoDiff.Tests.Laws;
using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.NumberTypes;

/// <summary>Every function, in each of its spellings and number types, against the multiprecision tables.</summary>
public class FunctionTests
{
    public static TheoryData<string> Spelled => [.. SpelledNames.Split(' ')];

    public static TheoryData<string> InNumberInterfaces => [.. InterfaceNames.Split(' ')];

    public static TheoryData<string> OfTwo => ["pow", "atan2", "hypot", "logaddexp", "max", "min", "copysign"];

    private const string SpelledNames =
        "abs acos acosh asin asinh atan atanh cbrt ceiling cos cosh exp floor log log10 log2 round sign sin sinh sqrt tan tanh truncate "
        + "digamma erf erfc exp10 exp2 expm1 gelu loggamma lognormalcdf log1p logsigmoid normalcdf relu sigmoid silu softplus square reciprocal trigamma";

    private const string InterfaceNames =
        "abs acos acosh asin asinh atan atanh cbrt cos cosh exp exp10 exp2 expm1 log log10 log1p log2 sin sinh sqrt tan tanh";

    private static T Math1<T>(string name, T x) where T : struct, IScalar<T> => name switch
    {
        "abs" => Math.Abs(x), "acos" => Math.Acos(x), "acosh" => Math.Acosh(x),
        "asin" => Math.Asin(x), "asinh" => Math.Asinh(x), "atan" => Math.Atan(x),
        "atanh" => Math.Atanh(x), "cbrt" => Math.Cbrt(x), "ceiling" => Math.Ceiling(x),
        "cos" => Math.Cos(x), "cosh" => Math.Cosh(x), "exp" => Math.Exp(x),
        "floor" => Math.Floor(x), "log" => Math.Log(x), "log10" => Math.Log10(x),
        "log2" => Math.Log2(x), "round" => Math.Round(x), "sign" => Math.Sign(x),
        "sin" => Math.Sin(x), "sinh" => Math.Sinh(x), "sqrt" => Math.Sqrt(x),
        "tan" => Math.Tan(x), "tanh" => Math.Tanh(x), "truncate" => Math.Truncate(x),
        "digamma" => Math.Digamma(x), "erf" => Math.Erf(x), "erfc" => Math.Erfc(x),
        "exp10" => Math.Exp10(x), "exp2" => Math.Exp2(x), "expm1" => Math.ExpM1(x),
        "gelu" => Math.Gelu(x), "loggamma" => Math.LogGamma(x), "lognormalcdf" => Math.LogNormalCdf(x), "log1p" => Math.LogP1(x),
        "logsigmoid" => Math.LogSigmoid(x), "normalcdf" => Math.NormalCdf(x),
        "relu" => Math.Relu(x), "sigmoid" => Math.Sigmoid(x), "silu" => Math.Silu(x),
        "softplus" => Math.Softplus(x), "square" => Math.Square(x), "reciprocal" => Math.Reciprocal(x), "trigamma" => Math.Trigamma(x),
        _ => throw new KeyNotFoundException(name),
    };

    private static T Interface1<T>(string name, T x)
        where T : INumber<T>, IExponentialFunctions<T>, ILogarithmicFunctions<T>, IRootFunctions<T>, ITrigonometricFunctions<T>,
            IHyperbolicFunctions<T> => name switch
    {
        "abs" => T.Abs(x), "acos" => T.Acos(x), "acosh" => T.Acosh(x),
        "asin" => T.Asin(x), "asinh" => T.Asinh(x), "atan" => T.Atan(x), "atanh" => T.Atanh(x),
        "cbrt" => T.Cbrt(x), "cos" => T.Cos(x), "cosh" => T.Cosh(x),
        "exp" => T.Exp(x), "exp10" => T.Exp10(x), "exp2" => T.Exp2(x), "expm1" => T.ExpM1(x),
        "log" => T.Log(x), "log10" => T.Log10(x), "log1p" => T.LogP1(x),
        "log2" => T.Log2(x), "sin" => T.Sin(x), "sinh" => T.Sinh(x), "sqrt" => T.Sqrt(x),
        "tan" => T.Tan(x), "tanh" => T.Tanh(x),
        _ => throw new KeyNotFoundException(name),
    };

    private static T Math2<T>(string name, T x, T y) where T : struct, IScalar<T> => name switch
    {
        "pow" => Math.Pow(x, y), "atan2" => Math.Atan2(x, y),
        "hypot" => Math.Hypot(x, y), "logaddexp" => Math.LogAddExp(x, y), "max" => Math.Max(x, y),
        "min" => Math.Min(x, y), "copysign" => Math.CopySign(x, y),
        _ => throw new KeyNotFoundException(name),
    };

    [Theory]
    [MemberData(nameof(Spelled))]
    public void Functions_of_Math(string name) =>
        Judge(name, x => Math1(name, x), x => Math1(name, x), x => Math1(name, x[0]));

    [Theory]
    [MemberData(nameof(InNumberInterfaces))]
    public void Functions_of_the_number_interfaces(string name) =>
        Judge(name, x => Interface1(name, x), x => Interface1(name, x), x => Math1(name, x[0]), x => Interface1(name, x));

    [Theory]
    [MemberData(nameof(OfTwo))]
    public void Functions_of_two(string name)
    {
        var verdict = new Verdict();
        foreach (BinaryRow row in ReferenceTable.BinaryOf(name))
        {
            Sample s = Sample.Of(row);
            double[] xy = [row.X, row.Y];
            double[] gradient = new double[2];
            double value = Forward.Gradient(x => Math2(name, x[0], x[1]), xy, gradient);
            verdict.Value($"{s} eight tangents", value, s);
            for (int i = 0; i < 2; i++)
            {
                verdict.First($"{s} eight tangents", i, gradient[i], s);
                double[] unit = [1 - i, i];
                verdict.First($"{s} dual", i, Forward.DirectionalDerivative(x => Math2(name, x[0], x[1]), xy, unit).Derivative, s);
            }
            verdict.First($"{s} dual, constant of double", 0, Forward.Derivative(x => ByConstant(name, x, row.Y), row.X), s);
            verdict.First($"{s} dual, constant of double", 1, Forward.Derivative(y => OfConstant(name, row.X, y), row.Y), s);
        }
        verdict.Faults.ShouldBeEmpty();

        static Dual<double> ByConstant(string name, Dual<double> x, double y) => name switch
        {
            "pow" => Math.Pow(x, y), "atan2" => Math.Atan2(x, y),
            "hypot" => Math.Hypot(x, y), "logaddexp" => Math.LogAddExp(x, y), "max" => Math.Max(x, y),
            "min" => Math.Min(x, y), _ => Math.CopySign(x, y),
        };
        static Dual<double> OfConstant(string name, double x, Dual<double> y) => name switch
        {
            "pow" => Math.Pow(x, y), "atan2" => Math.Atan2(x, y),
            "hypot" => Math.Hypot(x, y), "logaddexp" => Math.LogAddExp(x, y), "max" => Math.Max(x, y),
            "min" => Math.Min(x, y), _ => Math.CopySign(x, y),
        };
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Constant_powers(double c) =>
        Judge($"pow_c:{c}", x => Math.Pow(x, c), x => Math.Pow(x, c), x => Math.Pow(x[0], c));

    /// <summary>x² underflows where x⁻² and its derivatives overflow: none of them is NaN.</summary>
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-170)]
    [InlineData(-1e-300)]
    public void An_inverse_square_next_to_zero(double x)
    {
        (double, double, double) expected =
            (double.PositiveInfinity, -double.CopySign(double.PositiveInfinity, x), double.PositiveInfinity);
        Forward.ValueAndDerivatives(v => Math.Pow(v, -2), x).ShouldBe(expected);
        foreach (Objective f in new[] { Objective.Of(v => Math.Pow(v[0], -2)), Objective.Of(v => Math.Pow(v, -2)[0]),
            Objective.Of(v => Math.Pow(v.AsColumn(), -2)[0, 0]) })
            (f.Value([x]), f.Gradient([x])[0], f.Hvp([x], [1])[0]).ShouldBe(expected);
    }

    public static TheoryData<string> OnlyInNumberInterfaces =>
    [
        "SinPi", "CosPi", "TanPi", "AsinPi", "AcosPi", "AtanPi", "Exp2M1", "Exp10M1", "Log2P1", "Log10P1", "RootN 5", "RootN 4", "RootN 3",
            "RootN 2",
        "RootN 1", "RootN -3", "Log base", "Pow", "Hypot", "SinCos", "SinCosPi", "DegreesToRadians", "RadiansToDegrees", "Constants",
    ];

    private static T Interface2<T>(string name, T x)
        where T : INumber<T>, IExponentialFunctions<T>, ILogarithmicFunctions<T>, IPowerFunctions<T>,
        IRootFunctions<T>, ITrigonometricFunctions<T> => name switch
    {
        "SinPi" => T.SinPi(x), "CosPi" => T.CosPi(x), "TanPi" => T.TanPi(x),
        "AsinPi" => T.AsinPi(x), "AcosPi" => T.AcosPi(x), "AtanPi" => T.AtanPi(x),
        "Exp2M1" => T.Exp2M1(x), "Exp10M1" => T.Exp10M1(x), "Log2P1" => T.Log2P1(x), "Log10P1" => T.Log10P1(x),
        "RootN 5" => T.RootN(x, 5), "RootN 4" => T.RootN(x, 4), "RootN 3" => T.RootN(x, 3), "RootN 2" => T.RootN(x, 2),
        "RootN 1" => T.RootN(x, 1), "RootN -3" => T.RootN(x, -3),
        "Log base" => T.Log(T.E + x, x + x), "Pow" => T.Pow(x + x, x), "Hypot" => T.Hypot(x, T.One),
        "SinCos" => T.SinCos(x).Sin * T.SinCos(x).Cos, "SinCosPi" => T.SinCosPi(x).SinPi + T.SinCosPi(x).CosPi,
        "DegreesToRadians" => T.DegreesToRadians(x), "RadiansToDegrees" => T.RadiansToDegrees(x),
        "Constants" => x * (T.E + T.Pi * T.Tau),
        _ => throw new KeyNotFoundException(name),
    };

    /// <summary>Values after .NET's own functions of double, slopes by differences of these.</summary>
    [Theory]
    [MemberData(nameof(OnlyInNumberInterfaces))]
    public void Functions_that_only_the_number_interfaces_have(string name)
    {
        foreach (double x in (double[])[-0.9, -0.3, -0.01, 0.01, 0.3, 0.7, 0.95])
        {
            const double h = 1e-3;
            double expected = Interface2(name, x);
            (double value, double slope) = Forward.ValueAndDerivative(v => Interface2(name, v), x);
            (double nested, double first, double second) = Forward.ValueAndDerivatives(v => Interface2(name, v), x);
            Objective f = Objective.Of(v => Interface2(name, v[0]));
            if (double.IsNaN(expected))
            {
                new[] { value, nested, f.Value([x]) }.ShouldAllBe(v => double.IsNaN(v), $"{name}({x})");
                continue;
            }
            value.ShouldBe(expected, 1e-15 * Math.Max(1, Math.Abs(expected)), $"{name}({x})");
            nested.ShouldBe(value);
            f.Value([x]).ShouldBe(value);
            first.ShouldBe(slope, 1e-14 * Math.Abs(slope));
            f.Gradient([x])[0].ShouldBe(slope, 1e-14 * Math.Abs(slope));
            if (Math.Abs(x) is < 0.1 or > 0.9)
                continue;
            slope.ShouldBe(Difference(v => Interface2(name, v), x), 1e-8 * Math.Max(1, Math.Abs(slope)), $"{name}′({x})");
            second.ShouldBe(Difference(v => Forward.Derivative(t => Interface2(name, t), v), x), 1e-7 * Math.Max(1, Math.Abs(second)),
                $"{name}″({x})");

            // Of sixth order.
            static double Difference(Func<double, double> f, double x) =>
                (45 * (f(x + h) - f(x - h)) - 9 * (f(x + 2 * h) - f(x - 2 * h)) + f(x + 3 * h) - f(x - 3 * h)) / (60 * h);
        }
        double.IsNaN(Interface2("RootN 4", (Dual<double>)(-1)).Primal).ShouldBeTrue();
    }

    private static void Judge(
        string name, Func<Dual<double>, Dual<double>> once, Func<Dual<Dual<double>>, Dual<Dual<double>>> twice,
        Func<MultiDual[], MultiDual> eight, Func<Var, Var>? recorded = null)
    {
        var verdict = new Verdict();
        double[] gradient = new double[1];
        foreach (UnaryRow row in ReferenceTable.UnaryOf(name))
        {
            Sample s = Sample.Of(row);
            (double value, double first) = Forward.ValueAndDerivative(once, row.X);
            verdict.Value($"{s} dual", value, s);
            verdict.First($"{s} dual", 0, first, s);
            (value, first, double second) = Forward.ValueAndDerivatives(twice, row.X);
            verdict.Value($"{s} nested dual", value, s);
            verdict.First($"{s} nested dual", 0, first, s);
            verdict.Second($"{s} nested dual", 0, 0, second, s);
            verdict.Value($"{s} eight tangents", Forward.Gradient(eight, [row.X], gradient), s);
            verdict.First($"{s} eight tangents", 0, gradient[0], s);
            if (recorded is null)
                continue;
            Objective f = Objective.Of(x => recorded(x[0]));
            verdict.Value($"{s} recorded", f.Value([row.X]), s);
            verdict.First($"{s} recorded", 0, f.Gradient([row.X])[0], s);
        }
        verdict.Faults.ShouldBeEmpty();
    }
}
