using System.Reflection;
using AutoDiff.Engine;
using AutoDiff.Tests.Laws;
using AutoDiff.Tests.Tables;
using Xunit.Abstractions;

namespace AutoDiff.Tests.NumberTypes;

/// <summary>Every elementwise rule of the library in Taylor arithmetic, at the arguments of the reference tables: against dual numbers
/// nested four deep, against the tables' third derivatives, and against differences.</summary>
public class TaylorRuleTests(ITestOutputHelper output)
{
    public static TheoryData<string> UnaryRules => [.. RuleCatalog.Unary.Select(t => t.Name)];

    public static TheoryData<string> BinaryRules => [.. RuleCatalog.Binary.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(UnaryRules))]
    public void A_rule_of_one_variable_has_the_derivatives_of_nested_dual_numbers(string rule) =>
        Run(RuleCatalog.Unary.Single(t => t.Name == rule), typeof(TaylorChecks<>));

    [Theory]
    [MemberData(nameof(BinaryRules))]
    public void A_rule_of_two_variables_has_the_derivatives_of_nested_dual_numbers(string rule) =>
        Run(RuleCatalog.Binary.Single(t => t.Name == rule), typeof(TaylorBinaryChecks<>));

    /// <summary>Fourth derivatives from central differences in 120 digits (mpmath 1.3), each at the double that is written.</summary>
    [Theory]
    [InlineData("Tan", 1.5, 13494525.387285931)]
    [InlineData("Tanh", 3.0, -0.07621340163884491)]
    [InlineData("Tanh", 18.0, -7.422473056779394e-15)]
    [InlineData("Erf", 2.0, -0.8266794141636822)]
    [InlineData("Erfc", 5.0, 1.4730614539156296e-8)]
    [InlineData("LogGamma", 0.01, 600000006.2510618)]
    [InlineData("LogGamma", 50.0, 1.6486398720682052e-5)]
    [InlineData("Digamma", 3.0, -0.13626612344087824)]
    [InlineData("LogP1", -0.999, -5999999999999.979)]
    [InlineData("Asin", 0.999, 41924179048.8669)]
    [InlineData("Atan", 50.0, -7.664657188465207e-8)]
    [InlineData("Acosh", 1.001, -41928371679.61651)]
    [InlineData("Cbrt", 0.001, -98765432098.76543)]
    [InlineData("Softplus", 30.0, 9.35762296883317e-14)]
    [InlineData("LogNormalCdf", -3.0, 0.018930547102077377)]
    [InlineData("LogNormalCdf", -20.0, 3.570355158845659e-5)]
    [InlineData("Sigmoid", -40.0, 4.248354255291589e-18)]
    [InlineData("Gelu", -6.0, -6.367525226614803e-6)]
    [InlineData("Silu", -20.0, -3.297845673549091e-8)]
    [InlineData("Asinh", 1000.0, -5.99997000007875e-12)]
    [InlineData("ExpM1", 0.001, 1.0010005001667084)]
    public void Fourth_derivatives_at_hard_arguments(string rule, double x, double expected)
    {
        MethodInfo apply = typeof(Taylor).GetMethods().Single(m => m.Name == nameof(Taylor.Apply) && m.GetParameters().Length == 1);
        Taylor y = apply.MakeGenericMethod(RuleCatalog.Unary.Single(t => t.Name == rule)).CreateDelegate<Func<Taylor, Taylor>>()(
            Curves.Line(x));
        output.WriteLine($"relative error {Math.Abs(y[4] - expected) / Math.Abs(expected):E1}");
        y[4].ShouldBe(expected, 1e-13 * Math.Abs(expected));
    }

    private void Run(Type rule, Type checks)
    {
        Verdict verdict = new();
        double[] worst = new double[Taylor.MaximumOrder + 1];
        checks.MakeGenericType(rule).GetMethod(
            "Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Action<Sample[], Verdict, double[]>>()(
            RuleCatalog.SamplesOf(rule), verdict, worst);
        output.WriteLine($"{rule.Name}: worst errors {string.Join(' ', worst.Select(e => e.ToString("E1")))}");
        verdict.Faults.ShouldBeEmpty(
            $"{verdict.Faults.Count} faults of {rule.Name}, such as\n{string.Join('\n', verdict.Faults.Take(12))}\n");
    }
}

