using System.Globalization;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Laws;

/// <summary>docs/nonsmooth.md read as a test: every row, in every mode, for scalars and for arrays.</summary>
public class NonsmoothTests
{
    /// <summary>A cell where modes may differ between an infinity and NaN, according to the terms that they sum.</summary>
    private const string NotFinite = "not finite";

    private sealed record Entry(Function Scalar, Function Array);

    private static readonly Dictionary<string, Entry> Functions = new()
    {
        ["abs"] = One<Abs>(), ["relu"] = One<Relu>(), ["sign"] = One<Sign>(), ["floor"] = One<Floor>(), ["ceiling"] = One<Ceiling>(),
        ["truncate"] = One<Truncate>(), ["round"] = One<Round>(), ["sqrt"] = One<Sqrt>(), ["cbrt"] = One<Cbrt>(), ["log"] = One<Log>(),
        ["asin"] = One<Asin>(), ["acos"] = One<Acos>(), ["acosh"] = One<Acosh>(), ["atanh"] = One<Atanh>(),
            ["stop gradient"] = One<StopGradient>(),
        ["pow"] = Two<Pow>(), ["max"] = Two<Max>(), ["min"] = Two<Min>(), ["copysign"] = Two<CopySign>(), ["x % y"] = Two<Remainder>(),
        ["hypot"] = Two<Hypot>(), ["atan2"] = Two<Atan2>(), ["x / y"] = Two<Divide>(),
        ["1/x"] = new(x => 1 / x[0], x => Middle(1 / Thrice(x[0]))),
        ["0 · sqrt"] = new(x => 0 * Math.Sqrt(x[0]), x => Middle(0 * Math.Sqrt(Thrice(x[0])))),
        ["log where x > 0, else 0"] =
            new(x => Math.Where(x[0] > 0, Math.Log(x[0]), 0), x => Middle(Math.Where(Thrice(x[0]) > 0, Math.Log(Thrice(x[0])), 0))),
        ["largest element"] = Whole(x => x.Max(), x => x.MaxColumns()), ["smallest element"] = Whole(x => x.Min(), x => x.MinColumns()),
        ["norm"] = Whole(x => x.Norm(), x => VarVector.Of(0, x.Row(1).AsColumn().Norm(), 0)),
            ["logsumexp"] = Whole(x => x.LogSumExp(), x => x.LogSumExp()),
        ["clamp to [−1, 1]"] = new(x => Math.Clamp(x[0], -1, 1), x => Middle(Math.Clamp(Thrice(x[0]), -1, 1))),
    };

    public static TheoryData<string> Rows =>
        [.. File.ReadAllLines(TablePath()).Where(
        line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| function", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_holds_in_every_mode(string row)
    {
        string[] cells = [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];
        double[] x = [.. cells[1].Split(", ").Select(Number)];
        string[] value = cells[2].Split(", "), first = cells[3].Split(", "), second = cells[4].Split(", ");
        Entry entry = FunctionOf(cells[0]);
        var verdict = new Verdict();
        foreach ((string kind, Function f) in new[] { ("scalars", entry.Scalar), ("arrays", entry.Array) })
        {
            Modes.Run(kind, f, x, verdict, (mode, outcome) =>
            {
                Same($"{mode} value", outcome.Value, value[0]);
                for (int i = 0; i < x.Length; i++)
                {
                    Same($"{mode} first {i}", outcome.Gradient[i], first[i]);
                    for (int j = 0; j < x.Length; j++)
                        Same($"{mode} second {i}{j}", outcome.Hessian[i, j], second[i + j]);
                }
            });
        }
        string.Join('\n', verdict.Faults).ShouldBeEmpty();

        void Same(string what, double actual, string expected)
        {
            if (expected != NotFinite)
                verdict.SameBits(what, actual + 0.0, Number(expected) + 0.0);
            else if (double.IsFinite(actual))
                verdict.Add($"{what}: {actual:R}, expected not to be finite");
        }
    }

    [Fact]
    public void The_tables_are_read() => Rows.Count.ShouldBeGreaterThan(50);

    private static Entry One<TRule>() where TRule : struct, IUnaryRule<TRule> =>
        new(x => Var.Apply<TRule>(x[0]), x => Middle(VarVector.Apply<TRule>(Thrice(x[0]))));

    private static Entry Two<TRule>() where TRule : struct, IBinaryRule<TRule> =>
        new(x => Var.Apply<TRule>(x[0], x[1]), x => Middle(VarVector.Apply<TRule>(Thrice(x[0]), Thrice(x[1]))));

    /// <summary>A function of a vector, and the same of three rows.</summary>
    private static Entry Whole(Func<VarVector, Var> vector, Func<VarMatrix, VarVector> rows) =>
        new(x => vector(VarVector.Of(x)), x => Middle(rows(VarMatrix.Stack(VarVector.Of(x), VarVector.Of(x), VarVector.Of(x)))));

    private static Entry FunctionOf(string name)
    {
        if (Functions.TryGetValue(name, out Entry? known))
            return known;
        string[] parts = name.Split('^');
        if (parts[0] == "x")
        {
            double c = Number(parts[1]);
            return new(x => Math.Pow(x[0], c), x => Middle(Math.Pow(Thrice(x[0]), c)));
        }
        double b = Number(parts[0].Trim('(', ')'));
        return new(x => Math.Pow(b, x[0]), x => Middle(Math.Pow((Var)b, Thrice(x[0]))));
    }

    private static VarVector Thrice(Var x) => VarVector.Of(x, x, x);

    private static Var Middle(VarVector x) => x[1];

    private static double Number(string text) => text switch
    {
        "½" => 0.5,
        "π" => Math.PI,
        "π/2" => Math.PI / 2,
        "−π/2" => -Math.PI / 2,
        "+∞" => double.PositiveInfinity,
        "−∞" => double.NegativeInfinity,
        _ => double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture),
    };

    private static string TablePath() => Path.Combine(House.Sources.Root, "docs", "nonsmooth.md");
}
