using AutoDiff.Engine;
using AutoDiff.Kernels;
using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.Laws;

/// <summary>A check of one rule at all its samples, by name.</summary>
internal sealed record Check(string Name, Action<Sample[], Verdict> Run);

/// <summary>What every rule of one variable must obey.</summary>
internal static class Checks<TRule> where TRule : struct, IUnaryRule<TRule>
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("table", Table),
        new("differences", Differences),
        new("dual numbers", DualNumbers),
        new("lanes", AllWidths),
        new("special values", SpecialValues),
        new("sweeps", (samples, verdict) => InModes(static x => Var.Apply<TRule>(x[0]), samples, verdict)),
        new("arrays", (samples, verdict) => InArrays(samples, verdict)),
        new("accumulation", (samples, verdict) => Accumulation(static x => Var.Apply<TRule>(x), samples, verdict)),
        new("nested", (samples, verdict) => Nested(static x => Var.Apply<TRule>(x[0]), samples, verdict)),
        new("third order", ThirdOrder),
    ];

    private static void Table(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            Real x = new(s.X[0]), y = new(TRule.Value(s.X[0])), d = TRule.First(x, y);
            verdict.Value($"{s} value", y.Value, s);
            verdict.First($"{s} first", 0, d.Value, s);
            verdict.Second($"{s} second", 0, 0, TRule.Second(x, y, d).Value, s);
            if (TRule.IsFlat && d.Value != 0)
                verdict.Add($"{s}: flat, with a derivative of {d.Value:R}");
        }
    }

    private static void Differences(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples.Where(Tame.Contains))
        {
            double x = s.X[0];
            Tame.Compare($"{s} first", First(x), TRule.Value, x, verdict);
            Real y = new(TRule.Value(x));
            Tame.Compare($"{s} second", TRule.Second(new Real(x), y, TRule.First(new Real(x), y)).Value, First, x, verdict);
        }

        static double First(double x) => TRule.First(new Real(x), new Real(TRule.Value(x))).Value;
    }

    private static void DualNumbers(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            var once = Jet<Real>.Apply<TRule>(Jet<Real>.Variable(new Real(s.X[0])));
            var twice = Jet<Jet<Real>>.Apply<TRule>(Jet<Jet<Real>>.Variable(Jet<Real>.Variable(new Real(s.X[0]))));
            verdict.Value($"{s} dual value", once.Primal.Value, s);
            verdict.First($"{s} dual first", 0, once.Tangent.Value, s);
            verdict.First($"{s} inner dual first", 0, twice.Primal.Tangent.Value, s);
            verdict.Second($"{s} dual second", 0, 0, twice.Tangent.Tangent.Value, s);
        }
    }

    private static void ThirdOrder(Sample[] samples, Verdict verdict)
    {
        const double tolerance = 1e-12;
        foreach (Sample s in samples.Where(s => double.IsFinite(s.Third)))
        {
            Real x = new(s.X[0]);
            var thrice = Jet<Jet<Jet<Real>>>.Apply<TRule>(Jet<Jet<Jet<Real>>>.Variable(Jet<Jet<Real>>.Variable(Jet<Real>.Variable(x))));
            double scale = Math.Abs(s.Third) + Math.Abs(s.Hessian[0, 0] / s.X[0]) + s.ThirdScale;
            verdict.Close($"{s} third", thrice.Tangent.Tangent.Tangent.Value, s.Third, Math.Max(scale, ReferenceTable.SmallestRelative),
                tolerance);
        }
    }

    // The sample as one element among eleven, in the block and in the tail.
    private static void InArrays(Sample[] samples, Verdict verdict)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            foreach (int place in Neighbours.Places)
                InModes(x => VarVector.Apply<TRule>(Neighbours.Of(samples, i, place, 0, x[0]))[place], [samples[i]], verdict,
                    Neighbours.Rounding);
        }
    }

    private static void AllWidths(Sample[] samples, Verdict verdict)
    {
        InLanes<Lanes8>(samples, verdict);
        InLanes<Lanes4>(samples, verdict);
        InLanes<Lanes2>(samples, verdict);
        if (!VectorWidth.HasFusedMultiplyAdd)
            return; // Two lanes are then the only width, with products put together of parts.
        foreach (double x in samples.Select(s => s.X[0]).Concat(Neighbours.SpecialValues))
        {
            double eight = TRule.Value(Lanes8.Constant(x))[0];
            verdict.SameBits($"{x:R} at four lanes", TRule.Value(Lanes4.Constant(x))[0], eight, "width independence");
            verdict.SameBits($"{x:R} at two lanes", TRule.Value(Lanes2.Constant(x))[0], eight, "width independence");
        }
    }

    private static void InLanes<L>(Sample[] samples, Verdict verdict) where L : struct, ILanes<L>
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Sample s = samples[i];
            L x = Neighbours.Around<L>(samples, i, 0), y = TRule.Value(x), d = TRule.First(x, y), e = TRule.Second(x, y, d);
            int lane = i % L.Count;
            verdict.Value($"{s} lane {lane} value", y[lane], s);
            verdict.First($"{s} lane {lane} first", 0, d[lane], s);
            verdict.Second($"{s} lane {lane} second", 0, 0, e[lane], s);
            L alike = TRule.Value(L.Constant(s.X[0]));
            for (int k = 0; k < L.Count; k++)
                verdict.SameBits($"{s} in lane {k}", alike[k], y[lane], "lane independence");
            // Nearby points too: other lanes' arguments may not choose an algorithm that agrees with the usual one only mostly.
            for (int k = 1; k <= 16; k++)
            {
                double near = s.X[0] * (1 - k * 0.03);
                double alone = TRule.Value(L.Constant(near))[lane];
                verdict.SameBits($"{near:R} beside others", TRule.Value(L.With(x, lane, near))[lane],
                    alone, "lane independence");
            }
        }
    }

    internal static void InModes(Function f, Sample[] samples, Verdict verdict, double rounding = 0)
    {
        foreach (Sample s in samples)
        {
            Modes.Run(s.ToString(), f, s.X, verdict, (mode, outcome) =>
            {
                verdict.Value($"{mode} value", outcome.Value, s);
                for (int i = 0; i < s.X.Length; i++)
                {
                    verdict.First($"{mode} first", i, outcome.Gradient[i], s);
                    for (int j = 0; j < s.X.Length; j++)
                        verdict.Second($"{mode} second", i, j, outcome.Hessian[i, j], s);
                }
            }, rounding: rounding);
        }
    }

    // The recorded derivative, itself recorded and differentiated: the rule over Var.
    internal static void Nested(Func<VarVector, Var> f, Sample[] samples, Verdict verdict)
    {
        Objective inner = Objective.Of(f);
        foreach (Sample s in samples)
        {
            for (int i = 0; i < s.X.Length; i++)
            {
                Objective slope = Objective.Of(x => inner.Gradient(x)[i]);
                verdict.First($"{s} nested", i, slope.Value(s.X), s);
                double[] row = slope.Gradient(s.X);
                for (int j = 0; j < s.X.Length; j++)
                    verdict.Second($"{s} nested", i, j, row[j], s);
            }
        }
    }

    // Outside the tables: what the value for one number is, the lanes are too.
    private static void SpecialValues(Sample[] samples, Verdict verdict)
    {
        foreach (double x in Neighbours.SpecialValues)
        {
            double value = TRule.Value(x);
            Lanes8 y = TRule.Value(Lanes8.Constant(x));
            for (int k = 0; k < Lanes8.Count; k++)
                verdict.Close($"{x:R} in lane {k}", y[k], value, Math.Abs(value), Neighbours.Rounding);
        }
    }

    // x is used before and after φ: z = 3x·(φ(x) + x), z′ = 3φ + 3xφ′ + 6x, z″ = 6φ′ + 3xφ″ + 6.
    internal static void Accumulation(Func<Var, Var> phi, Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples.Where(Tame.Contains))
        {
            double x = s.X[0], y = s.Value, d = s.Gradient[0], e = s.Hessian[0, 0];
            if (double.IsNaN(e))
                continue;
            double magnitude = Math.Abs(3 * y) + Math.Abs(3 * x * d) + Math.Abs(6 * x);
            Modes.Run(s.ToString(), v => 3 * v[0] * (phi(v[0]) + v[0]), s.X, verdict, (mode, outcome) =>
            {
                verdict.Close($"{mode} first", outcome.Gradient[0], 3 * y + 3 * x * d + 6 * x, magnitude, 1e-13);
                verdict.Close($"{mode} second", outcome.Hessian[0, 0], 6 * d + 3 * x * e + 6, Math.Abs(6 * d) + Math.Abs(3 * x * e) + 6,
                    1e-13);
            }, magnitude);
        }
    }
}

