using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>Aliased and overlapping buffers give what separate ones give; lengths that do not fit, disposed models and changed constants
/// throw.</summary>
public class BufferTests
{
    private static readonly Objective s_f = Objective.Of(x => x[0] * x[0] * x[1] + x[1] * x[2] * x[2] * x[2] + (x * x * x).Sum());
    private static readonly double[] s_x = [1.5, -0.5, 2.0];
    private static readonly double[] s_v = [1.0, 3.0, -2.0];

    [Fact]
    public void The_gradient_may_overwrite_the_point_wholly_or_in_part()
    {
        double[] expected = s_f.Gradient(s_x);
        for (int shift = -2; shift <= 2; shift++)
        {
            double[] memory = new double[7];
            s_x.CopyTo(memory, 2);
            s_f.Gradient(memory.AsSpan(2, 3), memory.AsSpan(2 + shift, 3)).ShouldBe(s_f.Value(s_x));
            memory[(2 + shift)..(5 + shift)].ShouldBe(expected);
        }
    }

    [Fact]
    public void A_product_may_overwrite_point_or_direction_wholly_or_in_part()
    {
        double[] expected = s_f.Hvp(s_x.AsSpan(), s_v);
        for (int shift = -5; shift <= 5; shift++)
        {
            // The point at 5, the direction right behind it, the result across both.
            double[] memory = new double[16];
            s_x.CopyTo(memory, 5);
            s_v.CopyTo(memory, 8);
            s_f.Hvp(memory.AsSpan(5, 3), memory.AsSpan(8, 3), memory.AsSpan(5 + shift, 3));
            memory[(5 + shift)..(8 + shift)].ShouldBe(expected);
        }
        using LocalModel at = s_f.At(s_x);
        for (int shift = -3; shift <= 3; shift++)
        {
            double[] memory = new double[9];
            s_v.CopyTo(memory, 3);
            at.Hessian.Apply(memory.AsSpan(3, 3), memory.AsSpan(3 + shift, 3));
            memory[(3 + shift)..(6 + shift)].ShouldBe(expected);
        }
    }

    [Fact]
    public void Many_products_may_overwrite_their_directions_wholly_or_in_part()
    {
        const int count = 19;
        using LocalModel at = s_f.At(s_x);
        double[] directions = [.. Enumerable.Range(0, 3 * count).Select(i => Math.Sin(i + 1))], expected = new double[3 * count];
        at.Hessian.ApplyMany(directions, expected, count);
        foreach (int shift in new[] { -3, -1, 0, 1, 2, 24 })
        {
            double[] memory = new double[3 * count + 60];
            directions.CopyTo(memory, 30);
            at.Hessian.ApplyMany(memory.AsSpan(30, 3 * count), memory.AsSpan(30 + shift, 3 * count), count);
            memory[(30 + shift)..(30 + shift + 3 * count)].ShouldBe(expected);
        }
    }

    [Fact]
    public void The_point_may_change_while_the_lambda_runs()
    {
        double[] x = [.. s_x];
        Objective f = Objective.Of(u =>
        {
            Var y = s_f.Value(u);
            x.AsSpan().Fill(double.NaN);
            return y;
        });
        f.Gradient(x).ShouldBe(s_f.Gradient(s_x));
    }

    [Fact]
    public void On_the_stack()
    {
        Span<double> x = stackalloc double[] { 1.5, -0.5, 2.0 }, gradient = stackalloc double[3];
        s_f.Gradient(x, gradient);
        gradient.ToArray().ShouldBe(s_f.Gradient(s_x));
        s_f.Hvp(x, x, gradient);
        gradient.ToArray().ShouldBe(s_f.Hvp(s_x.AsSpan(), s_x));
    }

    public static TheoryData<string, Action, int, int> WrongLengths => new()
    {
        { "Gradient", () => s_f.Gradient(s_x, new double[2]), 2, 3 },
        { "Hvp", () => s_f.Hvp(s_x.AsSpan(), new double[4]), 3, 4 },
        { "Hvp into", () => s_f.Hvp(s_x, s_v, new double[2]), 3, 2 },
        { "nested Hvp", () => s_f.Hvp((VarVector)s_x, (VarVector)new double[2]), 3, 2 },
        { "Jvp", () => VectorFunction.Of(x => x).Jvp(s_x, new double[2]), 3, 2 },
        { "Vjp", () => VectorFunction.Of(x => x[..2]).Vjp(s_x, new double[3]), 2, 3 },
        { "nested Jvp", () => VectorFunction.Of(x => x).Jvp((VarVector)s_x, (VarVector)new double[2]), 3, 2 },
        { "nested Vjp", () => VectorFunction.Of(x => x[..2]).Vjp((VarVector)s_x, (VarVector)new double[3]), 2, 3 },
        { "Apply", () => Model(at => at.Hessian.Apply(new double[4])), 4, 3 },
        { "Apply into", () => Model(at => at.Hessian.Apply(s_v, new double[5])), 5, 3 },
        { "ApplyMany", () => Model(at => at.Hessian.ApplyMany(new double[6], new double[7], 2)), 6, 7 },
        { "Apply matrix", () => Model(at => at.Hessian.Apply(new double[2, 4])), 4, 3 },
    };

    [Theory, MemberData(nameof(WrongLengths))]
    public void Wrong_lengths_are_named(string name, Action call, int first, int second)
    {
        string message = Should.Throw<ShapeMismatchException>(call, name).Message;
        message.ShouldContain($"{first}");
        message.ShouldContain($"{second}");
    }

