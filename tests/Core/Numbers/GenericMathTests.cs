using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Tests.NumberTypes;

/// <summary>Generic code that knows nothing of derivatives, run over numbers that carry or record them.</summary>
public class GenericMathTests
{
    private static readonly double[] X = [0.3, -1.2, 2.5, 0.7, 1.9];
    private static readonly double[] Y = [1.5, 0.4, -0.8, 2.2, -0.6];

    [Fact]
    public void A_tensor_dot_product_differentiates()
    {
        double[] xy = [.. X, .. Y], swapped = [.. Y, .. X];
        Objective f = Objective.Of(v => TensorPrimitives.Dot<Var>(Scalars(v)[..5], Scalars(v)[5..]));
        f.Value(xy).ShouldBe(TensorPrimitives.Dot<double>(X, Y), 1e-15);
        f.Gradient(xy).ShouldBe(swapped);
        double[] direction = [.. xy.Select(v => v + 1)];
        (double value, double slope) =
            Forward.DirectionalDerivative(v => TensorPrimitives.Dot<Dual<double>>(v.AsSpan(0, 5), v.AsSpan(5)), xy, direction);
        value.ShouldBe(TensorPrimitives.Dot<double>(X, Y), 1e-15);
        slope.ShouldBe(TensorPrimitives.Dot<double>(swapped, direction), 1e-14);
    }

    [Fact]
    public void Elementwise_tensor_functions_differentiate()
    {
        double[] expected = [.. X.Select(Math.Exp)];
        Objective f = Objective.Of(v =>
        {
            var e = new Var[v.Length];
            TensorPrimitives.Exp<Var>(Scalars(v), e);
            return TensorPrimitives.Sum<Var>(e);
        });
        f.Value(X).ShouldBe(expected.Sum(), 1e-14);
        Near(f.Gradient(X), expected, 1e-15);
        Forward.DirectionalDerivative(v =>
        {
            TensorPrimitives.Exp<Dual<double>>(v, v);
            return TensorPrimitives.Sum<Dual<double>>(v);
        }, X, [1, 0, 2, 0, 0]).Derivative.ShouldBe(Math.Exp(0.3) + 2 * Math.Exp(2.5), 1e-14);
    }

    [Fact]
    public void A_tensor_norm_and_a_cosine_differentiate()
    {
        double norm = Math.Sqrt(X.Sum(v => v * v));
        Objective f = Objective.Of(v => TensorPrimitives.Norm<Var>(Scalars(v)));
        f.Value(X).ShouldBe(norm, 1e-15);
        Near(f.Gradient(X), [.. X.Select(v => v / norm)], 1e-15);

        // ∇ₓ of x·y / (|x||y|) is y/(|x||y|) − cos·x/|x|².
        double other = Math.Sqrt(Y.Sum(v => v * v)), cosine = TensorPrimitives.Dot<double>(X, Y) / (norm * other);
        Objective g = Objective.Of(v => TensorPrimitives.CosineSimilarity<Var>(Scalars(v), [.. Y.Select(y => (Var)y)]));
        g.Value(X).ShouldBe(cosine, 1e-15);
        Near(g.Gradient(X), [.. X.Select((x, i) => Y[i] / (norm * other) - cosine * x / (norm * norm))], 1e-15);
    }