/// <summary>What every rule of two variables must obey.</summary>
internal static class BinaryChecks<TRule> where TRule : struct, IBinaryRule<TRule>
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("table", Table),
        new("differences", Differences),
        new("dual numbers", DualNumbers),
        new("lanes", AllWidths),
        new("special values", SpecialValues),
        new("sweeps", Swept),
        new("constant operands", ConstantOperands),
        new("arrays", InArrays),
        new("nested", (samples, verdict) =>
            Checks<Rules.Negate>.Nested(
                static x => Var.Apply<TRule>(x[0], x[1]), [.. samples.Where(s => !double.IsNaN(s.Gradient[0]))], verdict)),
        new("accumulation", Accumulation),
    ];

    private static void Table(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            Real x = new(s.X[0]), y = new(s.X[1]), z = new(TRule.Value(s.X[0], s.X[1]));
            verdict.Value($"{s} value", z.Value, s);
            verdict.First($"{s} first", 0, TRule.FirstX(x, y, z).Value, s);
            verdict.First($"{s} first", 1, TRule.FirstY(x, y, z).Value, s);
            verdict.Second($"{s} second", 0, 0, TRule.SecondXX(x, y, z).Value, s);
            verdict.Second($"{s} second", 0, 1, TRule.SecondXY(x, y, z).Value, s);
            verdict.Second($"{s} second", 1, 1, TRule.SecondYY(x, y, z).Value, s);
        }
    }

    private static void Differences(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples.Where(Tame.Contains))
        {
            double x = s.X[0], y = s.X[1];
            Real a = new(x), b = new(y), z = new(TRule.Value(x, y));
            if (!double.IsNaN(s.Gradient[0]))
            {
                Tame.Compare($"{s} ∂x", FirstX(x, y), v => TRule.Value(v, y), x, verdict);
                Tame.Compare($"{s} ∂x∂x", TRule.SecondXX(a, b, z).Value, v => FirstX(v, y), x, verdict);
                Tame.Compare($"{s} ∂x∂y", TRule.SecondXY(a, b, z).Value, v => FirstX(x, v), y, verdict);
            }
            Tame.Compare($"{s} ∂y", FirstY(x, y), v => TRule.Value(x, v), y, verdict);
            Tame.Compare($"{s} ∂y∂y", TRule.SecondYY(a, b, z).Value, v => FirstY(x, v), y, verdict);
        }

        static double FirstX(double x, double y) => TRule.FirstX(new Real(x), new Real(y), new Real(TRule.Value(x, y))).Value;
        static double FirstY(double x, double y) => TRule.FirstY(new Real(x), new Real(y), new Real(TRule.Value(x, y))).Value;
    }

    private static void DualNumbers(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            for (int i = 0; i < 2; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    var z = Jet<Jet<Real>>.Apply<TRule>(Seeded(0), Seeded(1));
                    verdict.Value($"{s} dual value", z.Primal.Primal.Value, s);
                    verdict.First($"{s} dual first", i, z.Primal.Tangent.Value, s);
                    verdict.First($"{s} dual first", j, z.Tangent.Primal.Value, s);
                    verdict.Second($"{s} dual second", i, j, z.Tangent.Tangent.Value, s);

                    Jet<Jet<Real>> Seeded(int k) => new(
                        new Jet<Real>(new Real(s.X[k]), new Real(k == i ? 1 : Zeros.Structural)),
                            Jet<Real>.Constant(k == j ? 1 : Zeros.Structural));
                }
            }
        }
    }

    private static void AllWidths(Sample[] samples, Verdict verdict)
    {
        InLanes<Lanes8>(samples, verdict);
        InLanes<Lanes4>(samples, verdict);
        InLanes<Lanes2>(samples, verdict);
        if (!VectorWidth.HasFusedMultiplyAdd)
            return; // As for one variable.
        foreach ((double x, double y) in samples.Select(s => (s.X[0], s.X[1])).Concat(
            Neighbours.SpecialValues.SelectMany(_ => Neighbours.SpecialValues, (x, y) => (x, y))))
        {
            double eight = TRule.Value(Lanes8.Constant(x), Lanes8.Constant(y))[0];
            verdict.SameBits($"({x:R}, {y:R}) at four lanes", TRule.Value(Lanes4.Constant(x), Lanes4.Constant(y))[0], eight,
                "width independence");
            verdict.SameBits($"({x:R}, {y:R}) at two lanes", TRule.Value(Lanes2.Constant(x), Lanes2.Constant(y))[0], eight,
                "width independence");
        }
    }

    private static void InLanes<L>(Sample[] samples, Verdict verdict) where L : struct, ILanes<L>
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Sample s = samples[i];
            L x = Neighbours.Around<L>(samples, i, 0), y = Neighbours.Around<L>(samples, i, 1), z = TRule.Value(x, y);
            int lane = i % L.Count;
            verdict.Value($"{s} lane {lane} value", z[lane], s);
            verdict.First($"{s} lane {lane} first", 0, TRule.FirstX(x, y, z)[lane], s);
            verdict.First($"{s} lane {lane} first", 1, TRule.FirstY(x, y, z)[lane], s);
            verdict.Second($"{s} lane {lane} second", 0, 0, TRule.SecondXX(x, y, z)[lane], s);
            verdict.Second($"{s} lane {lane} second", 0, 1, TRule.SecondXY(x, y, z)[lane], s);
            verdict.Second($"{s} lane {lane} second", 1, 1, TRule.SecondYY(x, y, z)[lane], s);
            L alike = TRule.Value(L.Constant(s.X[0]), L.Constant(s.X[1]));
            for (int k = 0; k < L.Count; k++)
                verdict.SameBits($"{s} in lane {k}", alike[k], z[lane], "lane independence");
        }
    }

    private static void SpecialValues(Sample[] samples, Verdict verdict)
    {
        foreach (double x in Neighbours.SpecialValues)
        {
            foreach (double y in Neighbours.SpecialValues)
            {
                double value = TRule.Value(x, y);
                Lanes8 z = TRule.Value(Lanes8.Constant(x), Lanes8.Constant(y));
                for (int k = 0; k < Lanes8.Count; k++)
                    verdict.Close($"({x:R}, {y:R}) in lane {k}", z[k], value, Math.Abs(value), Neighbours.Rounding);
            }
        }
    }

    private static void Swept(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples.Where(s => !double.IsNaN(s.Gradient[0])))
            Checks<Rules.Negate>.InModes(static x => Var.Apply<TRule>(x[0], x[1]), [s], verdict);
    }

    private static void ConstantOperands(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            if (!double.IsNaN(s.Gradient[0]))
                Checks<Rules.Negate>.InModes(x => Var.Apply<TRule>(x[0], s.X[1]), [s.Section(0)], verdict);
            Checks<Rules.Negate>.InModes(x => Var.Apply<TRule>(s.X[0], x[0]), [s.Section(1)], verdict);
        }
    }

    private static void InArrays(Sample[] samples, Verdict verdict)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Sample s = samples[i];
            foreach (int place in Neighbours.Places)
            {
                Checks<Rules.Negate>.InModes(
                    x => VarVector.Apply<TRule>(s.X[0], Of(1, x[0]))[place], [s.Section(1)], verdict, Neighbours.Rounding);
                if (double.IsNaN(s.Gradient[0]))
                    continue;
                Checks<Rules.Negate>.InModes(
                    x => VarVector.Apply<TRule>(Of(0, x[0]), Of(1, x[1]))[place], [s], verdict, Neighbours.Rounding);
                Checks<Rules.Negate>.InModes(
                    x => VarVector.Apply<TRule>(Of(0, x[0]), s.X[1])[place], [s.Section(0)], verdict, Neighbours.Rounding);

                VarVector Of(int operand, Var x) => Neighbours.Of(samples, i, place, operand, x);
            }
        }
    }

    private static void Accumulation(Sample[] samples, Verdict verdict)
    {
        foreach (Sample s in samples)
        {
            if (!double.IsNaN(s.Gradient[0]))
                Checks<Rules.Negate>.Accumulation(x => Var.Apply<TRule>(x, s.X[1]), [s.Section(0)], verdict);
            Checks<Rules.Negate>.Accumulation(x => Var.Apply<TRule>(s.X[0], x), [s.Section(1)], verdict);
        }
    }
}

