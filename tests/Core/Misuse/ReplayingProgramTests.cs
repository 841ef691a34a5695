using System.Numerics;

namespace AutoDiff.Tests.Misuse;

/// <summary>Lambdas that branch, sort, search and look up without letting a number out: they are compiled, and repeated at other points of
/// the same way without running again. The oracle is the lambda itself.</summary>
public class ReplayingProgramTests
{
    private static readonly double[] s_weights = [3, -1, 2, 0.5];

    private static Var Weighted(IEnumerable<Var> numbers)
    {
        Var sum = 0;
        int i = 1;
        foreach (Var number in numbers)
            sum += i++ * number * number;
        return sum;
    }

    private static T Median<T>(T a, T b, T c) where T : INumber<T> => T.Max(T.Min(a, b), T.Min(T.Max(a, b), c));

    private static T Shape<T>(T x) where T : INumber<T> =>
        T.IsNaN(x) || !T.IsFinite(x) || T.IsSubnormal(x) ? T.Zero
        : T.IsInteger(x) ? x * x
        : T.IsNegative(x) ? -x
        : T.Sign(x) > 0 && T.IsNormal(x) && T.IsRealNumber(x) && !T.IsInfinity(x) ? x + x * x : T.One;

    private sealed class Shifted(double shift) : IComparer<Var>
    {
        public int Compare(Var x, Var y) => (x + shift).CompareTo(y + shift);
    }

    private static readonly Dictionary<string, Func<VarVector, Var>> s_programs = new()
    {
        ["comparison"] = x => x[0] > x[1] ? x[0] * x[0] : x[1],
        ["comparison with a number"] = x => x[0] > 0.25 && x[1] <= 100 ? x[0] * x[2] : x[3],
        ["Array.Sort"] = x =>
        {
            Var[] sorted = x.ToArray();
            Array.Sort(sorted);
            return Weighted(sorted);
        },
        ["Array.Sort by a comparer"] = x =>
        {
            Var[] sorted = x.ToArray();
            Array.Sort(sorted, new Shifted(2));
            return Weighted(sorted);
        },
        ["List.Sort"] = x =>
        {
            List<Var> sorted = [.. x.ToArray()];
            sorted.Sort((a, b) => b.CompareTo(a));
            return Weighted(sorted);
        },
        ["OrderBy"] = x => Weighted(x.ToArray().OrderBy(v => v * v).ThenByDescending(v => v)),
        ["Enumerable.Max"] = x => x.ToArray().Max() * x.ToArray().Min(),
        ["SortedSet"] = x => Weighted(new SortedSet<Var>(x.ToArray())),
        ["SortedDictionary"] = x =>
        {
            SortedDictionary<Var, int> places = [];
            for (int i = 0; i < x.Length; i++)
                places[x[i]] = i;
            return places.Values.Aggregate((Var)0, (sum, i) => 2 * sum + x[i]);
        },
        ["bubble sort"] = x =>
        {
            Var[] v = x.ToArray();
            for (int i = v.Length; i > 0; i--)
            {
                for (int j = 1; j < i; j++)
                {
                    if (v[j - 1] > v[j])
                        (v[j - 1], v[j]) = (v[j], v[j - 1]);
                }
            }
            return Weighted(v);
        },
        ["IndexOf and Contains"] = x => (Array.IndexOf(x.ToArray(), x[2]) + 1) * x[0] * x[0] + (x.ToArray().Contains(x[1]) ? x[1] : 0),
        ["Equals"] = x => x[0].Equals(x[1]) || Equals(x[0], x[3]) ? 0 : x[2] * x[2],
        ["SequenceEqual"] = x => x.ToArray().SequenceEqual(x.ToArray()) ? x[2] * x[2] : 0,
        ["BinarySearch"] = x =>
        {
            int place = Array.BinarySearch([-10, -1, 0, 1, 10], x[0]);
            return (place < 0 ? ~place : place) * x[0] * x[1];
        },
        ["Dictionary keyed by ints"] = x =>
        {
            Dictionary<int, Var> known = [];
            for (int i = 0; i < 6; i++)
                known[i] = i < 2 ? x[i] : known[i - 1] * known[i - 2];
            return known[5];
        },
        ["Dictionary keyed by text of constants"] = x =>
        {
            Dictionary<string, Var> known = [];
            for (int i = 0; i < s_weights.Length; i++)
                known[((Var)s_weights[i]).ToString()] = x[i];
            return known["3"] * known["0.5"];
        },
        ["hash codes of constants"] = x => new HashSet<Var> { 1, 2, 1 }.Count * x[0] * x[0],
        ["text of constants"] = x => ((VarVector)s_weights).ToString().Length * x[0] * x[0],
        ["switch on comparisons"] = x =>
            (x[0] > 0, x[1] > 0) switch { (true, true) => x[0] * x[1], (true, false) => x[0], (false, true) => x[1], _ => x[2] },
        ["generic median"] = x => Median(x[0], x[1], x[2]) * x[3],
        ["generic questions"] = x => Shape(x[0]) + Shape(x[1]) * x[2],
        ["generic magnitudes"] = x => Largest(x[0], x[1]) * x[2],
        ["dual comparisons"] = x => Forward.Derivative<Var>(y => y > x[1] ? y * y * y : y.CompareTo(x[2]) < 0 ? y : -y, x[0]),
        ["an exception of its own"] = x =>
        {
            try
            {
                return x[0] > 0 ? x[0] * x[1] : throw new ArithmeticException();
            }
            catch (ArithmeticException)
            {
                return x[2];
            }
        },
        ["a clamp that throws"] = x =>
        {
            try
            {
                return Math.Clamp(x[0], x[1], x[2]) * x[3];
            }
            catch (ArgumentException)
            {
                return x[2] * x[2];
            }
        },
        ["masks"] = x => Math.Where(x > 0.5, x * x, x).Sum(),
        ["while"] = x =>
        {
            Var y = x[0] * x[0] + 0.1;
            while (y < 50)
                y *= 2 + x[1] * x[1];
            return y;
        },
    };

