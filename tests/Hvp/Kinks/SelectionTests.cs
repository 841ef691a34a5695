using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp.Kinks;

/// <summary>The smooth functions that meet at a point, against the same functions written out by hand.</summary>
public class SelectionTests
{
    /// <summary>A function with kinks at a point, and its smooth pieces there, in any order.</summary>
    private sealed record Case(Func<VarVector, Var> F, double[] X, params Func<VarVector, Var>[] Pieces);

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["abs"] = new(v => Math.Abs(v[0]) * v[1], [0, 3], v => v[0] * v[1], v => -v[0] * v[1]),
        ["relu of a product"] =
            new(v => Var.Square(v[0] * Math.Relu(v[1]) - 1), [0, 0], v => Var.Square(v[0] * v[1] - 1), v => 1 + 0 * v[0]),
        ["max"] = new(v => Math.Max(v[0] * v[0], v[1]), [1, 1], v => v[0] * v[0], v => v[1]),
        ["min against a number"] = new(v => Math.Min(v[0] * v[1], 2), [1, 2], v => v[0] * v[1], v => 2 + 0 * v[0]),
        ["clamp"] = new(v => Math.Clamp(v[0], -1, 1) * v[1], [1, 3], v => v[0] * v[1], v => v[1]),
        ["comparison"] = new(
            v => v[0] > 0 ? Math.Exp(v[0]) : Math.Cos(v[0] * v[1]), [0, 2], v => Math.Exp(v[0]), v => Math.Cos(v[0] * v[1])),
        ["one argument"] = new(v => v[0] > 0 ? Math.Abs(v[0]) * v[1] : Math.Relu(v[0]) - v[0], [0, 2], v => v[0] * v[1], v => -v[0]),
        ["CompareTo"] = new(v => v[0].CompareTo(v[1]) switch { < 0 => v[0] * v[0], > 0 => v[1], _ => 7 * v[0] }, [1, 1], v => v[0] * v[0],
            v => v[1], v => 7 * v[0]),
        ["equality"] = new(v => v[0] == 0 ? v[0] * v[0] : -v[0] * v[0], [0, 0], v => v[0] * v[0], v => -v[0] * v[0]),
        ["sort"] = new(Sorted, [2, 2], v => v[0] + 3 * v[1] * v[1], v => v[1] + 3 * v[0] * v[0], v => v[0] + 3 * v[1] * v[1]),
        ["floor and sign"] = new(v => Math.Floor(v[0]) * v[1] * v[1], [2, 3], v => 2 * v[1] * v[1], v => v[1] * v[1]),
        ["sign"] = new(v => Math.Sign(v[0]) * v[1] * v[1], [0, 3], v => v[1] * v[1], v => -v[1] * v[1], v => 0 * v[0]),
        ["remainder"] = new(v => v[0] % v[1], [6, 3], v => v[0] - 2 * v[1], v => v[0] - v[1]),
        ["copysign"] = new(v => Math.CopySign(v[1], v[0]), [0, -3], v => -v[1], v => v[1]),
        ["elements"] = new(
            v => (Math.Abs(v) * v * v).Sum(), [0, 2],
            v => v[0] * v[0] * v[0] + v[1] * v[1] * v[1], v => -v[0] * v[0] * v[0] + v[1] * v[1] * v[1]),
        ["elementwise max"] = new(v => Math.Max(v * v, v).Sum(), [1, 3], v => v[0] * v[0] + v[1] * v[1], v => v[0] + v[1] * v[1]),
        ["elementwise remainder"] = new(v => (v % VarVector.Of(3, 3)).Sum(), [6, 7], v => v[0] - 6 + v[1] - 6, v => v[0] - 3 + v[1] - 6),
        ["mask"] = new(v => Math.Where(v > 1, v * v, -v).Sum(), [1, 3], v => v[0] * v[0] + v[1] * v[1], v => -v[0] + v[1] * v[1]),
        ["joined masks"] = new(
            v => Math.Where((v > 0) & !(v >= 2), v * v, Math.Exp(v)).Sum(), [0, 1],
            v => v[0] * v[0] + v[1] * v[1], v => Math.Exp(v[0]) + v[1] * v[1]),
        ["largest"] = new(v => (v * v).Max(), [2, -2], v => v[0] * v[0], v => v[1] * v[1]),
        ["smallest of three"] = new(v => VarVector.Of(v[0], v[1] * v[0], 5 + v[1]).Min(), [4, 1], v => v[0], v => v[0] * v[1]),
        ["rows of a matrix"] = new(
            v => VarMatrix.Stack(v, v * v).MaxColumns().Sum(), [1, 1],
            v => v[0] + v[0] * v[0], v => v[1] + v[0] * v[0], v => v[0] + v[1] * v[1], v => v[1] + v[1] * v[1]),
        ["behind a branch"] = new(v => v[0] > 0 ? Math.Abs(v[1]) : v[1] * v[1], [0, 0], v => v[1], v => -v[1], v => v[1] * v[1]),
        ["inside a gradient"] =
            new(v => Objective.Of(y => Math.Abs(y[0]) * y[0] * y[1]).Gradient(v)[0], [0, 3], v => 2 * v[0] * v[1], v => -2 * v[0] * v[1]),
        ["dual numbers"] = new(
            v => Forward.Derivative<Var>(t => Math.Abs(t) * t * v[1], v[0]), [0, 3], v => 2 * v[0] * v[1], v => -2 * v[0] * v[1]),
        ["log-sum-exp by hand"] = new(ByHand, [1, 1], v => Math.LogAddExp(v[0], v[1]), v => Math.LogAddExp(v[0], v[1])),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Selections_are_the_pieces(string name)
    {
        Case c = s_cases[name];
        foreach (Objective f in (
            Objective[])[Objective.Of(c.F), Objective.Of(c.F).Reusing(), Rows(c.F), Objective.Of(v => Objective.Of(c.F).Value(v))])
            Hold(SelectionSet.Of(f, c.X, 1e-9), c);
        Hold(SelectionSet.Of(Objective.Of(c.F).Compile(c.X), c.X, 1e-9), c);
    }