/// <summary>As many sample arguments as there are lanes, each sample in the lane of its number.</summary>
internal static class Neighbours
{
    public static L Around<L>(Sample[] samples, int i, int operand) where L : struct, ILanes<L>
    {
        L lanes = L.Zero;
        for (int k = 0; k < L.Count; k++)
            lanes = L.With(lanes, k, samples[(i - i % L.Count + k) % samples.Length].X[operand]);
        return lanes;
    }

    /// <summary>Arguments at the edges of arithmetic.</summary>
    public static readonly double[] SpecialValues =
        [0, -0.0, 1, -1, 0.5, 2, 3, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity,
            double.NegativeInfinity, double.NaN];

    /// <summary>Where a sample is put among eleven: in the block of eight and in the tail.</summary>
    public static readonly int[] Places = [2, 9];

    /// <summary>How far the lanes of a rule may be from its value for one number, both being within 4 ulp.</summary>
    public const double Rounding = 2 * Verdict.ValueTolerance;

    /// <summary>An array of eleven, with x at its place and neighbouring samples' arguments elsewhere.</summary>
    public static VarVector Of(Sample[] samples, int i, int place, int operand, Var x)
    {
        Span<Var> elements = new Var[11];
        for (int k = 0; k < elements.Length; k++)
            elements[k] = k == place ? x : samples[(i + k) % samples.Length].X[operand];
        return VarVector.Of(elements);
    }
}