/// <summary>What Taylor arithmetic must give for a rule of one variable.</summary>
internal static class TaylorChecks<TRule> where TRule : struct, IUnaryRule<TRule>
{
    public static void Run(Sample[] samples, Verdict verdict, double[] worst)
    {
        foreach (Sample s in samples)
        {
            double x = s.X[0];
            double[] plain = Curves.Derivatives(Taylor.Apply<TRule>(Curves.Line(x)));
            double[] nested = NestedJets.Derivatives(Jet<Jet<Jet<Jet<Real>>>>.Apply<TRule>(NestedJets.Of([x, 1])));
            Curves.Compare($"{s} line", plain, nested, Curves.Scales(nested, x), verdict, worst);

            double[] path = [x, -0.5, 2, 0.75, -3];
            double[] curved = Curves.Derivatives(Taylor.Apply<TRule>(Taylor.Along(path)));
            Curves.Compare($"{s} curve", curved, Curves.Composed(nested, path, x => x),
                Curves.Composed(Curves.Scales(nested, x), path, Math.Abs), verdict, worst);
            Curves.LowerOrdersAlike(s.ToString(), order => Taylor.Apply<TRule>(Taylor.Along(path.AsSpan(0, order + 1))), curved, verdict);

            if (double.IsFinite(s.Third))
                verdict.Close($"{s} third", plain[3], s.Third,
                    Math.Max(Math.Abs(s.Third) + Math.Abs(s.Hessian[0, 0] / x) + s.ThirdScale, ReferenceTable.SmallestRelative), 1e-12);
            if (!Tame.Contains(s))
                continue;
            Tame.Compare($"{s} third", plain[3], v => Taylor.Apply<TRule>(Curves.Line(v))[2], x, verdict);
            Tame.Compare($"{s} fourth", plain[4], v => Taylor.Apply<TRule>(Curves.Line(v))[3], x, verdict);
        }
    }
}

/// <summary>What Taylor arithmetic must give for a rule of two variables.</summary>
internal static class TaylorBinaryChecks<TRule> where TRule : struct, IBinaryRule<TRule>
{
    private static readonly double[][] s_directions = [[1, 0], [0, 1], [1, -2], [-0.5, 3]];

    public static void Run(Sample[] samples, Verdict verdict, double[] worst)
    {
        foreach (Sample s in samples)
        {
            foreach (double[] direction in s_directions)
            {
                if (direction[0] != 0 && double.IsNaN(s.Gradient[0]))
                    continue;
                foreach (double curvature in new[] { 0, 0.75 })
                {
                    double[] x = [s.X[0], direction[0], curvature * direction[0]], y = [s.X[1], direction[1], -curvature * direction[1]];
                    double[] actual = Curves.Derivatives(Taylor.Apply<TRule>(Curves.Of(x), Curves.Of(y)));
                    double[] nested = NestedJets.Derivatives(Jet<Jet<Jet<Jet<Real>>>>.Apply<TRule>(NestedJets.Of(x), NestedJets.Of(y)));
                    string what = $"{s} along ({direction[0]}, {direction[1]}), bent by {curvature}";
                    Curves.Compare(what, actual, nested, Curves.Scales(nested, Math.Min(Math.Abs(s.X[0]), Math.Abs(s.X[1]))), verdict,
                        worst);
                    Curves.LowerOrdersAlike(
                        what, order => Taylor.Apply<TRule>(Curves.Of(x).Truncate(order), Curves.Of(y)), actual, verdict);
                }
                if (!Tame.Contains(s) || direction[0] * direction[1] != 0)
                    continue;
                int moving = direction[0] != 0 ? 0 : 1;
                Tame.Compare($"{s} third", Along(s.X[moving])[3], v => Along(v)[2], s.X[moving], verdict);
                Tame.Compare($"{s} fourth", Along(s.X[moving])[4], v => Along(v)[3], s.X[moving], verdict);

                Taylor Along(double v) => moving == 0
                    ? Taylor.Apply<TRule>(Curves.Line(v), Taylor.Constant(s.X[1]))
                    : Taylor.Apply<TRule>(Taylor.Constant(s.X[0]), Curves.Line(v));
            }
        }
    }
}

