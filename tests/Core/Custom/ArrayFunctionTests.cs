using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Rules;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Custom;

public class ArrayFunctionTests
{
    private static readonly double[] s_x = [0.7, -1.3, 2.1, 0.4, -0.2];
    private static readonly double[] s_v = [1.0, 0.5, -2.0, 0.25, 3.0];
    private static readonly double[] s_weights = [0.3, -1.1, 0.9, 2.0, -0.4, 1.7];

    public static TheoryData<Coupled> InNumbers =>
        [new Coupled.WithJvp(), new Coupled.WithVjp(), new Coupled.WithBoth(), new Coupled.WithNumbers()];

    public static TheoryData<Coupled> InAlgebra => [new Coupled.WithJvp(), new Coupled.WithVjp(), new Coupled.WithBoth()];

    // Nonlinear in y, and x enters once more beside F.
    private static Objective Loss(Func<VarVector, VarVector> f) => Objective.Of(x =>
    {
        VarVector y = f(x);
        return (y * y * s_weights).Sum() * VarVector.Apply<Sin>(y)[1] + y.Dot(y) * x[0];
    });

    private static readonly Objective s_reference = Loss(Coupled.InScalars);

    private static void ShouldBeClose(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double tolerance = 1e-13)
    {
        actual.Length.ShouldBe(expected.Length);
        double scale = 1;
        foreach (double e in expected)
            scale = Math.Max(scale, Math.Abs(e));
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance * scale);
    }

    [Theory, MemberData(nameof(InNumbers))]
    public void Value_gradient_and_Hessian(Coupled function)
    {
        Objective f = Loss(function.Apply);
        f.Value(s_x).ShouldBe(s_reference.Value(s_x), 1e-13);
        ShouldBeClose(f.Gradient(s_x), s_reference.Gradient(s_x));
        ShouldBeClose(f.Hvp(s_x.AsSpan(), s_v), s_reference.Hvp(s_x.AsSpan(), s_v));
        using LocalModel at = f.At(s_x), expected = s_reference.At(s_x);
        double[,] directions = new double[11, s_x.Length];
        for (int i = 0; i < directions.Length; i++)
            directions[i / s_x.Length, i % s_x.Length] = Math.Cos(3 * i + 1);
        ShouldBeClose(Flat(at.Hessian.Apply(directions)), Flat(expected.Hessian.Apply(directions)));
    }

    [Theory, MemberData(nameof(InNumbers))]
    public void Jacobians_from_both_sides(Coupled function)
    {
        VectorFunction f = VectorFunction.Of(function.Apply), reference = VectorFunction.Of(Coupled.InScalars);
        ShouldBeClose(f.Jvp(s_x, s_v), reference.Jvp(s_x, s_v));
        ShouldBeClose(f.Vjp(s_x, s_weights), reference.Vjp(s_x, s_weights));
        double[,] expected = reference.Jacobian(s_x);
        ShouldBeClose(Flat(f.Jacobian(s_x)), Flat(expected));
        // Ten times the results: columns are then cheaper, eight a sweep.
        double[,] tall = VectorFunction.Of(x => VarVector.Concat(Enumerable.Range(0, 10).Select(_ => function.Apply(x)).ToArray())).Jacobian(
            s_x);
        for (int i = 0; i < tall.GetLength(0); i++)
        {
            for (int j = 0; j < s_x.Length; j++)
                tall[i, j].ShouldBe(expected[i % expected.GetLength(0), j], 1e-13);
        }
    }

    [Theory, MemberData(nameof(InAlgebra))]
    public void Nested_differentiation_to_the_fourth_order(Coupled function)
    {
        Objective Outer(Objective inner) => Objective.Of(x => inner.Hvp(x, s_v).SquaredNorm() + inner.Gradient(x).Dot(s_v) * x[2]);
        Objective f = Outer(Loss(function.Apply)), reference = Outer(s_reference);
        f.Value(s_x).ShouldBe(reference.Value(s_x), 1e-12 * Math.Abs(reference.Value(s_x)));
        ShouldBeClose(f.Gradient(s_x), reference.Gradient(s_x), 1e-12);
        ShouldBeClose(f.Hvp(s_x.AsSpan(), s_v), reference.Hvp(s_x.AsSpan(), s_v), 1e-12);
    }

    [Theory, MemberData(nameof(InAlgebra))]
    public void Nested_products_of_vector_functions(Coupled function)
    {
        VectorFunction Twice(VectorFunction inner) => VectorFunction.Of(x => inner.Vjp(x, inner.Jvp(x, x)));
        VectorFunction f = Twice(VectorFunction.Of(function.Apply)), reference = Twice(VectorFunction.Of(Coupled.InScalars));
        ShouldBeClose(f.Value(s_x), reference.Value(s_x));
        ShouldBeClose(f.Jvp(s_x, s_v), reference.Jvp(s_x, s_v));
        ShouldBeClose(f.Vjp(s_x, s_v), reference.Vjp(s_x, s_v));
    }

    [Fact]
    public void Applied_to_its_own_result()
    {
        Coupled function = new Coupled.WithJvp();
        Objective f = Objective.Of(x => function.Apply(function.Apply(x)).Sum()),
            reference = Objective.Of(x => Coupled.InScalars(Coupled.InScalars(x)).Sum());
        ShouldBeClose(f.Gradient(s_x), reference.Gradient(s_x));
        ShouldBeClose(f.Hvp(s_x.AsSpan(), s_v), reference.Hvp(s_x.AsSpan(), s_v));
    }

    [Fact]
    public void A_numeric_Vjp_alone_gives_gradients_and_no_more()
    {
        Objective f = Loss(new Coupled.WithNumericVjp().Apply);
        ShouldBeClose(f.Gradient(s_x), s_reference.Gradient(s_x));
        Should.Throw<MissingRuleException>(() => f.Hvp(s_x.AsSpan(), s_v)).Message.ShouldContain(nameof(INumericJvp));
        VectorFunction r = VectorFunction.Of(new Coupled.WithNumericVjp().Apply);
        ShouldBeClose(r.Vjp(s_x, s_weights), VectorFunction.Of(Coupled.InScalars).Vjp(s_x, s_weights));
        Should.Throw<MissingRuleException>(() => r.Jvp(s_x, s_v)).Message.ShouldContain(nameof(IArrayJvp));
        ShouldBeClose(f.Gradient(s_x), s_reference.Gradient(s_x));
    }

    [Fact]
    public void Numbers_alone_cannot_be_nested_and_nothing_at_all_gives_values()
    {
        Objective numeric = Loss(new Coupled.WithNumbers().Apply);
        Should.Throw<MissingRuleException>(() => Objective.Of(x => numeric.Gradient(x).Sum()).Value(s_x)).Message.ShouldContain(
            nameof(IArrayVjp));
        Objective bare = Loss(new Coupled.WithNothing().Apply);
        bare.Value(s_x).ShouldBe(s_reference.Value(s_x), 1e-13);
        Should.Throw<MissingRuleException>(() => bare.Gradient(s_x)).Message.ShouldContain(nameof(INumericVjp));
    }

    [Fact]
    public void The_reference_interpreter_agrees()
    {
        Recorder recorder = Recorder.Begin(s_x);
        Var y = Loss(new Coupled.WithJvp().Apply).Value(recorder.Inputs);
        Interpreter<Jet<Real>> machine = new(recorder.Flush());
        for (int i = 0; i < s_x.Length; i++)
            machine.Values[i] = new(new(s_x[i]), new(s_v[i]));
        machine.Forward();
        machine.Adjoints[y.Slot] = Jet<Real>.Constant(1);
        machine.Reverse();
        recorder.End();
        ShouldBeClose([.. s_x.Select((_, i) => machine.Adjoints[i].Primal.Value)], s_reference.Gradient(s_x));
        ShouldBeClose([.. s_x.Select((_, i) => machine.Adjoints[i].Tangent.Value)], s_reference.Hvp(s_x.AsSpan(), s_v));
    }

    [Fact]
    public void Of_a_constant_it_is_a_constant()
    {
        Coupled function = new Coupled.WithNothing();
        VarVector y = function.Apply(s_x);
        y.IsConstant.ShouldBeTrue();
        Objective.Of(x => x[0] * function.Apply(s_x)[2]).Gradient(s_x)[0].ShouldBe(y[2].Value);
    }

    private sealed class Faulty(bool inValue) : ArrayFunction, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            if (inValue)
                throw new FormatException("value");
            x.CopyTo(y);
        }

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => throw new FormatException("rule");
    }

    [Theory, InlineData(true, "value"), InlineData(false, "rule")]
    public void Exceptions_pass_through_and_the_next_gradient_is_the_same(bool inValue, string message)
    {
        double[] before = s_reference.Gradient(s_x);
        for (int i = 0; i < 20; i++)
            Should.Throw<FormatException>(
                () => Loss(x => VarVector.Concat(new Faulty(inValue).Apply(x), x[..1])).Gradient(s_x)).Message.ShouldBe(message);
        s_reference.Gradient(s_x).ShouldBe(before);
        // Caught inside the lambda, it leaves nothing behind.
        Objective caught = Objective.Of(x =>
        {
            Should.Throw<FormatException>(() => new Faulty(true).Apply(x));
            return s_reference.Value(x);
        });
        caught.Gradient(s_x).ShouldBe(before);
    }

    private sealed class Wrong(Func<VarVector, VarVector, VarVector, VarVector> rule) : ArrayFunction, IArrayJvp, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => rule(x, y, xDot);

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => rule(x, y, yBar);
    }

    [Fact]
    public void Rules_of_the_wrong_length_or_not_linear_are_refused()
    {
        Should.Throw<ShapeMismatchException>(
            () =>
            Objective.Of(x => new Wrong((x, _, _) => x[1..]).Apply(x).SquaredNorm()).Gradient(s_x)).Message.ShouldContain(
            "Wrong.Vjp returned 4 elements where 5");
        Objective constant = Objective.Of(x => new Wrong((_, _, _) => new double[] { 1, 2, 3, 4, 5 }).Apply(x).SquaredNorm());
        Should.Throw<InvalidOperationException>(() => constant.Hvp(s_x.AsSpan(), s_v)).Message.ShouldContain("linear");
        foreach (Func<VarVector, VarVector, VarVector, VarVector> rule in new Func<VarVector, VarVector, VarVector, VarVector>[] { (
            _, _, d) => d * d, (_, _, d) => d + 1, (x, _, d) => d * Math.Sin(d) + x })
        {
            Should.Throw<InvalidOperationException>(
                () => Objective.Of(x => new Wrong(rule).Apply(x).SquaredNorm()).Hvp(s_x, s_v)).Message.ShouldContain("is not linear");
            Should.Throw<InvalidOperationException>(
                () => Objective.Of(x => new OnlyForward(rule).Apply(x).SquaredNorm()).Gradient(s_x)).Message.ShouldContain("is not linear");
        }
    }

    private sealed class OnlyForward(Func<VarVector, VarVector, VarVector, VarVector> rule) : ArrayFunction, IArrayJvp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => rule(x, y, xDot);
    }

    private sealed class Capturing(Var captured) : ArrayFunction, IArrayJvp
    {
        public bool InRule { get; init; }

        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            x.CopyTo(y);
            if (!InRule)
                y[0] = (captured * 2).Value;
        }

        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => xDot * captured;
    }

    [Fact]
    public void A_captured_variable_throws()
    {
        Should.Throw<EscapedDependenceException>(() => Objective.Of(x => new Capturing(x[0]).Apply(x).Sum()).Gradient(s_x));
        Should.Throw<EscapedDependenceException>(
            () => Objective.Of(x => new Capturing(x[0]) { InRule = true }.Apply(x).Sum()).Gradient(s_x));
        Objective f = Objective.Of(x => new Capturing(x[0]) { InRule = true }.Apply(x).SquaredNorm());
        Should.Throw<VariableException>(() =>
        {
            using LocalModel at = f.At(s_x);
        });
    }

    private sealed class Reading : ArrayFunction, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < y.Length; i++)
                y[i] = x[i] * x[i];
        }

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => 2 * (VarVector)x.ToValues() * yBar;
    }

    [Fact]
    public void A_rule_that_reads_values_serves_first_derivatives_and_throws_where_it_is_differentiated()
    {
        Objective f = Objective.Of(x => new Reading().Apply(x).Sum());
        f.Gradient(s_x).ShouldBe([.. s_x.Select(t => 2 * t)]);
        Should.Throw<InvalidOperationException>(() => f.Hvp(s_x.AsSpan(), s_x)).Message.ShouldContain(
            "Reading.Vjp: the values of a vector were read");
        Should.Throw<InvalidOperationException>(() => Objective.Of(x => f.Gradient(x).Sum()).Gradient(s_x));
    }

    [Fact]
    public void Numeric_rules_allocate_nothing_once_warm()
    {
        Coupled function = new Coupled.WithNumbers();
        Objective f = Objective.Of(x => function.Apply(x).Sum());
        double[] gradient = new double[s_x.Length];
        for (int i = 0; i < 100; i++)
            f.Gradient(s_x, gradient);
        Allocation.Least(() => f.Gradient(s_x, gradient)).ShouldBe(0);
    }

    private static double[] Flat(double[,] matrix) => [.. matrix.Cast<double>()];
}