/// <summary>Points where differences of doubles tell a derivative to six digits, so that a planted factor of 1 + 1e-6 shows.</summary>
internal static class Tame
{
    private const double Tolerance = 1e-7;

    private const double LargestCondition = 1e3;

    public static bool Contains(Sample s) =>
        !s.IsConvention && s.X.All(x => Math.Abs(x) is >= 0.09 and <= 4) && (s.X.Length == 1 || Math.Abs(s.X[0] - s.X[1]) > 0.01)
        && double.IsFinite(s.Value) && s.ValueScale <= LargestCondition && s.Gradient.All(g => !double.IsInfinity(g))
        && s.GradientScale.All(g => g <= LargestCondition) && s.HessianScale.Cast<double>().All(h => h <= LargestCondition);

    /// <summary>Holds a derivative to Richardson's extrapolation of central differences of <paramref name="f"/> at x, with the differences'
    /// own spread allowed.</summary>
    public static void Compare(string what, double derivative, Func<double, double> f, double x, Verdict verdict)
    {
        double h = 1e-3 * Math.Min(Math.Abs(x), 1), fine = Central(h / 2), coarse = Central(h), finest = Central(h / 4);
        double best = (64 * finest - 20 * fine + coarse) / 45, previous = (4 * fine - coarse) / 3;
        double noise = 1e-12 * Math.Abs(f(x)) / h;
        if (!double.IsNaN(best) && Math.Abs(best - previous) <= Tolerance * Math.Abs(best) + noise)
            verdict.Close($"{what} by differences", derivative, best, Math.Abs(best) + noise / Tolerance, Tolerance);

        double Central(double step) => (f(x + step) - f(x - step)) / (x + step - (x - step));
    }
}
