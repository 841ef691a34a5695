using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;
using AutoDiff.Tests.Core.Arrays;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>Compiled functions with many results, and lambdas over arrays taken apart into scalars: what the sweeps give.</summary>
[Collection(AloneCollection.Name)]
public sealed class CompiledVectorTests : IDisposable
{
    private const double Tolerance = 1e-11;

    public CompiledVectorTests() => ScheduleWorkspace.Undefined = 12345.678;

    public void Dispose() => (SchedulePasses.Current, ScheduleWorkspace.Undefined) = (new(), null);

    [Fact]
    public void Every_array_operation_taken_apart_gives_what_it_gave()
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false };
        int scheduled = 0;
        foreach (ArrayCase used in VectorCases.All.Concat(MatrixCases.All).Where(c => c.X.Length > 0))
        {
            VectorFunction f = VectorFunction.Of(used.Recorded), compiled = f.Compile(used.X);
            scheduled += compiled.ToString()!.Contains("patterns", StringComparison.Ordinal) ? 1 : 0;
            double[] x = [.. used.X.Select((t, i) => t * (1 + 0.01 * Math.Sin(i)))];
            Agree(f, compiled, used.X, used.Name);
            Agree(f, compiled, x, used.Name);
        }
        scheduled.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Observations_seen_one_by_one_become_one_pattern()
    {
        double[] u = Reference.Printed.Sines(300), v = [.. u.Select(t => 0.5 - t)];
        VectorFunction f = BundleAdjustmentLambda.Projections(Data.Of(u), Data.Of(v));
        double[] x = [.. Enumerable.Range(0, 300 * BundleAdjustmentLambda.ParameterCount).Select(i => 1 + 0.3 * Math.Sin(i))];
        VectorFunction compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("300 ×");
        Agree(f, compiled, x, "observations");
        VectorFunction vectors = BundleAdjustmentLambda.Observations(u, v);
        Close(compiled.Value(x), vectors.Value(x)[..600], "observations");
        Close(compiled.Vjp(x, [.. u, .. v]), vectors.Vjp(x, [.. u, .. v, .. new double[300]]), "observations");
    }

    [Fact]
    public void Lambdas_over_arrays_are_scheduled_where_it_pays()
    {
        double[] x = Rosenbrock.Start(1000), v = Reference.Printed.Sines(1000);
        Objective f = RosenbrockLambda.Arrays(), compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("patterns");
        Close(compiled.Gradient(x), f.Gradient(x), "Rosenbrock");
        Close(compiled.Hvp(x, v), f.Hvp(x, v), "Rosenbrock");
    }

    [Fact]
    public void Results_may_be_inputs_constants_data_and_each_other()
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false };
        Data data = Data.Of(2.0, 3.0);
        VectorFunction f = VectorFunction.Of(x =>
        {
            Var y = x[0] * x[1];
            return VarVector.Of(y, x[2], 7, data[1], y, Math.Sin(y), data[0] * x[2]);
        });
        double[] point = [0.5, -1.5, 4];
        VectorFunction compiled = f.Compile(point);
        compiled.ToString()!.ShouldContain("patterns");
        Agree(f, compiled, point, "results");
        data.Set(-1.0, 0.25);
        Agree(f, compiled, point, "results");
    }

    [Fact]
    public void Another_way_through_the_lambda_is_found()
    {
        VectorFunction f = VectorFunction.Of(x => x[0] > 0 ? VarVector.Of(x[0] * x[1], x[1]) : VarVector.Of(Math.Exp(x[0]) + x[1])),
            compiled = f.Compile([1.0, 2.0]);
        compiled.Jacobian([3.0, 5.0]).ShouldBe(new double[,] { { 5, 3 }, { 0, 1 } });
        compiled.Jacobian([-1.0, 5.0]).ShouldBe(new double[,] { { Math.Exp(-1), 1 } });
    }

    [Fact]
    public void Guards_of_a_scheduled_function_are_checked()
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(i => 1 + 0.001 * i)];
        VectorFunction f = VectorFunction.Of(z =>
        {
            Var[] results = new Var[z.Length];
            for (int i = 0; i < results.Length; i++)
                results[i] = z[i] > 0.5 ? z[i] * z[i] * z[(i + 1) % z.Length] : -z[i];
            return VarVector.Of(results);
        });
        VectorFunction compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("patterns");
        x[17] = 0.25;
        Agree(f, compiled, x, "guards");
    }

    [Fact]
    public void What_is_not_finite_is_left_to_the_sweeps()
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false };
        VectorFunction f = VectorFunction.Of(x => VarVector.Of(Math.Sqrt(x[0]) * x[1], x[1] * x[2])), compiled = f.Compile([1.0, 2.0, 3.0]);
        compiled.ToString()!.ShouldContain("patterns");
        foreach (double[] u in (double[][])[[1, 0], [0, 1], [1, 1]])
            compiled.Vjp([0.0, 0.0, 1.0], u).ShouldBe(f.Vjp([0.0, 0.0, 1.0], u));
        compiled.Jvp([0.0, 0.0, 1.0], [0.0, 1.0, 0.0]).ShouldBe(f.Jvp([0.0, 0.0, 1.0], [0.0, 1.0, 0.0]));
    }

    [Fact]
    public void A_constant_array_that_changes_is_noticed()
    {
        double[] weights = Reference.Printed.Sines(500), x = Reference.Printed.Sines(500);
        Objective f = Objective.Of(z => (weights * z * z * z).Sum()), compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("patterns");
        compiled.Gradient(x);
        weights[0] = 5;
        Should.Throw<InvalidOperationException>(() => compiled.Gradient(x)).Message.ShouldContain("constant array");
    }

    [Fact]
    public void Many_threads_may_share_an_operator()
    {
        double[] x = Reference.Printed.Sines(600);
        VectorFunction f = VectorFunction.Of(
            z => VarVector.Of([.. Enumerable.Range(0, z.Length - 1).Select(i => Math.Exp(z[i]) * z[i + 1])])), compiled = f.Compile(x);
        using JacobianOperator at = compiled.At(x);
        double[] pushed = at.Apply(x), pulled = at.ApplyTranspose(pushed);
        Parallel.For(0, 200, _ =>
        {
            at.Apply(x).ShouldBe(pushed);
            at.ApplyTranspose(pushed).ShouldBe(pulled);
            compiled.Jvp(x, x).ShouldBe(pushed);
        });
    }

    private static void Agree(VectorFunction f, VectorFunction compiled, double[] x, string name)
    {
        double[] y = f.Value(x), u = Reference.Printed.Sines(y.Length), v = Reference.Printed.Sines(x.Length);
        Close(compiled.Value(x), y, name);
        Close(compiled.Jvp(x, v), f.Jvp(x, v), name);
        Close(compiled.Vjp(x, u), f.Vjp(x, u), name);
        using JacobianOperator at = compiled.At(x);
        Close(at.Value.ToArray(), y, name);
        Close(at.Apply(v), f.Jvp(x, v), name);
        Close(at.ApplyTranspose(u), f.Vjp(x, u), name);
        if (y.Length * x.Length < 40_000)
            Close([.. at.ToDense().Cast<double>()], [.. f.Jacobian(x).Cast<double>()], name);
    }

    private static void Close(double[] actual, double[] expected, string name)
    {
        actual.Length.ShouldBe(expected.Length, name);
        double scale = 1 + expected.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * scale, name);
    }
}