/// <summary>Curves of one number, and how their images are compared.</summary>
internal static class Curves
{
    private const double Tolerance = 1e-14;

    public static Taylor Line(double x) => Taylor.Along([x, 1, 0, 0, 0]);

    public static Taylor Of(ReadOnlySpan<double> derivatives)
    {
        double[] all = new double[Taylor.MaximumOrder + 1];
        derivatives.CopyTo(all);
        return Taylor.Along(all);
    }

    public static double[] Derivatives(Taylor y) => [.. Enumerable.Range(0, y.Order + 1).Select(k => y[k])];

    /// <summary>How large the terms of a derivative may be: as itself, or as those of lower order over powers of the argument.</summary>
    public static double[] Scales(double[] derivatives, double x)
    {
        double[] scales = [.. derivatives.Select(Math.Abs)];
        for (int k = 2; k < scales.Length; k++)
            scales[k] += x == 0 ? scales[k - 1] : scales[k - 1] / Math.Min(1, Math.Abs(x));
        return scales;
    }

    /// <summary>Faà di Bruno's formula: the derivatives of φ(x(t)) from those of φ and of x, each first put through
    /// <paramref name="part"/>.</summary>
    public static double[] Composed(double[] phi, double[] x, Func<double, double> part)
    {
        double[] f = [.. phi.Select(part)], d = [.. x.Select(part)];
        return
        [
            phi[0],
            f[1] * d[1],
            f[2] * d[1] * d[1] + f[1] * d[2],
            f[3] * d[1] * d[1] * d[1] + 3 * f[2] * d[1] * d[2] + f[1] * d[3],
            f[4] * d[1] * d[1] * d[1] * d[1] + 6 * f[3] * d[1] * d[1] * d[2] + f[2] * (3 * d[2] * d[2] + 4 * d[1] * d[3]) + f[1] * d[4],
        ];
    }

    public static void Compare(string what, double[] actual, double[] expected, double[] scales, Verdict verdict, double[] worst)
    {
        for (int k = 0; k < expected.Length; k++)
        {
            // Where numbers overflow, which terms are summed decides between an infinity and NaN.
            if (!double.IsFinite(expected[k]) || !double.IsFinite(scales[k]))
            {
                if (double.IsFinite(actual[k]) && !double.IsFinite(expected[k]))
                    verdict.Add($"{what}, order {k}: {actual[k]:R}, expected {expected[k]:R}");
                continue;
            }
            double scale = Math.Max(scales[k], ReferenceTable.SmallestRelative);
            verdict.Close($"{what}, order {k}", actual[k], expected[k], scale, Tolerance);
            if (double.IsFinite(actual[k]))
                worst[k] = Math.Max(worst[k], Math.Abs(actual[k] - expected[k]) / scale);
        }
    }

    /// <summary>Asking for less gives the same bits.</summary>
    public static void LowerOrdersAlike(string what, Func<int, Taylor> truncated, double[] all, Verdict verdict)
    {
        for (int order = 0; order < all.Length; order++)
        {
            Taylor lower = truncated(order);
            if (lower.Order != order)
                verdict.Add($"{what}: order {lower.Order} where {order} is known");
            for (int k = 0; k <= lower.Order; k++)
                verdict.SameBits($"{what}, order {k} of {order}", lower[k], all[k]);
        }
    }
}