    private static T Largest<T>(T a, T b) where T : INumber<T> =>
        T.MaxMagnitude(a, b) + T.MinMagnitudeNumber(a, b) + T.Clamp(a, T.Zero, T.One) + T.CopySign(a, b);

    public static TheoryData<string> Programs => [.. s_programs.Keys];

    [Theory, MemberData(nameof(Programs))]
    public void They_are_repeated(string name)
    {
        int runs = 0;
        Func<VarVector, Var> program = s_programs[name];
        Objective plain = Objective.Of(program), compiled = Objective.Of(x =>
        {
            runs++;
            return program(x);
        }).Compile([1.25, -0.5, 2.75, 0.75]);
        plain.Check([1.25, -0.5, 2.75, 0.75]);
        compiled.Check([1.25, -0.5, 2.75, 0.75]);
        runs = 0;
        // Nearby, where every comparison comes out as it did.
        for (int i = 1; i <= 5; i++)
        {
            double[] near = [1.25 + 0.001 * i, -0.5 - 0.001 * i, 2.75, 0.75 + 0.001 * i];
            compiled.Gradient(near).ShouldBe(plain.Gradient(near), 1e-12, name);
        }
        runs.ShouldBe(0, name);
        Random random = new(5);
        for (int i = 0; i < 60; i++)
        {
            double[] x = [.. Enumerable.Range(0, 4).Select(_ => Math.Round(8 * (random.NextDouble() - 0.5), i % 4))];
            compiled.Value(x).ShouldBe(plain.Value(x), 1e-10 * (1 + Math.Abs(plain.Value(x))), $"{name} at {string.Join(", ", x)}");
            compiled.Gradient(x).ShouldBe(plain.Gradient(x), 1e-9 * (1 + Math.Abs(plain.Value(x))), $"{name} at {string.Join(", ", x)}");
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public void In_a_sum_over_rows_they_run_at_few_rows(string name)
    {
        Func<VarVector, Var> program = s_programs[name];
        int runs = 0;
        double[,] rows = new double[200, 4];
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < 4; j++)
                rows[i, j] = new[] { 1.25, -0.5, 2.75, 0.75 }[j] + 0.00001 * i * (j + 1);
        }
        DataObjective sum = Objective.Sum(rows, (x, r) =>
        {
            runs++;
            return program((VarVector)r * x[0]);
        });
        double[] x = [1.0];
        double value = sum.Value(x);
        runs.ShouldBeLessThan(40, name);
        double expected = 0;
        for (int i = 0; i < 200; i++)
            expected += Objective.Of(program).Value([rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3]]);
        value.ShouldBe(expected, 1e-10 * Math.Abs(expected), name);
        runs = 0;
        sum.Gradient(x);
        runs.ShouldBeLessThan(6, name);
        sum.Check(x);
    }

    [Fact]
    public void There_are_more_than_twenty() => s_programs.Count.ShouldBeGreaterThan(20);
}