    private static void Hold(SelectionSet set, Case c)
    {
        set.IsComplete.ShouldBeTrue();
        set.Opaque.ShouldBeEmpty();
        set.EscapedValue.ShouldBeNull();
        List<Objective> pieces = [.. c.Pieces.Select(Objective.Of)];
        set.Selections.Count.ShouldBe(pieces.Count);
        foreach (Selection selection in set.Selections)
        {
            Objective? piece = pieces.Find(p => AreSame(selection.Objective!, p, c.X));
            piece.ShouldNotBeNull($"{selection.Value} with gradient {string.Join(", ", selection.Gradient.ToArray())}");
            pieces.Remove(piece);
        }
    }

    // Values and derivatives to the third order, at the point and far from it.
    private static bool AreSame(Objective f, Objective g, double[] x)
    {
        double[] v = [0.3, -0.8];
        foreach (double[] point in (double[][])[x, [x[0] + 0.4, x[1] - 0.7], [x[0] - 1.3, x[1] + 0.2]])
        {
            if (!Near(f.Value(point), g.Value(point)) || !f.Gradient(point).Zip(g.Gradient(point)).All(p => Near(p.First, p.Second))
                || !f.Hvp(point, v).Zip(g.Hvp(point, v)).All(p => Near(p.First, p.Second)))
                return false;
            using LocalModel ours = f.At(point), theirs = g.At(point);
            if (!ours.DirectionalDerivatives(v, 3).Zip(theirs.DirectionalDerivatives(v, 3)).All(p => Near(p.First, p.Second)))
                return false;
            Objective recorded = Objective.Of(y => f.Value(y));
            if (!Near(recorded.Value(point), g.Value(point))
                || !recorded.Gradient(point).Zip(g.Gradient(point)).All(p => Near(p.First, p.Second)))
                return false;
        }
        return true;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-12 * (1 + Math.Abs(b));

    private static Objective Rows(Func<VarVector, Var> f) =>
        Objective.Sum(new double[,] { { 0.25 }, { 0.75 } }, (v, row) => row[0] < 0.5 ? f(v) : 0 * row[0]);

    private static Var Sorted(VarVector v)
    {
        Var[] items = [v[0], v[1]];
        Array.Sort(items);
        return items[0] + 3 * items[1] * items[1];
    }

    private static Var ByHand(VarVector v)
    {
        Var m = v[0] > v[1] ? v[0] : v[1];
        return m + Math.Log(Math.Exp(v[0] - m) + Math.Exp(v[1] - m));
    }

    [Fact]
    public void Arguments_and_sides_describe_where_a_selection_holds()
    {
        SelectionSet set = SelectionSet.Of(Objective.Of(v => Math.Abs(v[1] - v[0] * v[0]) + Math.Relu(2 * v[0] - v[1])), [0, 0], 1e-9);
        set.Selections.Count.ShouldBe(4);
        foreach (Selection selection in set.Selections)
        {
            (SelectedKink curve, SelectedKink line) = (selection.Kinks[0], selection.Kinks[1]);
            (curve.Kink.Operation, line.Kink.Operation).ShouldBe(("Abs", "Relu"));
            curve.Gradient.ToArray().ShouldBe([0, 1]);
            line.Gradient.ToArray().ShouldBe([2, -1]);
            curve.Argument.Hvp([0, 0], [1, 0]).ShouldBe([-2, 0]);
            (curve.IsAffine, line.IsAffine).ShouldBe((false, true));
            curve.Argument.Value([3, 4]).ShouldBe(-5);
            double slope = (curve.Sides.HasFlag(Sides.Positive) ? 1 : -1) + (line.Sides.HasFlag(Sides.Positive) ? -1 : 0);
            selection.Gradient[1].ShouldBe(slope);
        }
    }

    [Fact]
    public void Only_kinks_within_the_radius_are_active()
    {
        Objective f = Objective.Of(v => Math.Abs(v[0] - 1e-6) + 1000 * Math.Relu(v[0] + v[1] - 3e-3) + Math.Max(v[1], 7));
        SelectionSet.Of(f, [0, 0], 1e-7).Selections.Count.ShouldBe(1);
        SelectionSet.Of(f, [0, 0], 1e-5).Selections.Count.ShouldBe(2);
        SelectionSet.Of(f, [0, 0], 3e-3).Selections.Count.ShouldBe(4);
        SelectionSet.Of(f, [0, 0], 7).Selections.Count.ShouldBe(8);
    }

    [Fact]
    public void Sides_forced_away_from_a_kink_are_the_smooth_function_there()
    {
        Selection other = SelectionSet.Of(Objective.Of(v => Math.Abs(v[0]) * v[0]), [1e-9], 1e-8).Selections[1];
        other.Value.ShouldBe(-1e-18);
        other.Gradient[0].ShouldBe(-2e-9);
        other.Kinks[0].Value.ShouldBe(1e-9);
    }

    [Fact]
    public void An_equality_is_thin_and_the_way_of_f_comes_first()
    {
        SelectionSet set = SelectionSet.Of(Objective.Of(v => v[0] == 0 ? 5 : v[0]), [0], 1e-9);
        set.Value.ShouldBe(5);
        set.Selections.Select(s => (s.IsThin, s.Value)).ShouldBe([(true, 5.0), (false, 0.0)]);
    }

    [Fact]
    public void Jumps_and_singularities_are_said()
    {
        SelectionSet.Of(Objective.Of(v => Math.Floor(v[0])), [2], 1e-9).HasJump.ShouldBeTrue();
        SelectionSet.Of(Objective.Of(v => Math.Floor(v[0])), [2.5], 1e-9).HasJump.ShouldBeFalse();
        foreach (Func<VarVector, Var> f in (Func<VarVector, Var>[])[
            v => v.Norm(), v => Math.Hypot(v[0], v[1]), v => Math.Atan2(v[0], v[1]), v => Math.Sqrt(v[0]), v => Math.Cbrt(v[1]),
            v => Math.Pow(v[0], 1.5), v => Math.Sqrt(v).Sum(), v => Math.Hypot(v, v).Sum(), v => Math.Asin(1 - v[0])])
        {
            SelectionSet set = SelectionSet.Of(Objective.Of(f), [0, 0], 1e-9);
            set.HasSingularity.ShouldBeTrue();
            set.Selections.Count.ShouldBe(1);
            SelectionSet.Of(Objective.Of(f), [0.5, 0.5], 1e-9).Active.ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_is_not_seen_is_said()
    {
        SelectionSet.Of(Objective.Of(v => v[0].Value * v[1]), [1, 1], 1).EscapedValue.ShouldNotBeNull();
        SelectionSet.Of(Objective.Of(v => new Twice().Apply(v).Sum()), [1, 1], 1).Opaque.ShouldBe([nameof(Twice)]);
        SelectionSet.Of(Objective.Of(v => Var.Apply<Own>(v[0]) + VarVector.Apply<Own>(v).Sum()), [1, 1], 1).Opaque.ShouldBe([nameof(Own)]);
        SelectionSet.Of(Objective.Of(v => Math.StopGradient(v[0])), [1, 1], 1).Opaque.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_number_of_selections_is_limited()
    {
        double[] x = new double[20];
        SelectionSet set = SelectionSet.Of(Objective.Of(v => Math.Abs(v).Sum()), x, 1e-9, 50);
        set.IsComplete.ShouldBeFalse();
        set.Selections.Count.ShouldBe(50);
        set.Active.Count.ShouldBe(20);
    }

    [Fact]
    public void A_way_on_which_the_lambda_throws_is_told()
    {
        Objective f = Objective.Of(v => v[0] >= 0 ? v[0] : throw new ArithmeticException("negative"));
        SelectionSet set = SelectionSet.Of(f, [0], 1e-9);
        set.Selections.Count.ShouldBe(2);
        set.Selections[1].Failure.ShouldBeOfType<ArithmeticException>();
        Should.Throw<ArithmeticException>(() => SelectionSet.Of(f, [-1], 1e-9));
        Should.Throw<ArgumentOutOfRangeException>(() => SelectionSet.Of(f, [0], -1));
        Should.Throw<ArgumentOutOfRangeException>(() => SelectionSet.Of(f, [0], double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => SelectionSet.Of(f, [0], 1, 0));
        Should.Throw<ShapeMismatchException>(() => set.Selections[0].Objective!.Value([1, 2]));
    }

    private sealed class Twice : ArrayFunction, IArrayJvp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < y.Length; i++)
                y[i] = 2 * x[i];
        }

        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => 2 * xDot;
    }

    private readonly struct Own : IUnaryRule<Own>
    {
        public static double Value(double x) => 3 * x;

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(3);
    }
}
