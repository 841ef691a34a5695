using System.Numerics;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>
/// Every way of differentiating inside every other, up to three deep, over up to two of dual numbers: φ(x) = e^{ax}·sin(bx) in one
/// variable, whose derivatives follow from the complex exponential.
/// </summary>
public class CombinationTests
{
    private static readonly Complex s_rate = new(0.7, 1.3);

    /// <summary>A way to take f′ (or, for products with a Hessian, f″) at a recorded number.</summary>
    private sealed record Way(int Order, Func<Func<Var, Var>, Var, Var> Take);

    private static readonly Dictionary<string, Way> s_ways = new()
    {
        ["Gradient"] = new(1, (f, x) => Objective.Of(p => f(p[0])).Gradient(VarVector.Of(x))[0]),
        ["Hvp"] = new(2, (f, x) => Objective.Of(p => f(p[0])).Hvp(VarVector.Of(x), (double[])[1])[0]),
        ["Jvp"] = new(1, (f, x) => VectorFunction.Of(p => VarVector.Of(f(p[0]), 2 * f(p[0]))).Jvp(
            VarVector.Of(x, x), (double[])[1, 5])[1] / 2),
        ["Vjp"] = new(1, (f, x) => VectorFunction.Of(p => VarVector.Of(f(p[0]), p[1], f(p[0]))).Vjp(
            VarVector.Of(x, x), (double[])[2, 7, -1])[0]),
    };

    /// <summary>φ, and its first and second derivative in dual arithmetic over recorded numbers.</summary>
    private static readonly Func<Var, Var>[] s_functions =
    [
        x => Wave(x),
        x => Forward.Derivative<Var>(y => Wave(y), x),
        x => Forward.Derivative<Var>(y => Forward.Derivative<Dual<Var>>(z => Wave(z), y), x),
    ];

    private static T Wave<T>(T x) where T : struct, INumber<T>, IExponentialFunctions<T>, ITrigonometricFunctions<T> =>
        T.Exp(T.CreateTruncating(s_rate.Real) * x) * T.Sin(T.CreateTruncating(s_rate.Imaginary) * x);

    public static TheoryData<int, string> Nestings()
    {
        TheoryData<int, string> all = [];
        for (int duals = 0; duals < s_functions.Length; duals++)
        {
            foreach (string a in s_ways.Keys)
            {
                all.Add(duals, a);
                foreach (string b in s_ways.Keys)
                {
                    all.Add(duals, $"{a} {b}");
                    foreach (string c in s_ways.Keys)
                        all.Add(duals, $"{a} {b} {c}");
                }
            }
        }
        return all;
    }

    [Theory, MemberData(nameof(Nestings))]
    public void Every_way_in_every_other(int duals, string ways)
    {
        const double x = 0.6;
        Func<Var, Var> f = s_functions[duals];
        int order = duals;
        foreach (string name in ways.Split(' ').Reverse())
        {
            (Func<Var, Var> before, Way way) = (f, s_ways[name]);
            f = y => way.Take(before, y);
            order += way.Order;
        }
        Objective outermost = Objective.Of(p => f(p[0]));
        Close(outermost.Value([x]), order);
        Close(outermost.Gradient([x])[0], order + 1);
        Close(outermost.Hvp([x], [1.0])[0], order + 2);

        static void Close(double actual, int order)
        {
            Complex exact = Complex.Pow(s_rate, order) * Complex.Exp(s_rate * x);
            actual.ShouldBe(exact.Imaginary, 1e-12 * Complex.Abs(exact));
        }
    }
}
