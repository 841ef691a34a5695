using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>
/// 0·∞: a structural zero is absolute, every other one gives NaN (docs/nonsmooth.md). Derivatives by every mode: reverse and compiled
/// gradients, dual numbers, Hessian-vector products, Taylor expansions, recorded gradients, arrays and rows.
/// </summary>
public class AbsoluteZeroTests
{
    private static readonly Dictionary<string, Func<VarVector, Var>> s_functions = new()
    {
        // Structural zeros.
        ["0·√x"] = v => 0 * Math.Sqrt(v[0]),
        ["stopped·√x"] = v => Math.StopGradient(v[0]) * Math.Sqrt(v[0]),
        ["⌊x⌋·√x"] = v => Math.Floor(v[0]) * Math.Sqrt(v[0]),
        ["max(1, √x)"] = v => Math.Max(1, Math.Sqrt(v[0])),
        ["min(−1, √x)"] = v => Math.Min(-1, Math.Sqrt(v[0])),
        ["clamp(√x − 2)"] = v => Math.Clamp(Math.Sqrt(v[0]) - 2, -1, 1),
        ["relu(√x − 1)"] = v => Math.Relu(Math.Sqrt(v[0]) - 1),
        ["relu(−1 − √x)"] = v => Math.Relu(-1 - Math.Sqrt(v[0])),
        ["−relu(−√x)"] = v => -Math.Relu(-Math.Sqrt(v[0])),
        ["log where x > 0"] = v => Math.Where(v[0] > 0, Math.Log(v[0]), 0),
        ["masked logarithms"] = v => Math.Where(v > 0, Math.Log(v), 0).Sum(),
        ["roots, one indexed"] = v => VarVector.Concat(Math.Sqrt(v), new double[] { 1, 2 })[^1] * 3 + v[0] * 0,
        ["roots, gathered"] = v => VarVector.Concat(Math.Sqrt(v), new double[] { 1, 2 }).Gather([1, 2]).Sum(),
        ["roots·data"] = v => (Math.Sqrt(v) * new double[v.Length]).Sum(),
        ["⟨roots, data⟩"] = v => Math.Sqrt(v).Dot(new double[v.Length]),
        ["largest of √x and 5"] = v => VarVector.Concat(Math.Sqrt(v), new double[] { 5 }).Max(),
        // Other zeros.
        ["eˢ − s"] = v => Math.Sqrt(v[0]) is var s ? Math.Exp(s) - s : default,
        ["s − s"] = v => Math.Sqrt(v[0]) is var s ? s - s : default,
        ["√|x|"] = v => Math.Sqrt(Math.Abs(v[0])),
        ["σ(log x)"] = v => Math.Sigmoid(Math.Log(v[0])),
        ["√(x²)"] = v => Math.Sqrt(v[0] * v[0]),
        ["relu(x)·log x"] = v => Math.Relu(v[0]) * Math.Log(v[0]),
        ["x·√x"] = v => v[0] * Math.Sqrt(v[0]),
        ["−x·√x"] = v => -v[0] * Math.Sqrt(v[0]),
        ["exp(log x)"] = v => Math.Exp(Math.Log(v[0])),
        ["(√x)²"] = v => Math.Square(Math.Sqrt(v[0])),
        ["cos √x"] = v => Math.Cos(Math.Sqrt(v[0])),
        ["atan(1/x)"] = v => Math.Atan(1 / v[0]),
        ["1/(1/x + ½)"] = v => 1 / (1 / v[0] + 0.5),
        ["∛(x / log x)"] = v => Math.Cbrt(v[0] / Math.Log(v[0])),
        ["acos²(cos x)"] = v => Math.Square(Math.Acos(Math.Cos(v[0]))),
        ["√‖v‖"] = v => Math.Sqrt(v.Norm()),
        ["√hypot"] = v => Math.Sqrt(Math.Hypot(v[0], 0 * v[0])),
        ["log ‖√v‖²"] = v => Math.Exp(Math.Log(v).Sum()),
        ["softmax of logarithms"] = v => VarVector.Concat(Math.Log(v), new double[] { 0 }).Softmax()[0],
        ["v·√v"] = v => (v * Math.Sqrt(v)).Sum(),
        ["⟨v, √v⟩"] = v => v.Dot(Math.Sqrt(v)),
        ["Σ √v − Σ √v"] = v => Math.Sqrt(v) is var s ? s.Sum() - s.Sum() : default,
    };

    private const int StructuralCount = 16;

