using static System.Math;
using static AutoDiff.VarMath;

namespace AutoDiff.Tests.Laws;

/// <summary>The spellings that user code written for <see cref="double"/> has, resolved for recorded numbers.</summary>
public class OverloadTests
{
    private static readonly double[] Point = [0.7, 1.3];

    [Fact]
    public void Math_with_plain_constants() => Same(
        x =>
            System.Math.Pow(x[0], 2) + System.Math.Max(x[1], 0) + (1 - x[0]) + System.Math.Exp(-x[0] * x[0] / 2)
            + System.Math.Clamp(x[1], 0, 2)
            + System.Math.Log(x[1], 2) + System.Math.Atan2(1, x[0]) + System.Math.Pow(2, x[1]) + System.Math.Sqrt(System.Math.Abs(x[0])),
        x =>
            System.Math.Pow(x[0], 2) + System.Math.Max(x[1], 0) + (1 - x[0]) + System.Math.Exp(-x[0] * x[0] / 2)
            + System.Math.Clamp(x[1], 0, 2)
            + System.Math.Log(x[1], 2) + System.Math.Atan2(1, x[0]) + System.Math.Pow(2, x[1]) + System.Math.Sqrt(System.Math.Abs(x[0])));

    [Fact]
    public void Functions_without_a_class_name() => Same(
        x => Sin(x[0]) * Pow(x[1], 3) + Max(x[0], x[1]) + ExpM1(x[0]) + Hypot(x[0], 2) + FusedMultiplyAdd(x[0], x[1], 1),
        x => Sin(x[0]) * Pow(x[1], 3) + Max(x[0], x[1]) + ExpM1(x[0]) + Hypot(x[0], 2) + FusedMultiplyAdd(x[0], x[1], 1));

    [Fact]
    public void Functions_of_the_type_double() => Same(
        x => double.Sin(x[0]) * double.Pow(x[1], 3) + double.Max(x[0], 1) + double.ExpM1(x[0]) + double.Hypot(x[0], 2) + double.Exp2(x[1]),
        x => double.Sin(x[0]) * double.Pow(x[1], 3) + double.Max(x[0], 1) + double.ExpM1(x[0]) + double.Hypot(x[0], 2) + double.Exp2(x[1]));

    [Fact]
    public void Functions_that_System_Math_lacks_take_plain_numbers_too() => Same(
        x =>
            Math.Sigmoid(x[0]) + Math.Softplus(x[1]) + Math.Erf(x[0]) + Math.NormalCdf(x[1]) + Math.LogGamma(x[0]) + Math.Polygamma(2, x[0])
            + Math.LogAddExp(x[0], 1) + Math.Where(true, x[0], 2) + Math.Reciprocal(x[1]) + Math.Square(x[0]) + Math.Relu(x[0])
                + Math.Trigamma(x[0]),
        x =>
            Math.Sigmoid(x[0]) + Math.Softplus(x[1]) + Math.Erf(x[0]) + Math.NormalCdf(x[1]) + Math.LogGamma(x[0]) + Math.Polygamma(2, x[0])
            + Math.LogAddExp(x[0], 1) + Math.Where(true, x[0], 2) + Math.Reciprocal(x[1]) + Math.Square(x[0]) + Math.Relu(x[0])
                + Math.Trigamma(x[0]));

    [Fact]
    public void Functions_of_arrays() => Same(
        x =>
            (Math.Sin(x) * Math.Pow(x, 2) + Math.Max(x, 0) + Math.Max(1, x) + Math.Clamp(x, 0, 1) + Math.Hypot(x, x) + Math.Pow(x, 2.5)
            + Math.Pow(2, x)
            + Math.Trigamma(x)).Sum(),
        x =>
            x.Sum(v => Math.Sin(v) * Math.Pow(v, 2) + Math.Max(v, 0) + Math.Max(1, v) + Math.Clamp(v, 0, 1) + Math.Hypot(v, v)
            + Math.Pow(v, 2.5)
            + Math.Pow(2, v) + Math.Trigamma(v)));

    [Fact]
    public void Functions_of_constant_arrays_and_data()
    {
        double[] constants = [2, 3];
        Data data = Data.Of(2, 3);
        Same(
            x =>
                (Math.Log(constants) * Math.Pow(constants, 2) + Math.Max(constants, x) + Math.Max(data, x) * Math.Log(data)
                + Math.Where(x > constants, data, 1) + Math.Log(data, 2)
                + Math.FusedMultiplyAdd(data, x, constants) + Math.Log(2, x)).Sum(),
            x =>
                x.Zip(constants).Sum(
                p =>
                Math.Log(p.Second) * Math.Pow(p.Second, 2) + Math.Max(p.Second, p.First) + Math.Max(p.Second, p.First) * Math.Log(p.Second)
                + (p.First > p.Second ? p.Second : 1) + Math.Log(p.Second, 2) + p.Second * p.First + p.Second + Math.Log(2, p.First)));
    }

    [Fact]
    public void Functions_of_dual_numbers_with_plain_constants()
    {
        static T Formula<T>(T x) where T : struct, IScalar<T> =>
            Math.Pow(x, 2) + Math.Pow(2, x) + Math.Max(x, 0) + Math.Clamp(x, 0, 2) + Math.Log(x, 2) + Math.Log(2, x) + Math.Reciprocal(x)
                + Math.Polygamma(2, x) + Math.Pow(x, 0);
        Objective f = Objective.Of(x => Formula(x[0])), vector = Objective.Of(x => Formula(x).Sum());
        (double value, double slope) = Forward.ValueAndDerivative(Formula, Point[1]);
        f.Value(Point[1..]).ShouldBe(value);
        vector.Value(Point[1..]).ShouldBe(value, 1e-14);
        f.Gradient(Point[1..])[0].ShouldBe(slope, 1e-14);
        value.ShouldBe(Math.Pow(1.3, 2) + Math.Pow(2, 1.3) + 1.3 + 1.3 + Math.Log(1.3, 2) + Math.Log(2, 1.3) + 1 / 1.3
            + Math.Polygamma(2, 1.3) + 1, 1e-14);
        Objective.Of(x => Math.Pow(x, 0).Sum()).Value(Point).ShouldBe(2);
        Objective.Of(x => Generic(x).Sum()).Value(Point).ShouldBe(2, "as many ones as elements");

        static T Generic<T>(T x) where T : struct, IScalar<T> => Math.Pow(x, 0);
    }

    [Fact]
    public void A_lazy_choice_computes_one_side_only()
    {
        Objective f = Objective.Of(x => Math.Where(x[0] > 0, () => Math.Log(x[0]), () => throw new InvalidOperationException("not taken")));
        f.Gradient([2, 0])[0].ShouldBe(0.5);
    }

    [Fact]
    public void A_clamp_with_its_ends_exchanged_is_refused() =>
        Should.Throw<ArgumentException>(() => Objective.Of(x => Math.Clamp(x[0], 1, 0)).Value(Point)).Message.ShouldContain("above");

    [Fact]
    public void A_negative_order_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Math.Polygamma(-1, 1.0));

    private static void Same(Func<VarVector, Var> recorded, Func<double[], double> plain) =>
        Objective.Of(recorded).Value(Point).ShouldBe(plain(Point), 1e-14);
}
