using AutoDiff.Engine;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Kernels;

public class KernelSpecialValueTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN, Max = double.MaxValue, Tiny = double.Epsilon;

    /// <summary>Function, argument, value to the bit (the sign of zero included).</summary>
    public static TheoryData<string, double, double> Values => new()
    {
        { "exp", Inf, Inf }, { "exp", -Inf, 0 }, { "exp", 0, 1 }, { "exp", -0.0, 1 },
        { "expm1", Inf, Inf }, { "expm1", -Inf, -1 }, { "expm1", 0, 0 }, { "expm1", -0.0, -0.0 }, { "expm1", -Tiny, -Tiny },
        { "exp2", Inf, Inf }, { "exp2", -Inf, 0 }, { "exp2", 0, 1 }, { "exp2", 1023, 8.98846567431158e307 }, { "exp2", -1074, Tiny },
        { "log", Inf, Inf }, { "log", 0, -Inf }, { "log", -0.0, -Inf }, { "log", -1, NaN }, { "log", -Inf, NaN }, { "log", 1, 0 },
        { "logp1", Inf, Inf }, { "logp1", -1, -Inf }, { "logp1", -1.5, NaN }, { "logp1", -Inf, NaN },
        { "logp1", 0, 0 }, { "logp1", -0.0, -0.0 },
        { "sinh", Inf, Inf }, { "sinh", -Inf, -Inf }, { "sinh", -0.0, -0.0 }, { "sinh", Tiny, Tiny }, { "sinh", Max, Inf },
        { "cosh", Inf, Inf }, { "cosh", -Inf, Inf }, { "cosh", 0, 1 }, { "cosh", -Max, Inf },
        { "tanh", Inf, 1 }, { "tanh", -Inf, -1 }, { "tanh", -0.0, -0.0 }, { "tanh", Tiny, Tiny }, { "tanh", Max, 1 },
        { "atan", Inf, Math.PI / 2 }, { "atan", -Inf, -Math.PI / 2 }, { "atan", -0.0, -0.0 }, { "atan", Tiny, Tiny },
        { "sin", Inf, NaN }, { "sin", -Inf, NaN }, { "sin", -0.0, -0.0 }, { "sin", Tiny, Tiny }, { "cos", Inf, NaN }, { "cos", -0.0, 1 },
        { "tan", Inf, NaN }, { "tan", -Inf, NaN }, { "tan", -0.0, -0.0 }, { "tan", 0, 0 }, { "tan", -Tiny, -Tiny },
        { "sinpi", Inf, NaN }, { "sinpi", -Inf, NaN }, { "sinpi", -0.0, -0.0 }, { "sinpi", 1, 0 }, { "sinpi", -1, -0.0 }, { "sinpi", 2, 0 },
        { "sinpi", -2, -0.0 }, { "sinpi", 0.5, 1 }, { "sinpi", 1.5, -1 }, { "sinpi", Max, 0 }, { "sinpi", -Max, -0.0 },
        { "cospi", Inf, NaN }, { "cospi", -0.0, 1 }, { "cospi", 0.5, 0 }, { "cospi", 1.5, 0 }, { "cospi", -2.5, 0 }, { "cospi", 1, -1 },
        { "cospi", -3, -1 }, { "cospi", Max, 1 }, { "cospi", 9007199254740991, -1 },
        { "asin", 1, Math.PI / 2 }, { "asin", -1, -Math.PI / 2 }, { "asin", 1.0000000000000002, NaN }, { "asin", -Inf, NaN },
        { "asin", -0.0, -0.0 }, { "asin", Tiny, Tiny },
        { "acos", 1, 0 }, { "acos", -1, Math.PI }, { "acos", 0, Math.PI / 2 }, { "acos", -0.0, Math.PI / 2 },
            { "acos", -1.0000000000000002, NaN },
        { "acos", Inf, NaN },
        { "asinh", Inf, Inf }, { "asinh", -Inf, -Inf }, { "asinh", -0.0, -0.0 }, { "asinh", Tiny, Tiny },
        { "acosh", Inf, Inf }, { "acosh", 1, 0 }, { "acosh", 0.9999999999999999, NaN }, { "acosh", -3, NaN }, { "acosh", -Inf, NaN },
        { "atanh", 1, Inf }, { "atanh", -1, -Inf }, { "atanh", 1.0000000000000002, NaN }, { "atanh", -3, NaN }, { "atanh", -Inf, NaN },
        { "atanh", -0.0, -0.0 }, { "atanh", Tiny, Tiny },
        { "log2", Inf, Inf }, { "log2", 0, -Inf }, { "log2", -0.0, -Inf }, { "log2", -1, NaN }, { "log2", 1, 0 }, { "log2", Tiny, -1074 },
        { "log2", 8, 3 }, { "log2", 0.5, -1 },
        { "log10", Inf, Inf }, { "log10", 0, -Inf }, { "log10", -0.0, -Inf }, { "log10", -Tiny, NaN }, { "log10", 1, 0 },
            { "log10", 1000, 3 },
        { "log10", 1e15, 15 }, { "log10", 1e22, 22 },
        { "exp10", Inf, Inf }, { "exp10", -Inf, 0 }, { "exp10", -0.0, 1 }, { "exp10", 3, 1000 }, { "exp10", 22, 1e22 },
            { "exp10", -400, 0 },
        { "cbrt", Inf, Inf }, { "cbrt", -Inf, -Inf }, { "cbrt", -0.0, -0.0 }, { "cbrt", 27, 3 }, { "cbrt", -8, -2 },
        { "sigmoid", Inf, 1 }, { "sigmoid", -Inf, 0 }, { "sigmoid", 0, 0.5 }, { "sigmoid", -Max, 0 },
        { "logsigmoid", Inf, -0.0 }, { "logsigmoid", -Inf, -Inf }, { "logsigmoid", -Max, -Max },
        { "softplus", Inf, Inf }, { "softplus", -Inf, 0 }, { "softplus", Max, Max },
        { "silu", Inf, Inf }, { "silu", -Inf, -0.0 }, { "silu", -0.0, -0.0 }, { "silu", -Max, -0.0 },
        { "gelu", Inf, Inf }, { "gelu", -Inf, -0.0 }, { "gelu", -0.0, -0.0 }, { "gelu", -Max, -0.0 },
        { "erf", Inf, 1 }, { "erf", -Inf, -1 }, { "erf", -0.0, -0.0 }, { "erf", Max, 1 },
        { "erfc", Inf, 0 }, { "erfc", -Inf, 2 }, { "erfc", 0, 1 }, { "erfc", Max, 0 },
        { "erfcx", Inf, 0 }, { "erfcx", -Inf, Inf }, { "erfcx", 0, 1 },
        { "normalcdf", Inf, 1 }, { "normalcdf", -Inf, 0 }, { "normalcdf", 0, 0.5 },
        { "lognormalcdf", Inf, -0.0 }, { "lognormalcdf", -Inf, -Inf },
        { "inversemills", Inf, 0 }, { "inversemills", -Inf, Inf },
        { "loggamma", Inf, Inf }, { "loggamma", -Inf, Inf }, { "loggamma", 0, Inf }, { "loggamma", -0.0, Inf }, { "loggamma", -3, Inf },
        { "loggamma", 1, 0 }, { "loggamma", 2, 0 },
        { "digamma", Inf, Inf }, { "digamma", -Inf, NaN }, { "digamma", 0, -Inf }, { "digamma", -0.0, Inf }, { "digamma", -3, NaN },
    };

    public static TheoryData<string> Names => [.. KernelFunctions.Scalar.Keys.Except(["polygamma"])];

    [Theory, MemberData(nameof(Values))]
    public void ValueIsExact(string name, double x, double expected)
    {
        ShouldBeBits(KernelFunctions.Scalar[name].Function(x, 0), expected);
        if (KernelFunctions.Lanes.TryGetValue(name, out var lanes))
            ShouldBeBits(lanes.Function(Lanes8.Constant(x), default)[3], expected);
    }

    [Theory, MemberData(nameof(Names))]
    public void NaNStaysNaN(string name)
    {
        KernelFunctions.Scalar[name].Function(NaN, 2).ShouldBe(NaN);
        if (KernelFunctions.Lanes.TryGetValue(name, out var lanes))
            lanes.Function(Lanes8.Constant(NaN), Lanes8.Constant(2.0)).Value.ShouldBe(Vector512.Create(NaN));
    }

    [Theory]
    [InlineData(Inf, Inf, Inf)]
    [InlineData(-Inf, -Inf, -Inf)]
    [InlineData(Inf, -Inf, Inf)]
    [InlineData(-Inf, 3.5, 3.5)]
    [InlineData(Max, Max, Max)]
    [InlineData(1.0, NaN, NaN)]
    [InlineData(Inf, NaN, NaN)]
    public void LogAddExpOfLimits(double a, double b, double expected)
    {
        SpecialFunctions.LogAddExp(a, b).ShouldBe(expected);
        SpecialFunctions.LogAddExp(b, a).ShouldBe(expected);
    }

    public static TheoryData<string> PairNames => ["pow", "atan2", "hypot"];

    /// <summary>Every pair of these has the bits that System.Math has, but for a neighbour in place of a rounded number.</summary>
    [Theory, MemberData(nameof(PairNames))]
    public void PairsOfLimits(string name)
    {
        const double twoTo1000 = 1.0715086071862673e301;
        double[] arguments =
        [
            0.0, -0.0, 1, -1, 0.25, -0.25, 0.5, -0.5, 2, -2, 4, -4, 3, -3, Tiny, -Tiny, twoTo1000, -twoTo1000, 1e300, -1e300,
                9007199254740991, -9007199254740991, Inf, -Inf, NaN,
        ];
        foreach (double x in arguments)
        {
            foreach (double y in arguments)
            {
                double expected = KernelFunctions.Scalar[name].Function(x, y);
                double computed = KernelFunctions.Lanes[name].Function(Lanes8.Constant(x), Lanes8.Constant(y))[6];
                bool neighbour = double.IsNormal(expected)
                    && (computed == Math.BitIncrement(expected) || computed == Math.BitDecrement(expected));
                if (!neighbour)
                    ShouldBeBits(computed, expected, $"{name}({x:R}, {y:R})");
            }
        }
    }

    [Theory]
    [InlineData(1, 0.0, Inf)]
    [InlineData(1, -2.0, Inf)]
    [InlineData(2, -2.0, NaN)]
    [InlineData(3, Inf, 0.0)]
    [InlineData(2, Inf, -0.0)]
    [InlineData(1, -Inf, NaN)]
    [InlineData(3, NaN, NaN)]
    [InlineData(201, 1e-3, Inf)]
    public void PolygammaOfLimits(int n, double x, double expected) => ShouldBeBits(SpecialFunctions.Polygamma(n, x), expected);

    [Fact]
    public void PolygammaOfEvenOrderTellsTheZerosApart()
    {
        SpecialFunctions.Polygamma(2, 0.0).ShouldBe(-Inf);
        SpecialFunctions.Polygamma(2, -0.0).ShouldBe(Inf);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void PolygammaRefusesOrdersBelowOne(int n) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SpecialFunctions.Polygamma(n, 1.5)).Message.ShouldContain(n.ToString());

    private static void ShouldBeBits(double computed, double expected, string? context = null)
    {
        computed.ShouldBe(expected, context);
        if (!double.IsNaN(expected))
            double.IsNegative(computed).ShouldBe(double.IsNegative(expected), $"sign of {computed} {context}");
    }
}