    [Fact]
    public void A_generic_function_of_someone_else_differentiates_at_every_order()
    {
        // Heron's iteration for √x, and the pendulum's period by the arithmetic-geometric mean.
        static T Heron<T>(T x) where T : INumber<T>
        {
            T root = x;
            for (int i = 0; i < 60 && T.Abs(root * root - x) > T.CreateChecked(1e-15) * x; i++)
                root = (root + x / root) / T.CreateChecked(2);
            // One more step, so that the derivatives have converged too.
            for (int i = 0; i < 2; i++)
                root = (root + x / root) / T.CreateChecked(2);
            return root;
        }
        static T Mean<T>(T x) where T : INumber<T>, IRootFunctions<T>
        {
            (T a, T g) = (T.One, x);
            for (int i = 0; i < 8; i++)
                (a, g) = ((a + g) / (T.One + T.One), T.Sqrt(a * g));
            return T.Pi / (a + g);
        }
        Forward.Derivative(x => Heron(x), 7).ShouldBe(0.5 / Math.Sqrt(7), 1e-15);
        Forward.SecondDerivative(x => Heron(x), 7).ShouldBe(-0.25 * Math.Pow(7, -1.5), 1e-15);
        Objective.Of(x => Heron(x[0])).Gradient([7])[0].ShouldBe(0.5 / Math.Sqrt(7), 1e-15);

        const double h = 1e-3;
        double difference = (Mean(0.6 - 2 * h) - 8 * Mean(0.6 - h) + 8 * Mean(0.6 + h) - Mean(0.6 + 2 * h)) / (12 * h);
        Forward.Derivative(x => Mean(x), 0.6).ShouldBe(difference, 1e-10);
        Objective.Of(x => Mean(x[0])).Gradient([0.6])[0].ShouldBe(difference, 1e-10);
    }

    [Fact]
    public void Extrema_and_signs_follow_double_and_differentiate()
    {
        Extrema(x => x);
        Forward.Derivative(x => { Extrema<Dual<double>>(v => x - x + v); return x; }, 1);
        Forward.SecondDerivative(x => { Extrema<Dual<Dual<double>>>(v => x - x + v); return x; }, 1);
        Objective.Of(x => { Extrema<Var>(v => x[0] - x[0] + v); return x[0]; }).Value([1]);

        Forward.Derivative(x => Larger(x, -2 * x), 3).ShouldBe(-2);
        Forward.Derivative(x => Limited(x, 0, 2), 3).ShouldBe(0);
        Forward.Derivative(x => Limited(x, 0, 5), 3).ShouldBe(1);
        Forward.Derivative(x => Signed(x, -1), 3).ShouldBe(-1);
        static T Larger<T>(T x, T y) where T : INumber<T> => T.MaxMagnitude(x, y);
        static T Limited<T>(T x, T a, T b) where T : INumber<T> => T.Clamp(x, a, b);
        static T Signed<T>(T x, T y) where T : INumber<T> => T.CopySign(x, y);
    }