    public static TheoryData<string> Structural => [.. s_functions.Keys.Take(StructuralCount)];

    public static TheoryData<string> Other => [.. s_functions.Keys.Skip(StructuralCount)];

    [Theory, MemberData(nameof(Structural))]
    public void A_structural_zero_is_absolute(string name)
    {
        Func<VarVector, Var> f = s_functions[name];
        foreach ((string mode, double derivative) in Derivatives(f, 0))
            derivative.ShouldBe(0, mode);
        foreach ((string mode, double derivative) in SecondDerivatives(f, 0))
            derivative.ShouldBe(0, mode);
    }

    [Theory, MemberData(nameof(Other))]
    public void Another_zero_is_not(string name)
    {
        Func<VarVector, Var> f = s_functions[name];
        foreach ((string mode, double derivative) in Derivatives(f, 0))
            derivative.ShouldBe(double.NaN, mode);
        foreach ((string mode, double derivative) in SecondDerivatives(f, 0))
            double.IsFinite(derivative).ShouldBeFalse(mode);
    }

    private static IEnumerable<(string Mode, double Derivative)> Derivatives(Func<VarVector, Var> f, double x)
    {
        Objective plain = Objective.Of(f);
        yield return ("gradient", plain.Gradient([x])[0]);
        yield return ("compiled", plain.Compile([x]).Gradient([x])[0]);
        yield return ("compiled elsewhere", plain.Compile([1.0]).Gradient([x])[0]);
        yield return ("Taylor", plain.DirectionalDerivatives([x], [1], 1)[1]);
        using (LocalModel model = plain.At([x]))
            yield return ("Taylor gradient", model.Expand([1], 1).GradientDerivative(0)[0]);
        yield return ("nested", Objective.Of(p => Objective.Of(f).Gradient(p)[0]).Value([x]));
        VectorFunction vector = VectorFunction.Of(p => VarVector.Of(f(p)));
        double[] product = [1];
        using (JacobianOperator jacobian = vector.At([x]))
            jacobian.Apply([1], product);
        yield return ("JVP", product[0]);
        yield return ("Jacobian", vector.Jacobian([x])[0, 0]);
        double[,] rows = { { 0 }, { 1 }, { 2 } };
        yield return ("rows", Objective.Sum(rows, (p, r) => f(p)).Gradient([x])[0]);
        yield return ("rows of their own", Objective.Sum(rows, (p, r) => f(p + r[0] * 0.0)).Gradient([x])[0]);
    }

    private static IEnumerable<(string Mode, double Derivative)> SecondDerivatives(Func<VarVector, Var> f, double x)
    {
        Objective plain = Objective.Of(f);
        yield return ("Hv", plain.Hvp([x], [1.0])[0]);
        yield return ("compiled Hv", plain.Compile([x]).Hvp([x], [1.0])[0]);
        yield return ("rows, Hv", Objective.Sum(new double[,] { { 0 }, { 1 } }, (p, r) => f(p + r[0] * 0.0)).Hvp([x], [1.0])[0]);
        yield return ("Taylor", plain.DirectionalDerivatives([x], [1], 2)[2]);
        yield return ("nested gradient", Objective.Of(p => Objective.Of(f).Gradient(p)[0]).Gradient([x])[0]);
    }

