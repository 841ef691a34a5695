using AutoDiff.Hvp;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>
/// Random compositions of primitives at points where something inside is 0 or infinite: a derivative is never a wrong finite number. The
/// oracle is the derivative beside the point: where it tends to a limit from a side on which the function lives, a finite derivative at the
/// point must be that limit, or lie between those of both sides (at kinks).
/// </summary>
public class AbsoluteZeroSearchTests
{
    private delegate Var Step(Var x, Var y);

    private static readonly (string Name, Step Apply)[] s_unary =
    [
        ("−", (x, _) => -x), ("²", (x, _) => Math.Square(x)), ("√", (x, _) => Math.Sqrt(x)), ("∛", (x, _) => Math.Cbrt(x)),
        ("log", (x, _) => Math.Log(x)), ("exp", (x, _) => Math.Exp(x)), ("1/", (x, _) => 1 / x), ("atan", (x, _) => Math.Atan(x)),
        ("tanh", (x, _) => Math.Tanh(x)), ("σ", (x, _) => Math.Sigmoid(x)), ("softplus", (x, _) => Math.Softplus(x)),
        ("asinh", (x, _) => Math.Asinh(x)), ("abs", (x, _) => Math.Abs(x)), ("relu", (x, _) => Math.Relu(x)),
            ("sin", (x, _) => Math.Sin(x)),
        ("cos", (x, _) => Math.Cos(x)), ("acos", (x, _) => Math.Acos(x)), ("log1p", (x, _) => Math.LogP1(x)),
            ("expm1", (x, _) => Math.ExpM1(x)),
        ("erf", (x, _) => Math.Erf(x)), ("cosh", (x, _) => Math.Cosh(x)), ("silu", (x, _) => Math.Silu(x)),
            ("^1.5", (x, _) => Math.Pow(x, 1.5)),
        ("^−2", (x, _) => Math.Pow(x, -2)), ("·3", (x, _) => 3 * x), ("+1", (x, _) => x + 1), ("1−", (x, _) => 1 - x),
            ("/2", (x, _) => x / 2),
    ];

    private static readonly (string Name, Step Apply)[] s_binary =
    [
        ("+", (x, y) => x + y), ("−", (x, y) => x - y), ("·", (x, y) => x * y), ("/", (x, y) => x / y),
            ("hypot", (x, y) => Math.Hypot(x, y)),
        ("max", (x, y) => Math.Max(x, y)), ("min", (x, y) => Math.Min(x, y)), ("logaddexp", (x, y) => Math.LogAddExp(x, y)),
            ("atan2", (x, y) => Math.Atan2(x, y)),
    ];

    private readonly record struct Node(int Operation, int X, int Y);

    private sealed record Program(Node[] Nodes)
    {
        public static Program Random(Random random)
        {
            Node[] nodes = new Node[random.Next(2, 6)];
            for (int i = 0; i < nodes.Length; i++)
            {
                // Mostly a chain, lest most of it be dead.
                int x = random.Next(3) == 0 ? random.Next(i + 1) : i;
                nodes[i] = new(random.Next(5) < 3 ? random.Next(s_unary.Length)
                    : s_unary.Length + random.Next(s_binary.Length), x, random.Next(i + 1));
            }
            return new(nodes);
        }

        public Var Evaluate(Var x)
        {
            List<Var> values = [x];
            foreach (Node node in Nodes)
                values.Add(Step(node).Apply(values[node.X], values[node.Y]));
            return values[^1];
        }

        // Conventions are for kinks; docs/nonsmooth.md has them.
        public bool IsAtKink(double x)
        {
            List<double> values = [x];
            foreach (Node node in Nodes)
            {
                (string name, Step apply) = Step(node);
                double a = values[node.X], b = values[node.Y];
                if (name is "abs" or "relu" && a == 0 || name is "max" or "min" && a == b || name is "hypot" or "atan2" && a == 0 && b == 0)
                    return true;
                values.Add(apply(a, b).Value);
            }
            return false;
        }

        private static (string Name, Step Apply) Step(Node node) =>
            node.Operation < s_unary.Length ? s_unary[node.Operation] : s_binary[node.Operation - s_unary.Length];

        public override string ToString()
        {
            List<string> values = ["x"];
            foreach (Node node in Nodes)
            {
                string name = Step(node).Name;
                values.Add(node.Operation < s_unary.Length ? $"{name}({values[node.X]})" : $"{name}[{values[node.X]}, {values[node.Y]}]");
            }
            return values[^1];
        }
    }