    private static void Extrema<T>(Func<double, T> of) where T : INumber<T>
    {
        double[] values = [-2, -0.5, 0, 0.5, 2, 3, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        foreach (double a in values)
        {
            T x = of(0) + T.CreateChecked(a);
            T.IsNaN(x).ShouldBe(double.IsNaN(a));
            T.IsZero(x).ShouldBe(a == 0);
            T.IsFinite(x).ShouldBe(double.IsFinite(a));
            T.IsInfinity(x).ShouldBe(double.IsInfinity(a));
            T.IsPositiveInfinity(x).ShouldBe(double.IsPositiveInfinity(a));
            T.IsNegativeInfinity(x).ShouldBe(double.IsNegativeInfinity(a));
            T.IsInteger(x).ShouldBe(double.IsInteger(a));
            T.IsEvenInteger(x).ShouldBe(double.IsEvenInteger(a));
            T.IsOddInteger(x).ShouldBe(double.IsOddInteger(a));
            T.IsNormal(x).ShouldBe(double.IsNormal(a));
            T.IsSubnormal(x).ShouldBe(double.IsSubnormal(a));
            T.IsRealNumber(x).ShouldBe(double.IsRealNumber(a));
            if (!double.IsNaN(a))
                (T.IsNegative(x), T.IsPositive(x), T.Sign(x)).ShouldBe((double.IsNegative(a), double.IsPositive(a), double.Sign(a)));
            foreach (double b in values)
            {
                T y = of(0) + T.CreateChecked(b);
                Same(T.Max(x, y), double.Max(a, b));
                Same(T.Min(x, y), double.Min(a, b));
                Same(T.MaxNumber(x, y), double.MaxNumber(a, b));
                Same(T.MinNumber(x, y), double.MinNumber(a, b));
                Same(T.MaxMagnitude(x, y), double.MaxMagnitude(a, b));
                Same(T.MinMagnitude(x, y), double.MinMagnitude(a, b));
                Same(T.MaxMagnitudeNumber(x, y), double.MaxMagnitudeNumber(a, b));
                Same(T.MinMagnitudeNumber(x, y), double.MinMagnitudeNumber(a, b));
                Same(x % y, a % b);
                Math.Sign(x.CompareTo(y)).ShouldBe(Math.Sign(a.CompareTo(b)), $"{a} against {b}");
                x.Equals(y).ShouldBe(a.Equals(b));
            }
        }

        static void Same(T actual, double expected) =>
            actual.Equals(T.CreateChecked(expected)).ShouldBeTrue($"{actual}, expected {expected}");
    }

    [Fact]
    public void Conversions_lift_constants_and_lose_no_derivative()
    {
        Round<Dual<double>>();
        Round<Dual<Dual<double>>>();
        Round<Var>();
        Forward.Derivative(x =>
        {
            int.CreateTruncating(x).ShouldBe(2);
            Should.Throw<NotSupportedException>(() => double.CreateChecked(x)).Message.ShouldContain("Primal");
            Should.Throw<NotSupportedException>(() => float.CreateSaturating(x));
            Dual<Dual<double>> lifted = Dual<Dual<double>>.Zero + Lift<Dual<Dual<double>>, Dual<double>>(x);
            (lifted.IsConstant, lifted.Primal.Tangent).ShouldBe((true, 1));
            return x;
        }, 2.7);
        Objective.Of(x =>
        {
            int.CreateTruncating(x[0]).ShouldBe(2);
            Should.Throw<NotSupportedException>(() => double.CreateTruncating(x[0]));
            return x[0];
        }).Value([2.7]);
        static TTo Lift<TTo, TFrom>(TFrom x) where TTo : INumber<TTo> where TFrom : INumber<TFrom> => TTo.CreateChecked(x);
        static void Round<T>() where T : INumber<T>
        {
            double.CreateChecked(T.CreateChecked(2.5)).ShouldBe(2.5);
            long.CreateChecked(T.CreateChecked(7)).ShouldBe(7);
            decimal.CreateChecked(T.CreateSaturating((Half)0.25)).ShouldBe(0.25m);
            T.CreateTruncating(BigInteger.Pow(10, 20)).ShouldBe(T.CreateChecked(1e20));
            byte.CreateSaturating(T.CreateChecked(300)).ShouldBe((byte)255);
            Should.Throw<OverflowException>(() => byte.CreateChecked(T.CreateChecked(300)));
        }
    }

    [Fact]
    public void Text_is_read_as_a_constant_and_written_in_the_format_asked()
    {
        Text<Dual<double>>();
        Text<Dual<Dual<double>>>();
        Text<Var>();
        Forward.Derivative(x => { $"{x:F2}".ShouldBe("(2.50 + 1.00ε)"); return x; }, 2.5);
        Objective.Of(x => { $"{x[0]:F2}".ShouldBe("2.50"); return x[0]; }).Value([2.5]);
        static void Text<T>() where T : INumber<T>
        {
            T.Parse("-1.5", CultureInfo.InvariantCulture).ShouldBe(T.CreateChecked(-1.5));
            T.Parse("1e3".AsSpan(), NumberStyles.Float, CultureInfo.InvariantCulture).ShouldBe(T.CreateChecked(1000));
            T.TryParse("1.5x", CultureInfo.InvariantCulture, out _).ShouldBeFalse();
            T.TryParse("7", CultureInfo.InvariantCulture, out T? seven).ShouldBeTrue();
            seven!.ToString("F1", CultureInfo.InvariantCulture).ShouldBe("7.0");
            Span<char> buffer = stackalloc char[3];
            seven.TryFormat(buffer, out int written, "F1", CultureInfo.InvariantCulture).ShouldBeTrue();
            written.ShouldBe(3);
            seven.TryFormat(buffer, out written, "F3", CultureInfo.InvariantCulture).ShouldBeFalse();
            written.ShouldBe(0);
            Should.Throw<FormatException>(() => T.Parse("one", null));
        }
    }

    private static Var[] Scalars(VarVector v) => [.. Enumerable.Range(0, v.Length).Select(i => v[i])];

    private static void Near(double[] actual, double[] expected, double tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
