using AutoDiff.Hvp;

namespace AutoDiff.Tests.DataRows;

/// <summary>An evaluation works on the numbers of a declared parameter as they stood when it began: f = n·a·x³, in n terms, has one
/// a.</summary>
public class SnapshotTests
{
    private const int Terms = 320;
    private const double Point = 2;

    private readonly Data _a = Data.Of(1);
    private Action? _atTheEnd;

    public static TheoryData<string> Kinds =>
        ["lambda", "arrays", "compiled", "compiled and swept", "compiled, another way", "reusing", "rows", "rows on threads",
            "rows on two ways", "rows recorded one by one", "batch"];

    private Objective Make(string kind) => kind switch
    {
        "lambda" => Loop,
        "arrays" => Objective.Of(x => Ended((_a[0] * x[0] * x[0] * x[0] * (VarVector)s_ones).Sum())),
        "compiled" => Loop.Compile([Point]),
        "compiled and swept" => Objective.Of(x => Ended(Terms * Term(x[0]))).Compile([Point]),
        "compiled, another way" => Objective.Of(x => Ended(x[0] > 1.5 ? Terms * Term(x[0]) : Term(x[0]))).Compile([1.0]),
        "reusing" => Known(Loop.Reusing()),
        "rows" => OverRows((x, r) => Ended(Term(x[0]) * r[0])),
        "rows on threads" => OnThreads(OverRows((x, r) => Ended(Term(x[0]) * r[0]))),
        "rows on two ways" => OverRows((x, r) => Ended(r[1] > 0 ? Term(x[0]) * r[0] : r[0] * Term(x[0]))),
        "rows recorded one by one" => OverRows((x, r) => Ended(Term(x[0]) * r[0].Value)),
        "batch" => OverRows((x, r) => Ended(Term(x[0]) * r[0])).Batch([.. Enumerable.Range(0, Terms)]),
        _ => throw new ArgumentException(kind),
    };

    // By each of these a is told from one evaluation.
    private static readonly Dictionary<string, Func<Objective, double>> s_results = new()
    {
        ["value"] = f => f.Value([Point]) / 8,
        ["gradient"] = f => f.Gradient([Point])[0] / 12,
        ["product"] = f => f.Hvp([Point], [1.0])[0] / 12,
        ["model"] = f =>
        {
            using LocalModel at = f.At([Point]);
            double a = at.Value / 8;
            double[] others = [at.Gradient[0] / 12, at.Hessian.Apply([1.0])[0] / 12, at.DirectionalDerivatives([1.0], 3)[3] / 6];
            return Array.TrueForAll(others, o => Math.Abs(o - a) <= 1e-9 * a) ? a : double.NaN;
        },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void What_the_lambda_sets_counts_from_the_next_evaluation_on(string kind)
    {
        Objective f = Make(kind);
        double next = 0;
        _atTheEnd = () => _a.Set(next);
        for (int i = 1; i <= 3; i++)
        {
            foreach ((string result, Func<Objective, double> tell) in s_results)
            {
                _a.Set(10 * i);
                next = 1e4 * i;
                (tell(f) / Terms).ShouldBe(10 * i, 1e-9 * i, result);
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Set_by_another_thread_an_evaluation_is_of_one_setting(string kind)
    {
        Objective f = Make(kind);
        using CancellationTokenSource done = new();
        Task setting = Task.Run(() =>
        {
            for (double a = 1; !done.IsCancellationRequested; a = a < 1e6 ? 10 * a : 1)
                _a.Set(a);
        });
        List<string> wrong = [];
        for (int i = 0; i < 100; i++)
        {
            foreach ((string result, Func<Objective, double> tell) in s_results)
            {
                double power = Math.Log10(tell(f) / Terms);
                if (!(Math.Abs(power - Math.Round(power)) <= 1e-9))
                    wrong.Add($"{result}: {power}");
            }
        }
        await done.CancelAsync();
        await setting;
        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_local_model_stays_at_its_setting(string kind)
    {
        Objective f = Make(kind);
        _a.Set(3);
        using LocalModel at = f.At([Point]);
        _a.Set(7);
        at.Gradient[0].ShouldBe(12 * 3 * Terms, 1e-6);
        at.Hessian.Apply([1.0])[0].ShouldBe(12 * 3 * Terms, 1e-6);
        at.DirectionalDerivatives([1.0], 3)[3].ShouldBe(6 * 3 * Terms, 1e-6);
    }

    [Fact]
    public void Evaluations_inside_others_are_of_the_outer_ones_setting()
    {
        Objective inner = Objective.Of(y => _a[0] * y[0]).Compile([1.0]);
        Objective f = Objective.Of(x =>
        {
            Var before = _a[0] * x[0];
            _a.Set(5);
            return before + inner.Value([1.0]) + inner.Gradient(x)[0] * x[0]
                + Objective.Sum(s_rows, (u, r) => _a[0] * u[0] * r[0]).Value([1.0]);
        });
        _a.Set(2);
        f.Value([3.0]).ShouldBe(6 + 2 + 6 + 2 * Terms);
        inner.Value([1.0]).ShouldBe(5);
    }

    [Fact]
    public void A_vector_function_too()
    {
        VectorFunction f = VectorFunction.Of(x =>
        {
            Var first = _a[0] * x[0];
            _a.Set(_a.Vector[0].Value + 1);
            return VarVector.Of(first, _a[0] * x[0] * x[0]);
        });
        _a.Set(2);
        f.Value([3.0]).ShouldBe([6, 18]);
        f.Jacobian([3.0]).Cast<double>().ShouldBe([3, 18]);
    }

    private static readonly double[] s_ones = [.. Enumerable.Repeat(1.0, Terms)];

    private static readonly double[,] s_rows = Alternating();

    private static double[,] Alternating()
    {
        double[,] rows = new double[Terms, 2];
        for (int i = 0; i < Terms; i++)
            (rows[i, 0], rows[i, 1]) = (1, i % 3 - 1);
        return rows;
    }

    private Objective Loop => Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i < Terms; i++)
            sum += Term(x[0]);
        return Ended(sum);
    });

    private Var Term(Var x) => _a[0] * x * x * x;

    private Var Ended(Var y)
    {
        _atTheEnd?.Invoke();
        return y;
    }

    private static Objective Known(Objective reusing)
    {
        for (int i = 0; i < 60; i++)
            reusing.Gradient([Point]);
        return reusing;
    }

    private static DataObjective OverRows(Func<VarVector, DataVector, Var> term) => Objective.Sum(s_rows, term);

    private static DataObjective OnThreads(DataObjective f)
    {
        f.MaxDegreeOfParallelism = 2;
        return f;
    }
}
