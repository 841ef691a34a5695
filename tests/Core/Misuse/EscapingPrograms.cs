using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>
/// Lambdas that let a number out of their recording and compute with what they made of it: (x, r) ↦ a number that depends on the text, the
/// hash, the conversion of r₀. The first number of r is one of −2, 0, 1, 2, 3, its second some other.
/// </summary>
internal static class EscapingPrograms
{
    public delegate Var Lambda(VarVector x, VarVector r);

    /// <summary>ln x for x &gt; 0, and no number elsewhere.</summary>
    private sealed class StrictLog : ArrayFunction, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] > 0 ? Math.Log(x[i]) : throw new ArithmeticException("no logarithm");
        }

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => yBar / x;
    }

    /// <summary>√(x + ¼) for x ≥ 0, and an exception elsewhere.</summary>
    private readonly struct StrictSqrt : IUnaryRule<StrictSqrt>
    {
        public static double Value(double x) => x >= 0 ? Math.Sqrt(x + 0.25) : throw new ArithmeticException("no root");

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => 0.5 / y;
    }

    /// <summary>x/y for y &gt; 0, and an exception elsewhere.</summary>
    private readonly struct StrictRatio : IBinaryRule<StrictRatio>
    {
        public static double Value(double x, double y) => y > 0 ? x / y : throw new DivideByZeroException();

        public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => 1 / y;

        public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -z / y;
    }

    private readonly record struct Money(Var Amount);

    private static double Number(string text)
    {
        int end = 0;
        while (end < text.Length && !char.IsAsciiDigit(text[end]) && text[end] != '-')
            end++;
        int start = end;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '-' or '.'))
            end++;
        return double.Parse(text.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static Var Priced(VarVector x, double price) => (1 + price) * x[0] * x[0] + x[1];

    private static Var Caught(Func<Var> tried, VarVector x)
    {
        try
        {
            return tried();
        }
        catch (Exception e) when (e is ArithmeticException or FormatException)
        {
            return 10 * x[1];
        }
    }

    private static string Formatted<T>(T number) where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture).ShouldBeTrue();
        return new string(text[..length]);
    }

    private static string FormattedUtf8<T>(T number) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture).ShouldBeTrue();
        return Encoding.UTF8.GetString(text[..length]);
    }

    private static TTo To<TFrom, TTo>(TFrom number) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo> =>
        TTo.CreateTruncating(number);

    private static TTo Checked<TFrom, TTo>(TFrom number) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo> =>
        TTo.CreateChecked(number);

    private static TTo Saturating<TFrom, TTo>(TFrom number) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo> =>
        TTo.CreateSaturating(number);

    private static Objective Logarithm { get; } = Objective.Of(v => new StrictLog().Apply(v)[0]);

    public static IReadOnlyDictionary<string, Lambda> All { get; } = new Dictionary<string, Lambda>
    {
        ["Value"] = (x, r) => Priced(x, r[0].Value),
        ["ToValues of a vector"] = (x, r) => Priced(x, r.ToValues()[0]),
        ["ToValues of a matrix"] = (x, r) => Priced(x, r.AsColumn().ToValues()[0, 0]),
        ["interpolation"] = (x, r) => Priced(x, Number($"{r[0]}")),
        ["interpolation with a format"] = (x, r) => Priced(x, Number($"{r[0]:F2}")),
        ["interpolation by a culture"] = (x, r) => Priced(x, Number(string.Create(CultureInfo.InvariantCulture, $"{r[0]:F2}"))),
        ["ToString"] = (x, r) => Priced(x, Number(r[0].ToString())),
        ["ToString with a format"] = (x, r) => Priced(x, Number(r[0].ToString("F1", CultureInfo.InvariantCulture))),
        ["ToString of a box"] = (x, r) => Priced(x, Number(((object)r[0]).ToString()!)),
        ["string.Format"] = (x, r) => Priced(x, Number(string.Format(CultureInfo.InvariantCulture, "{0:F1}", r[0]))),
        ["Convert.ToString"] = (x, r) => Priced(x, Number(Convert.ToString((object)r[0], CultureInfo.InvariantCulture)!)),
        ["concatenation"] = (x, r) => Priced(x, Number("" + r[0])),
        ["string.Join"] = (x, r) => Priced(x, Number(string.Join(';', r.ToArray()))),
        ["StringBuilder"] = (x, r) => Priced(x, Number(new StringBuilder().Append(r[0]).ToString())),
        ["StringBuilder interpolated"] = (x, r) =>
            Priced(x, Number(new StringBuilder().Append(CultureInfo.InvariantCulture, $"<{r[0]}>").ToString())),
        ["StringWriter"] = (x, r) =>
        {
            using StringWriter writer = new(CultureInfo.InvariantCulture);
            writer.Write(r[0]);
            return Priced(x, Number(writer.ToString()));
        },
        ["TryFormat"] = (x, r) => Priced(x, Number(Formatted(r[0]))),
        ["TryFormat of UTF-8"] = (x, r) => Priced(x, Number(FormattedUtf8(r[0]))),
        ["text of a vector"] = (x, r) => Priced(x, Number($"{r}")),
        ["text of a slice"] = (x, r) => Priced(x, Number(r[..1].ToString())),
        ["text of a matrix"] = (x, r) => Priced(x, Number(r.AsColumn().ToString())),
        ["text of a transposed matrix"] = (x, r) => Priced(x, Number(r.AsColumn().Transpose().ToString())),
        ["text of a mask"] = (x, r) => Priced(x, (r > 1).ToString().StartsWith("[true", StringComparison.Ordinal) ? 5 : 2),
        ["text of a mask of masks"] = (x, r) => Priced(x, $"{!(r > 0) | (r > 2)}".Contains("true", StringComparison.Ordinal) ? 5 : 2),
        ["text of a tuple"] = (x, r) => Priced(x, Number((r[0], 1).ToString())),
        ["text of a record"] = (x, r) => Priced(x, Number(new Money(r[0]).ToString())),
        ["text of a dual"] = (x, r) => Priced(x, Number(new Dual<Var>(r[0]).ToString())),
        ["text of a dual's tangent"] = (x, r) =>
            Priced(x, Forward.Derivative<Var>(y => y * Number($"{y * y}"), r[0]).ToLogText().Length > 0
            ? Number(new Dual<Var>(r[0]).ToString()) : 0),
        ["JSON"] = (x, r) => Priced(x, JsonDocument.Parse(JsonSerializer.Serialize(r[0])).RootElement.GetProperty("Value").GetDouble()),
        ["hash code"] = (x, r) => Priced(x, r[0].GetHashCode() == 2.0.GetHashCode() ? 7 : 1),
        ["hash code of a record"] = (x, r) => Priced(x, new Money(r[0]).GetHashCode() == new Money(2).GetHashCode() ? 7 : 1),
        ["hash code of a tuple"] = (x, r) => Priced(x, (r[0], 1).GetHashCode() == ((Var)2, 1).GetHashCode() ? 7 : 1),
        ["hash code of a dual"] = (x, r) => Priced(x, new Dual<Var>(r[0]).GetHashCode() == new Dual<Var>(2).GetHashCode() ? 7 : 1),
        ["EqualityComparer"] = (x, r) => Priced(x, EqualityComparer<Var>.Default.GetHashCode(r[0]) == 2.0.GetHashCode() ? 7 : 1),
        ["HashSet"] = (x, r) => Priced(x, new HashSet<Var> { r[0], 2 }.Count),
        ["Dictionary"] = (x, r) => Priced(x, new Dictionary<Var, double> { [1] = 10, [2] = 100 }.GetValueOrDefault(r[0])),
        ["Dictionary by text"] = (x, r) =>
            Priced(x, new Dictionary<string, double> { ["1"] = 10, ["3"] = 100 }.GetValueOrDefault($"{r[0]}")),
        ["Distinct"] = (x, r) => Priced(x, r.ToArray().Append((Var)2).Distinct().Count()),
        ["GroupBy"] = (x, r) => Priced(x, new[] { r[0], 2, 3 }.GroupBy(v => v).Count()),
        ["to int"] = (x, r) => Priced(x, To<Var, int>(r[0])),
        ["to byte, saturating"] = (x, r) => Priced(x, Saturating<Var, byte>(r[0])),
        ["to long, checked"] = (x, r) => Priced(x, Checked<Var, long>(r[0])),
        ["to BigInteger"] = (x, r) => Priced(x, (double)To<Var, BigInteger>(r[0])),
        ["dual to int"] = (x, r) => Priced(x, To<Dual<Var>, int>(new Dual<Var>(r[0]))),
        ["an array function throws"] = (x, r) => Caught(() => x[0] * new StrictLog().Apply(r[..1])[0], x),
        ["a nested value throws"] = (x, r) => Caught(() => x[0] * Logarithm.Value(r[..1]), x),
        ["a nested gradient throws"] = (x, r) => Caught(() => x[0] * Logarithm.Gradient(r[..1])[0], x),
        ["a rule throws"] = (x, r) => Caught(() => x[0] * Var.Apply<StrictSqrt>(r[0]), x),
        ["a rule of two throws"] = (x, r) => Caught(() => Var.Apply<StrictRatio>(x[0], r[0]), x),
        ["a rule of two with a constant throws"] = (x, r) => Caught(() => x[0] * Var.Apply<StrictRatio>(3, r[0]), x),
        ["a rule over arrays throws"] = (x, r) => Caught(() => x[0] * VarVector.Apply<StrictSqrt>(r)[0], x),
        ["a rule of two over arrays throws"] = (x, r) => Caught(() => VarVector.Apply<StrictRatio>(x, r[..1])[0], x),
    };
}
