using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>
/// Gradients and Hessians at arguments that are zero, tiny, huge or infinite, alike in every mode and right: reference values are limits,
/// or were computed by hand from exact powers of ten. NaN among them says that the formulas meet 0·∞ on a path that was taken.
/// </summary>
public class EqualModesTests
{
    private sealed record Case(Func<VarVector, Var> F, double[] X, double[] Gradient, double[,] Hessian);

    private const double Infinity = double.PositiveInfinity, Unknown = double.NaN;

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["1/(1/x + 1/y)"] = new(v => 1 / (1 / v[0] + 1 / v[1]), [0, 2], [Unknown, 0], new[,] { { Unknown, Unknown }, { Unknown, 0 } }),
        ["x/y at (0, 1e-162)"] = new(v => v[0] / v[1], [0, 1e-162], [1e162, 0], new[,] { { 0, -Infinity }, { -Infinity, 0 } }),
        ["x/y at (1e-300, 1e-160)"] =
            new(v => v[0] / v[1], [1e-300, 1e-160], [1e160, -1e20], new[,] { { 0, -Infinity }, { -Infinity, 2e180 } }),
        ["x/y at (1e300, 1e200)"] = new(v => v[0] / v[1], [1e300, 1e200], [1e-200, -1e-100], new[,] { { 0, 0 }, { 0, 2e-300 } }),
        ["1e300/y at 1e200"] = new(v => 1e300 / v[0], [1e200], [-1e-100], new[,] { { 2e-300 } }),
        ["1e-300/y at 1e-160"] = new(v => 1e-300 / v[0], [1e-160], [-1e20], new[,] { { 2e180 } }),
        ["elementwise quotients"] = new(v => (v[..2] / v[2..]).Sum(), [1e300, 1e-300, 1e200, 1e-160], [1e-200, 1e160, -1e-100, -1e20],
            new[,] { { 0, 0, 0, 0 }, { 0, 0, 0, -Infinity }, { 0, 0, 2e-300, 0 }, { 0, -Infinity, 0, 2e180 } }),
        ["√x at −0"] = new(v => Math.Sqrt(v[0]), [-0.0], [Infinity], new[,] { { -Infinity } }),
        ["√x at 1e206"] = new(v => Math.Sqrt(v[0]), [1e206], [5e-104], new[,] { { -2.5e-310 } }),
        ["√x at ∞"] = new(v => Math.Sqrt(v[0]), [Infinity], [0], new[,] { { 0.0 } }),
        ["log 2x at ∞"] = new(v => Math.Log(2 * v[0]), [Infinity], [0], new[,] { { 0.0 } }),
        ["gelu far right"] = new(v => Math.Gelu(v[0]), [1.4e154], [1], new[,] { { 0.0 } }),
        ["gelu far left"] = new(v => Math.Gelu(v[0]), [-1.4e154], [0], new[,] { { 0.0 } }),
        ["gelu at ∞"] = new(v => Math.Gelu(v[0]), [Infinity], [1], new[,] { { 0.0 } }),
        ["silu at ∞"] = new(v => Math.Silu(v[0]), [Infinity], [1], new[,] { { 0.0 } }),
        ["silu at −∞"] = new(v => Math.Silu(v[0]), [-Infinity], [0], new[,] { { 0.0 } }),
        ["arsinh at −∞"] = new(v => Math.Asinh(v[0]), [-Infinity], [0], new[,] { { 0.0 } }),
        ["arcosh at ∞"] = new(v => Math.Acosh(v[0]), [Infinity], [0], new[,] { { 0.0 } }),
        ["norm at 1e200"] = new(v => v.Norm(), [3e200, 4e200], [0.6, 0.8], new[,] { { 1.28e-201, -9.6e-202 }, { -9.6e-202, 7.2e-202 } }),
        ["log(e^−∞ + e^(x − ∞))"] = new(v => Math.LogAddExp(double.NegativeInfinity, v[0] - Infinity), [0], [0], new[,] { { 0.0 } }),
        ["√(x² − 2x + 1)"] = new(v => Math.Sqrt(v[0] * v[0] - 2 * v[0] + 1), [1], [Unknown], new[,] { { Unknown } }),
        ["∛(x / log x)"] = new(v => Math.Cbrt(v[0] / Math.Log(v[0])), [0], [Unknown], new[,] { { Unknown } }),
        // What overflows on the way hides a slope.
        ["log(1 + eˣ)"] = new(v => Math.Log(1 + Math.Exp(v[0])), [800], [Unknown], new[,] { { Unknown } }),
        ["√(x² + y²) at 1e200"] = new(v => Math.Sqrt(v[0] * v[0] + v[1] * v[1]), [3e200, 4e200], [Unknown, Unknown],
            new[,] { { Unknown, Unknown }, { Unknown, Unknown } }),
        ["√Σx² at 1e200"] = new(
            v =>
            Math.Sqrt(Math.Square(v).Sum()), [3e200, 4e200], [Unknown, Unknown], new[,] { { Unknown, Unknown }, { Unknown, Unknown } }),
        ["∛(x³)"] = new(v => Math.Cbrt(v[0] * v[0] * v[0]), [1e120], [Unknown], new[,] { { Unknown } }),
        ["log eˣ"] = new(v => Math.Log(Math.Exp(v[0])), [1000], [Unknown], new[,] { { Unknown } }),
        ["arsinh(sinh x)"] = new(v => Math.Asinh(Math.Sinh(v[0])), [1000], [Unknown], new[,] { { Unknown } }),
        // What overflows on the way and does no harm.
        ["tanh x²"] = new(v => Math.Tanh(v[0] * v[0]), [1e200], [0], new[,] { { 0.0 } }),
        ["softplus x²"] = new(v => Math.Softplus(v[0] * v[0]), [1e160], [2e160], new[,] { { 2.0 } }),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Modes_agree_with_the_reference(string name)
    {
        Case c = s_cases[name];
        int n = c.X.Length;
        foreach ((string mode, double[] gradient) in Gradients(c.F, c.X))
        {
            for (int i = 0; i < n; i++)
                ShouldBe(gradient[i], c.Gradient[i], $"{mode}: ∂{i}");
        }
        for (int j = 0; j < n; j++)
        {
            double[] e = new double[n];
            e[j] = 1;
            foreach ((string mode, double[] column) in Columns(c.F, c.X, e, j))
            {
                for (int i = 0; i < n; i++)
                    ShouldBe(column[i], c.Hessian[i, j], $"{mode}: ∂{i}∂{j}");
            }
        }
    }