    [Theory]
    [InlineData(1, 1500)]
    public void No_derivative_is_a_wrong_finite_number(int seed, int count)
    {
        var random = new Random(seed);
        List<string> wrong = [];
        int judged = 0;
        for (int i = 0; i < count; i++)
        {
            Program program = Program.Random(random);
            Objective f = Objective.Of(v => program.Evaluate(v[0]));
            foreach (double x in (double[])[0, 1, -1])
            {
                if (program.IsAtKink(x))
                    continue;
                double first = f.Gradient([x])[0];
                double nested = Objective.Of(p => Objective.Of(v => program.Evaluate(v[0])).Gradient(p)[0]).Value([x]);
                double second = f.Hvp([x], [1.0])[0];
                if (Allows(h => f.Gradient([x + h])[0], first, x) is { } problem)
                    wrong.Add($"{program} at {x}: {first:R}, {problem}");
                if (double.IsFinite(nested) && Allows(h => f.Gradient([x + h])[0], nested, x) is { } other)
                    wrong.Add($"{program} at {x}, nested: {nested:R}, {other}");
                if (double.IsFinite(first) && Allows(h => f.Hvp([x + h], [1.0])[0], second, x) is { } another)
                    wrong.Add($"{program} at {x}, second: {second:R}, {another}");
                judged += double.IsFinite(first) ? 1 : 0;
            }
        }
        wrong.ShouldBeEmpty();
        judged.ShouldBeGreaterThan(count);
    }

    /// <summary>At points where something is 0, overflows or is infinite the modes give one number, or none of them a finite one.</summary>
    [Theory]
    [InlineData(11, 400)]
    public void Modes_agree(int seed, int count)
    {
        var random = new Random(seed);
        List<string> differing = [];
        for (int i = 0; i < count; i++)
        {
            Program program = Program.Random(random);
            Objective f = Objective.Of(v => program.Evaluate(v[0]));
            Objective compiled = f.Compile([0.75]), rows = Objective.Sum(new double[,] { { 0 } }, (v, r) => program.Evaluate(v[0] + r[0]));
            foreach (double x in (double[])[0, 1, -1, 800, double.PositiveInfinity, double.NegativeInfinity])
            {
                double[] path = f.DirectionalDerivatives([x], [1], 2);
                (string Mode, double First, double Second)[] modes =
                [
                    ("sweeps", f.Gradient([x])[0], f.Hvp([x], [1.0])[0]),
                    ("compiled", compiled.Gradient([x])[0], compiled.Hvp([x], [1.0])[0]),
                    ("rows", rows.Gradient([x])[0], rows.Hvp([x], [1.0])[0]),
                    ("Taylor", path[1], path[2]),
                    ("nested", VectorFunction.Of(p => f.Gradient(p)).Value([x])[0], VectorFunction.Of(p => f.Gradient(p)).Vjp([x], [1])[0]),
                ];
                foreach ((string mode, double first, double second) in modes[1..])
                {
                    if (!AreAlike(first, modes[0].First))
                        differing.Add($"{program} at {x}: {mode} {first:R}, sweeps {modes[0].First:R}");
                    else if (double.IsFinite(first) && !AreAlike(second, modes[0].Second)
                        && !(program.IsAtKink(x) && double.IsNaN(second + modes[0].Second)))
                        differing.Add($"{program} at {x}, second: {mode} {second:R}, sweeps {modes[0].Second:R}");
                }
            }
        }
        differing.ShouldBeEmpty($"{differing.Count} of them");
    }

    // Which terms are summed first decides between an infinity and NaN.
    private static bool AreAlike(double x, double y) =>
        double.IsFinite(x) && double.IsFinite(y) ? Math.Abs(x - y) <= 1e-9 * (Math.Abs(x) + Math.Abs(y)) + 1e-12
            : double.IsFinite(x) == double.IsFinite(y);

    // Null if the derivative at x may be what it is, by the derivatives beside x.
    private static string? Allows(Func<double, double> beside, double derivative, double x)
    {
        if (!double.IsFinite(derivative))
            return null;
        (double Limit, bool Diverges)? right = Limit(beside, 1), left = Limit(beside, -1);
        if (right is null && left is null)
            return null;
        if (right is { Diverges: true } && left is { Diverges: true })
            return "the derivatives beside it grow without bound";
        double[] limits = [.. new[] { right, left }.OfType<(double Limit, bool Diverges)>().Where(l => !l.Diverges).Select(l => l.Limit)];
        if (limits.Length == 0)
            return right is null || left is null ? "the derivatives beside it grow without bound" : null;
        double tolerance = 1e-3 * (1 + limits.Max(Math.Abs));
        return derivative < limits.Min() - tolerance || derivative > limits.Max() + tolerance ? $"limits {string.Join(" and ", limits)}"
            : null;
    }

    // What the derivatives on one side tend to; null if nothing can be said.
    private static (double Limit, bool Diverges)? Limit(Func<double, double> beside, int side)
    {
        double a = beside(side * 1e-3), b = beside(side * 1e-4), c = beside(side * 1e-5);
        if (!double.IsFinite(a) || !double.IsFinite(b) || !double.IsFinite(c))
            return null;
        if (Math.Abs(c - b) <= 2e-4 * (1 + Math.Abs(c)) && Math.Abs(b - a) <= 5e-3 * (1 + Math.Abs(c)))
            return (c, false);
        return Math.Abs(c) > 2 * Math.Abs(b) && Math.Abs(b) > 2 * Math.Abs(a) && Math.Abs(c) > 10 ? (c, true) : null;
    }
}
