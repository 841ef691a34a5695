using System.Reflection;
using AutoDiff.Rules;
using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.Laws;

/// <summary>
/// All elementwise rules of the library, found by reflection, each with its samples. A rule without samples fails the law suite.
/// </summary>
internal static class RuleCatalog
{
    public static IReadOnlyList<Type> Unary { get; } = Implementing(typeof(IUnaryRule<>));

    public static IReadOnlyList<Type> Binary { get; } = Implementing(typeof(IBinaryRule<>));

    private static readonly double[,] UnknownPair = { { double.NaN, double.NaN }, { double.NaN, double.NaN } };

    private static readonly Dictionary<Type, Func<IEnumerable<Sample>>> Samples = new()
    {
        [typeof(Abs)] = Rows("abs"), [typeof(Acos)] = Rows("acos"), [typeof(Acosh)] = Rows("acosh"), [typeof(Asin)] = Rows("asin"),
        [typeof(Asinh)] = Rows("asinh"), [typeof(Atan)] = Rows("atan"), [typeof(Atanh)] = Rows("atanh"), [typeof(Cbrt)] = Rows("cbrt"),
        [typeof(Ceiling)] = Rows("ceiling"), [typeof(Cos)] = Rows("cos"), [typeof(Cosh)] = Rows("cosh"),
            [typeof(Digamma)] = Rows("digamma"),
        [typeof(Erf)] = Rows("erf"), [typeof(Erfc)] = Rows("erfc"), [typeof(Exp)] = Rows("exp"), [typeof(Exp10)] = Rows("exp10"),
        [typeof(Exp2)] = Rows("exp2"), [typeof(ExpM1)] = Rows("expm1"), [typeof(Floor)] = Rows("floor"), [typeof(Gelu)] = Rows("gelu"),
        [typeof(Log)] = Rows("log"), [typeof(Log10)] = Rows("log10"), [typeof(Log2)] = Rows("log2"), [typeof(LogGamma)] = Rows("loggamma"),
        [typeof(LogNormalCdf)] = Rows("lognormalcdf"), [typeof(LogP1)] = Rows("log1p"), [typeof(LogSigmoid)] = Rows("logsigmoid"),
        [typeof(Negate)] = Rows("negate"), [typeof(NormalCdf)] = Rows("normalcdf"), [typeof(Relu)] = Rows("relu"),
            [typeof(Round)] = Rows("round"),
        [typeof(Sigmoid)] = Rows("sigmoid"), [typeof(Sign)] = Rows("sign"), [typeof(Silu)] = Rows("silu"), [typeof(Sin)] = Rows("sin"),
        [typeof(Sinh)] = Rows("sinh"), [typeof(Softplus)] = Rows("softplus"), [typeof(Sqrt)] = Rows("sqrt"),
            [typeof(Square)] = Rows("square"),
        [typeof(Tan)] = Rows("tan"), [typeof(Tanh)] = Rows("tanh"), [typeof(Truncate)] = Rows("truncate"),

        // Derivatives of tabulated functions, up to a factor.
        [typeof(Lorentzian)] = SlopesOf("atan", 1),
        [typeof(SechSquared)] = SlopesOf("tanh", 1),
        [typeof(Gaussian)] = SlopesOf("erf", Math.Sqrt(Math.PI) / 2),
        [typeof(NormalDensity)] = SlopesOf("normalcdf", 1),
        [typeof(AsinhSlope)] = SlopesOf("asinh", 1),
        [typeof(AcoshSlope)] = SlopesOf("acosh", 1),
        [typeof(SechSquaredMoment)] = MomentsOf("tanh"),
        [typeof(NormalMoment)] = MomentsOf("normalcdf"),

        [typeof(SinPi)] = InHalfTurns("sin"), [typeof(CosPi)] = InHalfTurns("cos"),

        // With h = φ/Φ = −x + c₁, h″ is a difference of terms as large as h·c₁², and c₁ = −h′/h.
        [typeof(InverseMillsRatio)] = () => SlopesOf("lognormalcdf", 1)().Select(s =>
            s with { HessianScale = new[,] { { s.Value == 0 ? 0 : s.Gradient[0] / s.Value * s.Gradient[0] } } }),
        [typeof(MillsFraction)] = () => ReferenceTable.UnaryOf("lognormalcdf").Where(r => ReferenceTable.IsRelative(r.Second)).Select(r =>
            OfOrder(1, r.X, -r.Second / r.First, 1 + r.Second, double.NaN, 0)
                with { ValueScale = Math.Min(1, Math.Abs(r.X)), GradientScale = [0, 1] }),

        [typeof(OneMinusSquare)] = () => ReferenceTable.UnaryOf("atanh").Select(r =>
            new Sample([r.X], 1 / r.First, [-2 * r.X], new[,] { { -2.0 } })),

        // Flat, or made so.
        [typeof(Step)] = () => ReferenceTable.UnaryOf("relu").Select(r => new Sample([r.X], r.First, [0], new double[1, 1])),
        [typeof(StopGradient)] = () =>
            ReferenceTable.UnaryOf("sin").Select(r => new Sample([r.X], r.X, [0], new double[1, 1]) { IsConvention = true }),
        [typeof(Not)] = () => ReferenceTable.UnaryOf("sign").Select(r => new Sample([r.X], 0, [0], new double[1, 1]))
            .Append(new Sample([0], 1, [0], new double[1, 1])),
        [typeof(IsAbove)] = Truths("0000 1000 1100 1110"),
        [typeof(IsAtLeast)] = Truths("1000 1100 1110 1111"),
        [typeof(Both)] = Truths("1011 0000 1011 1011"),
        [typeof(HalfStep)] = () => ReferenceTable.BinaryOf("max").Select(r => new Sample([r.X, r.Y], r.Fx, [0, 0], new double[2, 2])),

        [typeof(Add)] = Pairs("add"), [typeof(Subtract)] = Pairs("subtract"), [typeof(Gap)] = Pairs("subtract"),
            [typeof(Multiply)] = Pairs("multiply"), [typeof(Divide)] = Pairs("divide"),
        [typeof(AbsoluteProduct)] = Pairs("multiply"), [typeof(AbsoluteQuotient)] = Pairs("divide"),
        [typeof(Atan2)] = () => ReferenceTable.BinaryOf("atan2").Select(r => Sample.Of(r) with { HessianScale = Mixed(r.Fxx, r.Fyy) }),
        [typeof(CopySign)] = Pairs("copysign"), [typeof(Hypot)] = Pairs("hypot"), [typeof(LogAddExp)] = () =>
            ReferenceTable.BinaryOf("logaddexp").Select(LogAddExpSample),
        [typeof(Max)] = Pairs("max"), [typeof(Min)] = Pairs("min"), [typeof(Remainder)] = Pairs("remainder"),
        [typeof(Pow)] = () => ReferenceTable.BinaryOf("pow").Select(r => PowSample(r)),
        [typeof(CircleInversion)] = () => ReferenceTable.BinaryOf("atan2").Select(r => 
            new Sample([r.Y, r.X], r.Fx, [r.Fxy, r.Fxx], UnknownPair) { GradientScale = [r.Fx * r.Fx + r.Fy * r.Fy, 0] }),
        [typeof(HypotSlope)] = () => ReferenceTable.BinaryOf("hypot").Select(r =>
            new Sample([r.X, r.Y], r.Fx, [r.Fxx, r.Fxy], UnknownPair)),
        [typeof(Polygamma)] = () => ReferenceTable.UnaryOf("trigamma").Select(r => OfOrder(1, r.X, r.Value, r.First, r.Second, r.Third))
            .Concat(ReferenceTable.UnaryOf("digamma").Select(r => OfOrder(2, r.X, r.Second, r.Third, double.NaN, 0))),
    };

