using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>Objectives that run their lambda at every call and reuse the programs of recordings that come again: what the sweeps give,
/// whatever changes between calls.</summary>
[Collection(AloneCollection.Name)]
public sealed class ReusingTests : IDisposable
{
    private const double Tolerance = 1e-11;

    public ReusingTests() => Recurrence.IsEager = true;

    public void Dispose() => Recurrence.IsEager = false;

    [Fact]
    public void Captured_numbers_may_change_at_every_call()
    {
        double[] data = new double[300];
        double scale = 1;
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < data.Length; i++)
            {
                Var residual = x[0] * Math.Exp(-scale * x[1] * (0.01 * i)) - data[i];
                sum += residual * residual * 0.5;
            }
            return sum / data.Length;
        }), reusing = f.Reusing();
        for (int call = 0; call < 12; call++)
        {
            for (int i = 0; i < data.Length; i++)
                data[i] = call % 4 == 3 ? 1 : Math.Sin(i * (call + 1)); // Now and then all are equal.
            scale = call < 6 ? 1 : 1 + 0.25 * call;
            Agree(f, reusing, [1 + 0.1 * call, 0.5]);
        }
        reusing.ToString()!.ShouldContain("patterns");
        reusing.ToString()!.ShouldContain("600 constants left open");
    }

    [Fact]
    public void Branches_and_lengths_have_programs_of_their_own()
    {
        int length = 100;
        Objective f = Objective.Of(x =>
        {
            Var sum = x[0];
            for (int i = 0; i < length; i++)
                sum += x[0].Value > 0 ? Math.Sin(x[0] * (0.1 * i) + x[1]) : x[1] * x[0] * (0.1 * i) - x[1];
            return sum;
        }), reusing = f.Reusing();
        for (int call = 0; call < 24; call++)
        {
            length = call % 2 == 0 ? 150 : 200;
            Agree(f, reusing, [Math.Cos(3 * call), 0.5 + 0.01 * call]);
        }
        reusing.ToString()!.Split("constants left open").Length.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Declared_parameters_are_taken_anew()
    {
        Data weights = Data.Of(new double[200]);
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 200; i++)
                sum += weights[i] * x[0] * Math.Tanh(x[1] * i);
            return sum;
        }), reusing = f.Reusing();
        for (int call = 0; call < 8; call++)
        {
            weights.Set([.. Enumerable.Range(call, 200).Select(i => Math.Sin(i))]);
            Agree(f, reusing, [0.5 + call, -0.125]);
        }
        reusing.ToString()!.ShouldContain("patterns");
    }

    [Fact]
    public void Values_are_the_lambdas_to_the_bit_and_models_stay_as_they_were()
    {
        double shift = 0;
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += Math.Cos(x[i] * x[i + 1] + shift);
            return sum;
        }), reusing = f.Reusing();
        double[] x = Reference.Printed.Sines(300);
        for (int call = 0; call < 6; call++)
        {
            shift = 0.1 * call;
            reusing.Gradient(x, new double[300]).ShouldBe(f.Value(x));
        }
        using LocalModel at = reusing.At(x);
        double[] product = at.Hessian.Apply(x), curve = at.DirectionalDerivatives(x, 2);
        shift = 1;
        reusing.Gradient(x);
        at.Hessian.Apply(x).ShouldBe(product);
        at.DirectionalDerivatives(x, 2).ShouldBe(curve);
        using LocalModel swept = Objective.Of(z =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < z.Length; i++)
                sum += Math.Cos(z[i] * z[i + 1] + 0.5);
            return sum;
        }).At(x);
        Close(product, swept.Hessian.Apply(x));
        Close(curve, swept.DirectionalDerivatives(x, 2));
    }

    [Fact]
    public void Arrays_that_are_written_to_are_seen()
    {
        double[] weights = Reference.Printed.Sines(400);
        Objective f = Objective.Of(x => (weights * x * x).Sum()), reusing = f.Reusing();
        for (int call = 0; call < 6; call++)
        {
            weights[7] = call;
            Agree(f, reusing, Reference.Printed.Sines(400));
        }
    }

    [Fact]
    public void A_gradient_may_take_the_memory_of_the_point_and_threads_may_share()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += x[i] * x[i] * x[i + 1];
            return sum;
        }), reusing = f.Reusing();
        double[] x = Reference.Printed.Sines(200), expected = f.Gradient(x);
        Parallel.For(0, 200, _ =>
        {
            double[] own = [.. x];
            reusing.Gradient(own, own);
            Close(own, expected);
        });
    }

    [Fact]
    public void Without_the_switch_programs_wait_until_they_pay()
    {
        Recurrence.IsEager = false;
        Objective reusing = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += x[i] * x[i] * x[i + 1];
            return sum;
        }).Reusing();
        double[] x = Reference.Printed.Sines(20_000);
        for (int call = 0; call < 100; call++)
            reusing.Gradient(x, new double[x.Length]);
        reusing.ToString().ShouldBeEmpty();
        for (int call = 0; call < 200; call++)
            reusing.Gradient(x, new double[x.Length]);
        reusing.ToString()!.ShouldContain("patterns");
    }

    private static void Agree(Objective f, Objective reusing, double[] x)
    {
        double[] v = Reference.Printed.Sines(x.Length), gradient = new double[x.Length];
        reusing.Value(x).ShouldBe(f.Value(x));
        reusing.Gradient(x, gradient).ShouldBe(f.Value(x));
        Close(gradient, f.Gradient(x));
        Close(reusing.Hvp(x, v), f.Hvp(x, v));
        using LocalModel at = reusing.At(x);
        Close(at.Gradient.ToArray(), gradient);
        Close(at.Hessian.Apply(v), f.Hvp(x, v));
    }

    private static void Close(double[] actual, double[] expected)
    {
        double scale = 1 + expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * scale);
    }
}
