using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Laws;

/// <summary>The arithmetic that the sweeps carry inline against the rules that state it, run through the table of operations.</summary>
public class InlineOperationTests
{
    private static readonly double[] Numbers =
        [-7.7, -1, -0.3, 0.0, 1e-8, 0.3, 1, 3.5, 1e5, 1e154, 1e-160, double.PositiveInfinity, double.NaN];

    [Fact]
    public void Inline_arithmetic_of_two_variables_has_its_rules_values()
    {
        Compare(0,
            (x => x[0] + x[1], x => Through<Add>(x[0], x[1])),
            (x => x[0] - x[1], x => Through<Subtract>(x[0], x[1])),
            (x => x[0] * x[1], x => Through<Multiply>(x[0], x[1])));
        Compare(TwoUlp, (x => x[0] / x[1], x => Through<Divide>(x[0], x[1])));
    }

    [Fact]
    public void Inline_arithmetic_of_one_variable_has_its_rules_values() => Compare(0,
        (x => -x[0] + 0 * x[1], x => Through<Negate>(x[0]) + 0 * x[1]),
        (x => Var.Square(x[0]) + 0 * x[1], x => Through<Square>(x[0]) + 0 * x[1]));

    [Fact]
    public void Inline_arithmetic_with_constants_has_its_rules_values()
    {
        foreach (double c in Numbers)
        {
            Compare(0,
                (x => x[0] + c + 0 * x[1], x => Var.Apply<Add>(x[0], c) + 0 * x[1]),
                (x => x[0] - c + 0 * x[1], x => Var.Apply<Subtract>(x[0], c) + 0 * x[1]),
                (x => c - x[0] + 0 * x[1], x => Var.Apply<Subtract>(c, x[0]) + 0 * x[1]),
                (x => x[0] * c + 0 * x[1], x => Var.Apply<Multiply>(x[0], c) + 0 * x[1]));
            Compare(TwoUlp,
                (x => x[0] / c + 0 * x[1], x => Var.Apply<Divide>(x[0], c) + 0 * x[1]),
                (x => c / x[0] + 0 * x[1], x => Var.Apply<Divide>(c, x[0]) + 0 * x[1]));
        }
    }

    private static Var Through<TRule>(Var x) where TRule : struct, IUnaryRule<TRule> => Var.Apply<TRule>(x);

    private static Var Through<TRule>(Var x, Var y) where TRule : struct, IBinaryRule<TRule> => Var.Apply<TRule>(x, y);

    /// <summary>For quotients, whose inline derivatives round in another order than the rule's; all else agrees to the bit.</summary>
    private const double TwoUlp = 4.5e-16;

    private static void Compare(double tolerance, params (Function Inline, Function Rule)[] pairs)
    {
        var verdict = new Verdict();
        foreach ((Function inline, Function rule) in pairs)
        {
            foreach (double a in Numbers)
            {
                foreach (double b in Numbers)
                {
                    double[] x = [a, b];
                    var expected = new Dictionary<string, Modes.Outcome>();
                    Modes.Run("", rule, x, new Verdict(), (mode, outcome) => expected[mode] = outcome);
                    Modes.Run("", inline, x, new Verdict(), (mode, outcome) =>
                    {
                        verdict.SameBits($"({a:R}, {b:R}){mode} value", outcome.Value, expected[mode].Value);
                        Agree($"({a:R}, {b:R}){mode} first", outcome.Gradient, expected[mode].Gradient);
                        Agree($"({a:R}, {b:R}){mode} second", [.. outcome.Hessian.Cast<double>()],
                            [.. expected[mode].Hessian.Cast<double>()]);
                    });

                    void Agree(string what, double[] actual, double[] other)
                    {
                        for (int i = 0; i < other.Length; i++)
                            verdict.Close($"{what} {i}", actual[i] + 0.0, other[i] + 0.0, Math.Abs(other[i]), tolerance);
                    }
                }
            }
        }
        verdict.Faults.ShouldBeEmpty(string.Join('\n', verdict.Faults.Take(20)));
    }
}