    private static void Model(Action<LocalModel> body)
    {
        using LocalModel at = s_f.At(s_x);
        body(at);
    }

    [Fact]
    public void A_disposed_model_refuses_products_and_keeps_what_it_knows()
    {
        LocalModel at = s_f.At(s_x);
        HessianOperator hessian = at.Hessian;
        at.Dispose();
        at.Dispose();
        Should.Throw<ObjectDisposedException>(() => hessian.Apply(s_v)).Message.ShouldContain("f.At(x)");
        Should.Throw<ObjectDisposedException>(() => hessian.ApplyMany(new double[6], new double[6], 2));
        Should.Throw<ObjectDisposedException>(() => hessian.ToDense());
        at.Value.ShouldBe(s_f.Value(s_x));
        at.Gradient.ToArray().ShouldBe(s_f.Gradient(s_x));
    }

    [Fact]
    public void The_memory_of_a_disposed_model_goes_to_one_recording_only()
    {
        bool distinct = false;
        Thread fresh = new(() =>
        {
            LocalModel disposed = s_f.At(s_x);
            disposed.Dispose();
            for (int i = 0; i < 3; i++)
                Should.Throw<ObjectDisposedException>(() => disposed.Hessian.Apply(s_v));
            double[][] points = [.. Enumerable.Range(1, 6).Select(k => s_x.Select(t => k * t).ToArray())];
            double[][] expected = [.. points.Select(x => s_f.Hvp(x.AsSpan(), s_v))];
            LocalModel[] models = [.. points.Select(x => s_f.At(x))];
            distinct = models.Zip(expected).All(pair => pair.First.Hessian.Apply(s_v).AsSpan().SequenceEqual(pair.Second));
        });
        fresh.Start();
        fresh.Join();
        distinct.ShouldBeTrue();
    }

    [Fact]
    public void Disposal_while_products_are_under_way_is_an_exception_or_the_right_product()
    {
        double[] expected = s_f.Hvp(s_x.AsSpan(), s_v);
        for (int round = 0; round < 200; round++)
        {
            LocalModel at = s_f.At(s_x);
            Parallel.For(0, 8, i =>
            {
                if (i == 4)
                    at.Dispose();
                try
                {
                    at.Hessian.Apply(s_v).ShouldBe(expected);
                    s_f.Gradient(s_v);
                }
                catch (ObjectDisposedException)
                {
                }
            });
            at.Dispose();
        }
    }

    [Fact]
    public void A_constant_that_the_lambda_itself_uses_again_is_noticed()
    {
        Func<VarVector, Var> reusing(double[] buffer, double[]? other) => x =>
        {
            Var sum = 0;
            for (int k = 1; k <= 3; k++)
            {
                buffer.AsSpan().Fill(k);
                sum += x.Dot(buffer) * (other is null ? 1 : x.Dot(other));
            }
            return sum;
        };
        foreach (double[]? other in new[] { null, new double[] { 1, 2, 3 } })
        {
            Func<VarVector, Var> f = reusing(new double[3], other);
            Should.Throw<InvalidOperationException>(() => Objective.Of(f).Gradient(s_x)).Message.ShouldContain("changed");
            Should.Throw<InvalidOperationException>(() => Objective.Of(f).Hvp(s_x.AsSpan(), s_v));
            Should.Throw<InvalidOperationException>(() => Objective.Of(f).At(s_x));
            Should.Throw<InvalidOperationException>(() => Objective.Of(x => Objective.Of(f).Gradient(x).Sum()).Value(s_x));
            Should.Throw<InvalidOperationException>(() => Objective.Of(x => Objective.Of(f).Hvp(x, x).Sum()).Value(s_x));
            Should.Throw<InvalidOperationException>(() => VectorFunction.Of(x => VarVector.Of(f(x))).Jacobian(s_x));
            Should.Throw<InvalidOperationException>(() => VectorFunction.Of(x => VarVector.Of(f(x))).Jvp(s_x, s_v));
        }
        // A buffer for each use is as good as any constant.
        Objective.Of(x => x.Dot(new double[] { 1, 1, 1 }) + x.Dot(new double[] { 2, 2, 2 })).Gradient(s_x).ShouldBe([3.0, 3.0, 3.0]);
    }

    [Fact]
    public void A_constant_that_changed_under_a_model_is_noticed()
    {
        double[] weights = [1, 2, 3];
        double[,] matrix = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };
        Objective f = Objective.Of(x => (x * x * weights).Sum() + x.Dot(((VarMatrix)matrix).MatMul(x * x)));
        using LocalModel at = f.At(s_x);
        double[] product = at.Hessian.Apply(s_v);
        weights[1] = 20;
        Should.Throw<InvalidOperationException>(() => at.Hessian.Apply(s_v)).Message.ShouldContain("changed");
        weights[1] = 2;
        at.Hessian.Apply(s_v).ShouldBe(product);
        matrix[2, 0] = -7;
        Should.Throw<InvalidOperationException>(() => at.Hessian.Apply(s_v));
        matrix[2, 0] = 7;
        at.Hessian.Apply(s_v).ShouldBe(product);
        // A new recording sees the new number.
        weights[1] = 20;
        f.Hvp(s_x.AsSpan(), s_v)[1].ShouldBe(product[1] + 2 * 18 * s_v[1], 1e-12);
    }
}