    /// <summary>The same over dual numbers, whose lambdas are written over the rules' algebra.</summary>
    [Fact]
    public void Dual_numbers_follow()
    {
        Forward.Derivative(x => 0 * Root(x), 0).ShouldBe(0);
        Forward.Derivative(x => T(0) * Root(x), 0).ShouldBe(0);
        Forward.Derivative(x => Max(T(1), Root(x)), 0).ShouldBe(0);
        Forward.Derivative(x => Relu(-1 - Root(x)), 0).ShouldBe(0);
        Forward.Derivative(x => Stopped(x) * Root(x), 0).ShouldBe(0);
        Forward.Derivative(x => Root(x) - Root(x), 0).ShouldBe(double.NaN);
        Forward.Derivative(x => x * Root(x), 0).ShouldBe(double.NaN);
        Forward.Derivative(x => -x * Root(x), 0).ShouldBe(double.NaN);
        Forward.Derivative(x => Exp(Log(x)), 0).ShouldBe(double.NaN);
        Forward.Derivative(x => Atan(1 / x), 0).ShouldBe(double.NaN);
        Forward.Derivative(x => Root(Abs(x)), 0).ShouldBe(double.NaN);
        Forward.SecondDerivative(x => 0 * Root(x), 0).ShouldBe(0);
        Forward.SecondDerivative(x => 2 * Root(x), 0).ShouldBe(double.NegativeInfinity);
        Forward.SecondDerivative(x => x * Root(x), 0).ShouldBe(double.NaN);
        Forward.Gradient(x => x[1] * Root(x[0]), [0, 0]).ShouldBe([double.NaN, 0]);
        Forward.Gradient(x => -x[1] * Root(x[0]), [0, 0]).ShouldBe([double.NaN, 0]);
        Forward.Gradient(x => 0 * Root(x[0]) + Max(MultiDual.Constant(1), -Root(x[1])), [0, 0]).ShouldBe([0, 0]);
        Forward.DirectionalDerivative(x => Root(x[0]) + x[1], [0, 0], [0, 1]).Derivative.ShouldBe(1);

        static Dual<double> T(double constant) => constant;
        static N Root<N>(N x) where N : struct, IScalar<N> => N.Sqrt(x);
        static N Exp<N>(N x) where N : struct, IScalar<N> => N.Exp(x);
        static N Log<N>(N x) where N : struct, IScalar<N> => N.Log(x);
        static N Abs<N>(N x) where N : struct, IScalar<N> => N.Abs(x);
        static N Atan<N>(N x) where N : struct, IScalar<N> => N.Apply<Rules.Atan>(x);
        static N Relu<N>(N x) where N : struct, IScalar<N> => N.Apply<Rules.Relu>(x);
        static N Max<N>(N x, N y) where N : struct, IScalar<N> => N.Apply<Rules.Max>(x, y);
        static N Stopped<N>(N x) where N : struct, IScalar<N> => N.Apply<Rules.StopGradient>(x);
    }

    [Fact]
    public void Gradients_of_two_variables_at_poles_and_roots()
    {
        Objective.Of(v => v[1] * Math.Sqrt(v[0])).Gradient([0, 0]).ShouldBe([double.NaN, 0]);
        Objective.Of(v => Math.Sqrt(v[0] * v[0] + v[1] * v[1])).Gradient([0, 0]).ShouldBe([double.NaN, double.NaN]);
        Objective.Of(v => 1 / (1 / v[0] + 1 / v[1])).Gradient([0, 2]).ShouldBe([double.NaN, 0]); // (1, 0) by a limit.
        Objective.Of(v => Math.Log(1 + Math.Exp(v[0]))).Gradient([800.0]).ShouldBe([double.NaN]);
        Objective.Of(v => Math.Sqrt(v[0] * v[0] + v[1] * v[1])).Gradient([1e200, 1e200]).ShouldBe([double.NaN, double.NaN]);
        Objective.Of(v => Math.Log(v[0] * v[0])).Gradient([1e200]).ShouldBe([double.NaN]);
        Objective.Of(v => Math.Sqrt(v.Norm() - 1)).Gradient([1, 0]).ShouldBe([double.PositiveInfinity, double.NaN]);
        // A seed of exactly 0 is structural: the product along the other axis is finite.
        Objective.Of(v => Math.Sqrt(v[0]) + v[1] * v[1]).Hvp([0, 3], [0, 1]).ShouldBe([0, 2]);
    }

    [Fact]
    public void Softmax_with_what_is_masked_stays_finite()
    {
        double[] mask = [double.NegativeInfinity, 0, 0];
        Objective softmax = Objective.Of(v => (v + mask).Softmax().Dot(new double[] { 1, 2, 4 }));
        Objective byHand = Objective.Of(
            v =>
            Math.Exp(v + mask) is var e ? e.Dot(new double[] { 1, 2, 4 }) / e.Sum() + Math.Where(v[0] > 9, Math.Log(v[0] - 9), 0)
            : default);
        double[] x = [1, 0.5, -0.25];
        double p = 1 / (1 + Math.Exp(-0.75)), slope = -2 * p * (1 - p);
        foreach (Objective f in new[] { softmax, byHand, softmax.Compile(x), byHand.Compile(x) })
            f.Gradient(x).ShouldBe([0, slope, -slope], 1e-14);
    }

