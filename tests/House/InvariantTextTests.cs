using System.Collections;
using System.Globalization;
using System.Reflection;
using AutoDiff.Hvp;
using AutoDiff.Optim;

namespace AutoDiff.Tests.House;

/// <summary>Text does not depend on where it is made: under a culture that writes 0,5 and −1 in signs of its own, everything that has text
/// says the same as under the invariant one.</summary>
public class InvariantTextTests
{
    private static readonly CultureInfo s_culture = Foreign();

    private static CultureInfo Foreign()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.NaNSymbol = "keine Zahl";
        culture.NumberFormat.PositiveInfinitySymbol = "unendlich";
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Same(Func<string?> text)
    {
        string? expected = Under(CultureInfo.InvariantCulture, text);
        Under(s_culture, text).ShouldBe(expected);
    }

    private static string Message(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            return e.Message;
        }
        throw new InvalidOperationException("It was to throw.");
    }

    private sealed class Quadratic : ArrayFunction, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => yBar * yBar;
    }

    [Fact]
    public void Numbers()
    {
        Same(() => $"{new Dual<double>(-0.5)} {Forward.Derivative(x => x * 0.25, -1.5) * new Dual<double>(0.5)}");
        Same(() => Inside(x => $"{x[0]} {x} {x.AsColumn()} {x > 0} {x[1]:F3} {2 * new Dual<Var>(x[0])}"));
        Same(() => Inside(x => $"{x[0].ToLogText()} {x.ToLogText()} {x.AsRow().ToLogText()}"));
        string multi = "";
        Same(() =>
        {
            Forward.Gradient(x => { multi = $"{x[0]}"; return x[0] * x[1]; }, [-0.5, 1234.5]);
            return multi;
        });
        Under(s_culture, () => Parsed<Var>("0.5")).Value.ShouldBe(0.5);
        Under(s_culture, () => Parsed<Dual<double>>("-1.25")).Primal.ShouldBe(-1.25);
    }

    private static T Parsed<T>(string text) where T : IParsable<T> => T.Parse(text, null);

    private static string Inside(Func<VarVector, string> text)
    {
        string made = "";
        Objective.Of(x =>
        {
            made = text(x);
            return x[0];
        }).Value([-0.5, 1234.5, double.NaN]);
        return made;
    }

    [Fact]
    public void Results_verdicts_spectra_and_comparisons()
    {
        Objective f = Objective.Of(x => Math.Square(x[0] - 0.123) + 0.75 * Math.Square(x[1] + 1.5) + 0.01 * Math.Pow(x[0], 4));
        OptimizationResult result = new TrustRegionNewton().Minimize(f, [-1.2, 1.5]);
        Same(() => $"{result}");
        Same(() => $"{result.Verdict}");
        Same(() => $"{new TrustRegionNewton().Minimize(f, [-1.2, 1.5]).Verdict}");
        Same(() => $"{CriticalPoint.Classify(f, [0.5, 0.5])}");
        Same(() => $"{CriticalPoint.Classify(Objective.Of(x => x[0] * x[0] - 0.5 * x[1] * x[1]), [0.0, 0.0])}");
        HvpComparison comparison = HvpComparison.Run(f, [0.5, -0.25], [1.0, 2.0]);
        Same(() => $"{comparison}");
        using LocalModel at = f.At([0.5, -0.25]);
        Same(() => $"{Objective.Of(x => x[0] / 0.0).FindNonFinite([-0.5])}");
    }

    [Fact]
    public void Messages()
    {
        double factor = 0.5;
        Objective f = Objective.Of(x => factor * x[0]).Compile([1.5], new() { VerifyEvery = 1 });
        factor = -2.25;
        Same(() => Message(() => f.Value([1.5])));
        Same(() => Message(() => Objective.Sum(new[,] { { -0.5 } }, (x, r) => x[r.Label(0)]).Value([1.0])));
        Same(() => Message(() => Math.Clamp((Var)1, 0.75, -0.5)));
        Same(() => Message(() => Objective.Of(x => new Quadratic().Apply(x)[0]).Hvp([1.5], [0.5])));
        Same(() => Message(() => Objective.Of(x => (VarVector)new double[3] is var c ? (c + x)[0] : 0).Value(new double[1234])));
    }

    public static TheoryData<Type> Records
    {
        get
        {
            TheoryData<Type> data = [];
            foreach (Assembly assembly in new[] { typeof(Var).Assembly, typeof(LocalModel).Assembly, typeof(Minimizer).Assembly })
            {
                foreach (Type type in assembly.GetExportedTypes().Where(
                    t => !t.IsAbstract && t.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null))
                    data.Add(type);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Records))]
    public void Records_print_themselves(Type type)
    {
        object record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (FieldInfo field in Fields(type).Where(f => f.FieldType == typeof(double)))
            field.SetValue(record, 0.5);
        foreach (FieldInfo field in Fields(type).Where(f => typeof(IEnumerable).IsAssignableFrom(f.FieldType) && f.FieldType.IsArray))
            field.SetValue(record, Array.CreateInstance(field.FieldType.GetElementType()!, new int[field.FieldType.GetArrayRank()]));
        try
        {
            _ = record.ToString();
        }
        catch (NullReferenceException)
        {
            return; // It holds what only its makers can fill in; results are above.
        }
        catch (ArgumentNullException)
        {
            return;
        }
        Same(record.ToString);
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
        }
    }
}
