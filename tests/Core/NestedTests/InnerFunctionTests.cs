using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>
/// Every kind of operation inside a nested derivative: its value against the fast sweeps, its derivative against the next of them, its
/// second derivative against the element-wise oracle, which shares only the rules.
/// </summary>
public class InnerFunctionTests
{
    public static TheoryData<string> Names => InnerFunctions.Names;

    [Theory, MemberData(nameof(Names))]
    public void Nested_gradient(string name)
    {
        InnerFunctions.Inner inner = InnerFunctions.All[name];
        Objective f = Objective.Of(inner.Scalar);
        double[] x = inner.X, w = Direction(x.Length, 1), v = Direction(x.Length, 2);
        Objective slope = Objective.Of(p => f.Gradient(p).Dot(w)),
            oracle = Objective.Of(p => ElementwiseNested.Gradient(inner.Scalar, p).Dot(w));
        Close(slope.Value(x), Dot(f.Gradient(x), w));
        Close(slope.Gradient(x), f.Hvp(x, w));
        Close(slope.Hvp(x, v), oracle.Hvp(x, v));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nested_Hessian_vector_product(string name)
    {
        InnerFunctions.Inner inner = InnerFunctions.All[name];
        Objective f = Objective.Of(inner.Scalar);
        int n = inner.X.Length;
        double[] x = inner.X, w = Direction(n, 1), v = Direction(n, 2), t = Direction(n, 3);
        Objective bend = Objective.Of(p => f.Hvp(p, w).Dot(v)),
            oracle = Objective.Of(p => ElementwiseNested.Hvp(inner.Scalar, p, w).Dot(v));
        Close(bend.Value(x), Dot(f.Hvp(x, w), v));
        Close(bend.Gradient(x), oracle.Gradient(x));
        Close(bend.Hvp(x, t), oracle.Hvp(x, t));
        // Linear in the direction, which may be a variable.
        Close(Objective.Of(p => f.Hvp(x, p).Dot(v)).Gradient(w), f.Hvp(x, v));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nested_Jacobian_products(string name)
    {
        InnerFunctions.Inner inner = InnerFunctions.All[name];
        VectorFunction f = VectorFunction.Of(inner.F);
        int n = inner.X.Length, m = f.Value(inner.X).Length;
        double[] x = inner.X, v = Direction(n, 1), u = Direction(m, 2), t = Direction(n, 3);
        Objective forward = Objective.Of(p => f.Jvp(p, v).Dot(u)), reverse = Objective.Of(p => f.Vjp(p, u).Dot(v));
        Objective oracle = Objective.Of(p => ElementwiseNested.Jvp(inner.F, p, v).Dot(u));
        Close(forward.Value(x), Dot(f.Jvp(x, v), u));
        Close(reverse.Value(x), Dot(f.Vjp(x, u), v));
        Close(forward.Gradient(x), oracle.Gradient(x));
        Close(reverse.Gradient(x), oracle.Gradient(x));
        Close(forward.Hvp(x, t), oracle.Hvp(x, t));
        Close(reverse.Hvp(x, t), oracle.Hvp(x, t));
        Close(Objective.Of(p => f.Jvp(x, p).Dot(u)).Gradient(v), f.Vjp(x, u));
        Close(Objective.Of(p => f.Vjp(x, p).Dot(v)).Gradient(u), f.Jvp(x, v));
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradient_of_a_nested_gradient_of_a_nested_gradient(string name)
    {
        InnerFunctions.Inner inner = InnerFunctions.All[name];
        Objective f = Objective.Of(inner.Scalar);
        int n = inner.X.Length;
        double[] x = inner.X, a = Direction(n, 1), b = Direction(n, 2), c = Direction(n, 3);
        Objective first = Objective.Of(p => f.Gradient(p).Dot(a)), second = Objective.Of(p => first.Gradient(p).Dot(b));
        Objective oracle = Objective.Of(p => ElementwiseNested.Hvp(inner.Scalar, p, a).Dot(b));
        Close(second.Value(x), oracle.Value(x));
        Close(second.Gradient(x), oracle.Gradient(x));
        Close(second.Hvp(x, c), oracle.Hvp(x, c));
    }

    public static TheoryData<string, double[]> Kinks => new()
    {
        { "norm", [0, 0, 0] },
        { "norm", [0, 3, 0] },
        { "product", [0, 0, 2] },
        { "product", [0, 3, 2] },
        { "largest", [1, 1, 0] },
        { "largest", [1, 1, 1] },
        { "log-sum-exp", [double.NegativeInfinity, 0, 1] },
        { "softmax", [700, -700, 0] },
        { "hypot", [0, 0, 1] },
        { "absolute value", [0.5, 1, -1] },
        { "root of zero", [0, 1, 4] },
    };

    private static readonly Dictionary<string, Func<VarVector, Var>> s_kinked = new()
    {
        ["norm"] = x => x.Norm() + x.Sum(),
        ["product"] = x => x.Product(),
        ["largest"] = x => Math.Exp(x).Max() * x[0],
        ["log-sum-exp"] = x => x.LogSumExp(),
        ["softmax"] = x => x.Softmax().Dot(x),
        ["hypot"] = x => Math.Hypot(x[..2], x[0]).Sum() * x[2],
        ["absolute value"] = x => (Math.Abs(x) * x).Sum(),
        ["root of zero"] = x => Math.Sqrt(x).Dot((double[])[0, 1, 1]) + x[0],
    };

    [Theory, MemberData(nameof(Kinks))]
    public void Special_points(string name, double[] x)
    {
        Objective f = Objective.Of(s_kinked[name]);
        double[] w = Direction(x.Length, 1);
        VectorFunction.Of(p => f.Gradient(p)).Value(x).ShouldBe(f.Gradient(x), 1e-15);
        Close(Objective.Of(p => f.Gradient(p).Dot(w)).Gradient(x), f.Hvp(x, w));
        Close(VectorFunction.Of(p => f.Hvp(p, w)).Value(x), f.Hvp(x, w));
    }

    private static double[] Direction(int n, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() * 2 - 1)];
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static void Close(double actual, double expected) => Close([actual], [expected]);

    private static void Close(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        double scale = expected.Select(Math.Abs).Append(1).Max();
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-12 * scale);
        actual.ShouldAllBe(x => double.IsFinite(x));
    }
}