    [Fact]
    public void Networks_of_relu_stay_finite_where_units_are_off()
    {
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() - 0.5)];
        Objective f = Objective.Of(v => Math.Relu(v.Reshape(3, 4).MatMul(Math.Relu(v[..4] - 10.0))).Sum() + Math.Square(v).Sum());
        f.Gradient(x).ShouldBe([.. x.Select(t => 2 * t)]);
        f.Hvp(x, x).ShouldBe([.. x.Select(t => 2 * t)]);
    }

    [Fact]
    public void Numbers_that_all_rows_share_are_judged_by_what_the_rows_make_of_them()
    {
        double[,] rows = { { 1 }, { 2 }, { 3 } };
        // √x is the same for all rows. In every row its side is not chosen: 0; and here each row multiplies it by a variable of value 0:
        // NaN.
        Objective chosen = Objective.Sum(rows, (v, r) => Math.Max(Math.Sqrt(v[0]), r[0]) + r[0] * v[1]);
        chosen.Gradient([0, 1]).ShouldBe([0, 6]);
        chosen.Hvp([0, 1], [1, 0]).ShouldBe([0, 0]);
        Objective live = Objective.Sum(rows, (v, r) => Math.Sqrt(v[0]) * v[1] * r[0] * -1);
        live.Gradient([0, 0]).ShouldBe([double.NaN, 0]);
    }

    public static TheoryData<string, double[], double[]> Norms => new()
    {
        { "½x² − |x|² + y²", [1, 2], [-1, 4] },
        { "‖v‖²", [1, 2], [2, 4] },
        { "hypot²", [1, 2], [2, 4] },
        { "exp(−‖v‖²)", [1, 2], [-2, -4] },
        { "cosh‖v‖ − 0.4‖v‖²", [1, -2], [0.2, -0.4] },
        { "Σ|vᵢ|²", [3, -2], [6, -4] },
        { "‖v‖", [1, 2], [0, 0] },
        { "‖v‖ + |x|²", [1, 2], [2, 0] },
    };

    /// <summary>Oracle: the derivative of the gradient along the direction, by hand.</summary>
    [Theory, MemberData(nameof(Norms))]
    public void A_norm_at_zero_whose_adjoint_is_zero_follows_the_direction(string name, double[] v, double[] product)
    {
        Func<VarVector, Var> f = name switch
        {
            "½x² − |x|² + y²" => u => 0.5 * u[0] * u[0] - Math.Square(Math.Abs(u[0])) + u[1] * u[1],
            "‖v‖²" => u => Math.Square(u.Norm()),
            "hypot²" => u => Math.Square(Math.Hypot(u[0], u[1])),
            "exp(−‖v‖²)" => u => Math.Exp(-Math.Square(u.Norm())),
            "cosh‖v‖ − 0.4‖v‖²" => u => Math.Cosh(u.Norm()) - 0.4 * u.SquaredNorm(),
            "Σ|vᵢ|²" => u => Math.Square(Math.Abs(u)).Sum(),
            "‖v‖" => u => u.Norm(),
            _ => u => u.Norm() + Math.Square(Math.Abs(u[0])),
        };
        double[] zero = [0, 0];
        Objective plain = Objective.Of(f);
        plain.Gradient(zero).ShouldBe(zero);
        plain.Hvp(zero, v).ShouldBe(product, 1e-15);
        plain.Compile(zero).Hvp(zero, v).ShouldBe(product, 1e-15);
        plain.Compile([0.5, 0.5]).Hvp(zero, v).ShouldBe(product, 1e-15);
        using (LocalModel model = plain.At(zero))
        {
            double[] dense = model.Hessian.ToDense().Cast<double>().ToArray();
            for (int i = 0; i < 2; i++)
                plain.Hvp(zero, i == 0 ? [1, 0] : [0, 1]).ShouldBe([dense[i], dense[2 + i]], 1e-15);
            TaylorExpansion along = model.Expand(v, 2);
            along.Derivatives[2].ShouldBe(v[0] * product[0] + v[1] * product[1], 1e-14);
            along.GradientDerivative(1).ToArray().ShouldBe(product, 1e-15);
        }
        Objective.Sum(new double[,] { { 1 }, { 2 } }, (u, r) => r[0] * f(u + r[0] * 0.0)).Hvp(zero, v).ShouldBe(
            [.. product.Select(p => 3 * p)], 1e-14);
        // The recorded second derivative is right or NaN.
        double[] nested = VectorFunction.Of(p => Objective.Of(f).Hvp(p, (VarVector)v)).Value(zero);
        for (int i = 0; i < 2; i++)
            (double.IsNaN(nested[i]) || Math.Abs(nested[i] - product[i]) < 1e-14).ShouldBeTrue($"{nested[i]}");
    }
}