    /// <summary>The samples of a rule.</summary>
    public static Sample[] SamplesOf(Type rule)
    {
        if (!Samples.TryGetValue(rule, out var samples))
            throw new KeyNotFoundException(
                $"The rule {rule.Name} has no samples: add it to the reference tables and to {nameof(RuleCatalog)}.");
        return [.. samples()];
    }

    /// <summary>The samples of a tabulated primitive of two variables.</summary>
    public static Sample[] SamplesOf(string primitive) =>
        SamplesOf(Binary.Single(t => t.Name.Equals(primitive, StringComparison.OrdinalIgnoreCase)));

    private static Type[] Implementing(Type rule) =>
        [.. typeof(Add).Assembly.GetTypes().Where(
            t => t.IsValueType && t.IsPublic && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == rule))
            .OrderBy(t => t.Name, StringComparer.Ordinal)];

    // Far out the third derivative is beyond what every formula of a second one has; that of infinities is 0 · ∞.
    private static Func<IEnumerable<Sample>> Rows(string primitive) => () => ReferenceTable.UnaryOf(primitive).Select(Sample.Of)
        .Concat(ReferenceTable.FarOf(primitive).Select(row => Sample.Of(row) with { Third = double.NaN }));

    private static Func<IEnumerable<Sample>> Pairs(string primitive) => () => ReferenceTable.BinaryOf(primitive).Select(Sample.Of);

    private static Func<IEnumerable<Sample>> SlopesOf(string primitive, double factor) =>
        () => ReferenceTable.UnaryOf(primitive).Select(r =>
        Sample.Of(new UnaryRow(primitive, r.X, factor * r.First, factor * r.Second, factor * r.Third, double.NaN)));

    // x·φ′(x) of a tabulated function φ.
    private static Func<IEnumerable<Sample>> MomentsOf(string primitive) => () =>
        ReferenceTable.UnaryOf(primitive).Where(r => double.IsFinite(r.X)).Select(r =>
            new Sample([r.X], r.X * r.First, [r.First + r.X * r.Second], new[,] { { 2 * r.Second + r.X * r.Third } })
            {
                GradientScale = [Math.Abs(r.First) + Math.Abs(r.X * r.Second)],
                HessianScale = new[,] { { Math.Abs(2 * r.Second) + Math.Abs(r.X * r.Third) } },
            });

    // The rounding of x/π is one relative error of the argument, which a sample's scales allow for.
    private static Func<IEnumerable<Sample>> InHalfTurns(string primitive) => () => ReferenceTable.UnaryOf(primitive).Select(r =>
        Sample.Of(r with { X = r.X / Math.PI, First = Math.PI * r.First, Second = Math.PI * Math.PI * r.Second,
            Third = Math.Pow(Math.PI, 3) * r.Third })
            with { ThirdScale = Math.Pow(Math.PI, 3) * Math.Abs(r.X * r.Value) });

    // The values at all pairs of −1, 0, ½ and 2, a row of the first operand after another.
    private static Func<IEnumerable<Sample>> Truths(string values) => () =>
    {
        double[] numbers = [-1, 0, 0.5, 2];
        string digits = values.Replace(" ", "", StringComparison.Ordinal);
        return digits.Select((digit, i) => new Sample([numbers[i / 4], numbers[i % 4]], digit - '0', [0, 0], new double[2, 2]));
    };

    private static Sample OfOrder(int n, double x, double value, double first, double second, double third) =>
        new([n, x], value, [double.NaN, first], new[,] { { double.NaN, double.NaN }, { double.NaN, second } })
        {
            ValueScale = Math.Abs(x * first),
            GradientScale = [0, double.IsNaN(second) ? 0 : Math.Abs(x * second)],
            HessianScale = new[,] { { 0, 0 }, { 0, Math.Abs(x * third) } },
        };

    // The mixed partial of a harmonic function passes through zero where the pure ones are largest.
    private static double[,] Mixed(double xx, double yy) =>
        new[,] { { 0, Math.Abs(xx) + Math.Abs(yy) }, { Math.Abs(xx) + Math.Abs(yy), 0 } };

    // One relative error of x − y is |x − y| of them in the partials.
    private static Sample LogAddExpSample(BinaryRow r)
    {
        double d = Math.Abs(r.X - r.Y);
        double second = d * Math.Abs(r.Fxx);
        return Sample.Of(r) with
        {
            GradientScale = [d * r.Fx, d * r.Fy],
            HessianScale = new[,] { { second, second }, { second, second } },
        };
    }

    // One relative error of the exponent y − 1 is |(y − 1) ln x| of them in the power.
    public static Sample PowSample(UnaryRow r)
    {
        Sample s = Sample.Of(r);
        double condition = (1 + Math.Abs(r.Parameter())) * Math.Abs(Math.Log(Math.Abs(r.X)));
        return s with
        {
            GradientScale = [s.GradientScale[0] + condition * Math.Abs(r.First)],
            HessianScale = new[,] { { s.HessianScale[0, 0] + condition * Math.Abs(r.Second) } },
        };
    }

    private static Sample PowSample(BinaryRow r)
    {
        double log = Math.Abs(Math.Log(r.X)), condition = (1 + Math.Abs(r.Y)) * log;
        return Sample.Of(r) with
        {
            GradientScale = [condition * Math.Abs(r.Fx), condition * Math.Abs(r.Fy)],
            HessianScale = new[,]
            {
                { condition * Math.Abs(r.Fxx), condition * Math.Abs(r.Value / r.X) },
                { condition * Math.Abs(r.Value / r.X), condition * Math.Abs(r.Fyy) },
            },
        };
    }
}