    private static void ShouldBe(double actual, double expected, string what)
    {
        if (!double.IsFinite(expected))
            actual.ShouldBe(expected, what);
        else
            (Math.Abs(actual - expected) <= 1e-13 * Math.Abs(expected)).ShouldBeTrue($"{what}: {actual:R} instead of {expected:R}");
    }

    private static double[] Elsewhere(double[] x) => [.. x.Select(_ => 1.75)];

    private static Objective Rows(Func<VarVector, Var> f) => Objective.Sum(new double[,] { { 0 } }, (p, _) => f(p));

    private static Objective OwnRows(Func<VarVector, Var> f) => Objective.Sum(new double[,] { { 0 } }, (p, r) => f(p + r[0]));

    private static IEnumerable<(string Mode, double[] Gradient)> Gradients(Func<VarVector, Var> f, double[] x)
    {
        Objective plain = Objective.Of(f);
        yield return ("gradient", plain.Gradient(x));
        yield return ("compiled", plain.Compile(x).Gradient(x));
        yield return ("compiled elsewhere", plain.Compile(Elsewhere(x)).Gradient(x));
        yield return ("reusing", plain.Reusing().Gradient(x));
        yield return ("rows", Rows(f).Gradient(x));
        yield return ("rows of their own", OwnRows(f).Gradient(x));
        yield return ("nested", VectorFunction.Of(p => plain.Gradient(p)).Value(x));
        yield return ("VJP", VectorFunction.Of(p => VarVector.Of(f(p))).Vjp(x, [1]));
        using LocalModel model = plain.At(x);
        yield return ("Taylor", model.Expand(Elsewhere(x), 1).GradientDerivative(0).ToArray());
    }

    private static IEnumerable<(string Mode, double[] Column)> Columns(Func<VarVector, Var> f, double[] x, double[] e, int j)
    {
        Objective plain = Objective.Of(f);
        yield return ("Hv", plain.Hvp(x, e));
        yield return ("compiled Hv", plain.Compile(x).Hvp(x, e));
        yield return ("compiled elsewhere, Hv", plain.Compile(Elsewhere(x)).Hvp(x, e));
        yield return ("rows, Hv", Rows(f).Hvp(x, e));
        yield return ("rows of their own, Hv", OwnRows(f).Hvp(x, e));
        yield return ("derivative of a nested gradient", VectorFunction.Of(p => plain.Gradient(p)).Vjp(x, e));
        yield return ("nested Hv", VectorFunction.Of(p => plain.Hvp(p, (VarVector)e)).Value(x));
        using LocalModel model = plain.At(x);
        double[,] dense = model.Hessian.ToDense();
        yield return ("dense", [.. Enumerable.Range(0, x.Length).Select(i => dense[i, j])]);
        yield return ("Taylor", model.Expand(e, 2).GradientDerivative(1).ToArray());
    }
}
