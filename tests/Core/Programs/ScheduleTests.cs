using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;
using AutoDiff.Tests.Misuse;

namespace AutoDiff.Tests.Programs;

/// <summary>
/// Schedules give what the sweeps give, by generated code and by interpreted tiles. Sums are added in another order, products are fused
/// with sums, functions have a vectorized form: the tolerance is 1e-11 of the largest component, which the error of a few hundred roundings
/// of terms of that size stays below.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ScheduleTests : IDisposable
{
    private const double Tolerance = 1e-11;

    public ScheduleTests() => ScheduleWorkspace.Undefined = 12345.678;

    public void Dispose()
    {
        ScheduleWorkspace.Undefined = null;
        Kernel.UsesGeneratedCode = true;
        SchedulePasses.Current = new();
    }

    public static TheoryData<string, bool> Known()
    {
        TheoryData<string, bool> data = [];
        foreach (string name in (string[])["Rosenbrock", "Rosenbrock, odd length", "Lennard-Jones", "mixture", "recurrent network"])
        {
            data.Add(name, true);
            data.Add(name, false);
        }
        return data;
    }

    [Theory, MemberData(nameof(Known))]
    public void Known_functions_agree_with_the_sweeps(string name, bool generated)
    {
        Kernel.UsesGeneratedCode = generated;
        (Objective f, double[] x) = Get(name);
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("patterns");
        Agree(f, compiled, x);
        for (int i = 0; i < x.Length; i++)
            x[i] += 0.01 * Math.Sin(i);
        Agree(f, compiled, x);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Random_loop_bodies_agree_with_the_sweeps(bool generated)
    {
        Kernel.UsesGeneratedCode = generated;
        SplitMix64 random = new(5);
        int scheduled = 0;
        for (int trial = 0; trial < 150; trial++)
        {
            int[] code = new int[3 + trial % 12];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            Objective f = new RandomProgram(code).InLoop(stride: 1 + trial % 4, shared: trial % 3);
            double[] point = new double[150 + trial];
            for (int round = 0; round < 2; round++)
            {
                foreach (ref double number in point.AsSpan())
                    number = 2 * random.NextSigned();
                Objective compiled = f.Compile(point);
                scheduled += compiled.ToString()!.Contains("patterns", StringComparison.Ordinal) ? 1 : 0;
                Agree(f, compiled, point);
                foreach (ref double number in point.AsSpan())
                    number += 1e-3 * random.NextSigned();
                Agree(f, compiled, point);
            }
        }
        scheduled.ShouldBeGreaterThan(50);
    }

    public static TheoryData<string> Passes() =>
        ["all", "no common subexpressions", "no long sums", "no known adjoints", "no cones", "no sorting"];

    [Theory, MemberData(nameof(Passes))]
    public void Every_pass_leaves_random_programs_as_they_are(string passes)
    {
        SchedulePasses always = new() { OnlyWhereItPays = false };
        SchedulePasses.Current = passes switch
        {
            "no common subexpressions" => always with { CommonSubexpressions = false },
            "no long sums" => always with { LongSums = false },
            "no known adjoints" => always with { KnownAdjoints = false },
            "no cones" => always with { Cones = false },
            "no sorting" => always with { Sorting = false },
            _ => always,
        };
        SplitMix64 random = new(11);
        for (int trial = 0; trial < 200; trial++)
        {
            int[] code = new int[5 + trial % 40];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            RandomProgram program = new(code);
            bool isLong = trial % 4 == 0;
            Objective f = Objective.Of(x =>
            {
                Var sum = program.Run(x);
                for (int i = 0; isLong && i < 70; i++)
                    sum += Math.Sin(x[i % 4] + 0.01 * i) * x[(i + 1) % 4];
                return sum;
            });
            double[] point = new double[RandomProgram.InputCount];
            foreach (ref double number in point.AsSpan())
                number = 2 * random.NextSigned();
            Objective compiled = f.Compile(point);
            for (int round = 0; round < 3; round++)
            {
                Agree(f, compiled, point);
                foreach (ref double number in point.AsSpan())
                    number = 2 * random.NextSigned();
            }
        }
    }

    [Theory, InlineData("no long sums"), InlineData("no known adjoints"), InlineData("no sorting"), InlineData("no cones")]
    public void Every_pass_leaves_known_functions_as_they_are(string passes)
    {
        SchedulePasses always = new() { OnlyWhereItPays = false };
        SchedulePasses.Current = always with
        {
            LongSums = passes != "no long sums", KnownAdjoints = passes != "no known adjoints", Sorting = passes != "no sorting",
                Cones = passes != "no cones",
        };
        foreach (string name in (string[])["Rosenbrock, odd length", "Lennard-Jones"])
        {
            (Objective f, double[] x) = Get(name);
            Agree(f, f.Compile(x), x);
        }
    }

    [Fact]
    public void Data_and_sums_may_be_terms_of_long_sums()
    {
        SchedulePasses.Current = new() { OnlyWhereItPays = false };
        Data data = Data.Of(Reference.Printed.Sines(200));
        Objective f = Objective.Of(x =>
        {
            Var inner = 0, outer = 0;
            for (int i = 0; i < 100; i++)
                inner += data[i] + Math.Sin(x[i % 5] * i);
            for (int i = 0; i < 100; i++)
                outer += i == 50 ? inner : i % 2 == 0 ? data[100 + i] : x[i % 7] * x[(i + 1) % 5];
            return outer * outer + Math.Exp(0.01 * inner) + x[6];
        });
        double[] x = Reference.Printed.Sines(7);
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("stored terms");
        Agree(f, compiled, x);
    }

    [Fact]
    public void Kinks_are_met_as_exactly_as_in_the_lambda()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 600; i++)
                sum += Math.Abs(x[i] * x[0] - x[i] * x[^1]) + Math.Round(x[i] * 0.1 * 5) * x[i] + Math.Max(x[i] / x[0], x[i] * (1 / x[^1]));
            return sum;
        });
        double[] elsewhere = [.. Enumerable.Range(0, 600).Select(i => 1 + 0.01 * i)], ties = new double[600];
        Objective compiled = f.Compile(elsewhere);
        compiled.ToString()!.ShouldContain("patterns");
        foreach (double tie in (double[])[1.1, 0.3, 7, 3])
        {
            ties.AsSpan().Fill(tie);
            Agree(f, compiled, ties);
        }
    }

    [Fact]
    public void Constant_factors_do_not_underflow_together()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += x[i] * 1e-200 * 1e-200 + x[i] * 1e-160 * 1e-160;
            return sum * 1e20;
        });
        double[] x = [.. Enumerable.Range(0, 600).Select(i => (1 + 0.001 * i) * 1e300)];
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("patterns");
        compiled.Value(x).ShouldBe(f.Value(x), 1e-12 * f.Value(x));
    }

    [Fact]
    public void What_is_not_finite_is_left_to_the_sweeps()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += 0.0 * Math.Sqrt(x[i]) + x[i] * x[i];
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 200).Select(i => (double)(i % 5))];
        Objective compiled = f.Compile([.. x.Select(t => t + 1)]);
        compiled.Gradient(x).ShouldBe(f.Gradient(x));
        compiled.Hvp(x, x).ShouldBe(f.Hvp(x, x));
    }

    [Fact]
    public void Guards_of_a_loop_are_checked_at_once()
    {
        int runs = 0;
        Objective f = Objective.Of(x =>
        {
            runs++;
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += x[i] > 0 ? Math.Exp(x[i]) * x[i] : 3 * x[i] * x[i];
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i + 0.5))];
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("IsAbove");
        runs.ShouldBe(1);
        double value = compiled.Value([.. x.Select(t => 2 * t)]);
        runs.ShouldBe(1);
        value.ShouldBe(f.Value([.. x.Select(t => 2 * t)]), 1e-12 * Math.Abs(value));
        x[17] = -x[17];
        runs = 0;
        Agree(f, compiled, x);
    }

    [Fact]
    public void Equality_in_which_NaN_equals_itself_is_scheduled()
    {
        int runs = 0;
        const int n = 500;
        Objective f = Objective.Of(x =>
        {
            // Three numbers by three marks: missing ones, equal ones, the rest.
            runs++;
            Var sum = 0;
            for (int i = 0; i < n; i++)
            {
                Var t = x[i], mark = x[n + i];
                sum += mark.Equals(double.NaN) ? Math.Sin(t) * t : mark.Equals(x[n + (i + 1) % n]) ? t * t * t : mark.Equals(2)
                    ? Math.Exp(t) : t * t;
                sum += mark.Equals(x[n + (i + 2) % n]) ? t : 2 * t;
            }
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 2 * n).Select(i => i < n ? Math.Sin(i) : i % 7 < 3 ? double.NaN : i % 7 == 5 ? 2.0 : 1.0)];
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("IsAtLeast");
        double[] other = [.. x.Select((t, i) => i < n ? 0.5 * t : t == 1 ? -3 : t)];
        double value = f.Value(other);
        runs = 0;
        compiled.Value(other).ShouldBe(value, 1e-12 * Math.Abs(value));
        compiled.Gradient(other);
        runs.ShouldBe(0);
        Agree(f, compiled, other);
        foreach ((int mark, double changed) in (
            (int, double)[])[(0, double.NaN), (0, 1), (2, double.NaN), (3, double.NaN), (3, 1), (3, 2), (4, 2), (5, 1), (5, double.NaN)])
        {
            double[] moved = [.. x];
            moved[n + mark] = changed;
            runs = 0;
            Objective fresh = f.Compile(x);
            runs.ShouldBe(1);
            fresh.Value(moved);
            // One more run where a comparison comes out otherwise, that is, where the mark is another.
            runs.ShouldBe(moved[n + mark].Equals(x[n + mark]) ? 1 : 2);
            Agree(f, fresh, moved);
        }
    }

    [Fact]
    public void Declared_parameters_may_change()
    {
        Data weights = Data.Of([.. Enumerable.Range(0, 200).Select(i => 1.0 + i % 3)]);
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += weights[i] * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Sin(x[i]);
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i))];
        Objective compiled = f.Compile(x);
        compiled.ToString()!.ShouldContain("data[");
        Agree(f, compiled, x);
        using LocalModel before = compiled.At(x);
        double[] product = before.Hessian.Apply(x), curve = before.DirectionalDerivatives(x, 2);
        weights.Set([.. Enumerable.Range(0, 200).Select(i => 0.5 * i)]);
        Agree(f, compiled, x);
        before.Hessian.Apply(x).ShouldBe(product);
        before.DirectionalDerivatives(x, 2).ShouldBe(curve);
    }

    [Fact]
    public void Gradients_and_products_allocate_nothing_once_warm()
    {
        (Objective f, double[] x) = Get("Rosenbrock");
        Objective compiled = f.Compile(x);
        double[] gradient = new double[x.Length], product = new double[x.Length];
        using LocalModel at = compiled.At(x);
        for (int i = 0; i < 100; i++)
        {
            compiled.Gradient(x, gradient);
            at.Hessian.Apply(gradient, product);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            compiled.Gradient(x, gradient);
            at.Hessian.Apply(gradient, product);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Many_threads_may_share_one()
    {
        (Objective f, double[] x) = Get("Rosenbrock");
        Objective compiled = f.Compile(x);
        double[] expected = compiled.Gradient(x), product = compiled.Hvp(x, expected);
        using LocalModel at = compiled.At(x);
        Parallel.For(0, 200, i =>
        {
            compiled.Gradient(x).ShouldBe(expected);
            at.Hessian.Apply(expected).ShouldBe(product);
        });
    }

    private static void Agree(Objective f, Objective compiled, double[] x)
    {
        double[] v = Reference.Printed.Sines(x.Length), gradient = new double[x.Length];
        double value = f.Value(x);
        compiled.Value(x).ShouldBe(value, Tolerance * (1 + Math.Abs(value)));
        compiled.Gradient(x, gradient).ShouldBe(value, Tolerance * (1 + Math.Abs(value)));
        Close(gradient, f.Gradient(x));
        Close(compiled.Hvp(x, v), f.Hvp(x, v));
        double[] three = Reference.Printed.Sines(3 * x.Length), products = new double[three.Length], expected = new double[three.Length];
        using LocalModel at = compiled.At(x), reference = f.At(x);
        Close(at.Gradient.ToArray(), reference.Gradient.ToArray());
        at.Hessian.ApplyMany(three, products, 3);
        reference.Hessian.ApplyMany(three, expected, 3);
        Close(products, expected);
    }

    internal static void Close(double[] actual, double[] expected)
    {
        double scale = 1 + expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * scale);
    }

    internal static (Objective, double[]) Get(string name)
    {
        switch (name)
        {
            case "Rosenbrock": return (RosenbrockLambda.Scalar(), Rosenbrock.Start(1000));
            case "Rosenbrock, odd length": return (RosenbrockLambda.Scalar(), Rosenbrock.Start(333));
            case "Lennard-Jones": return (LennardJonesLambda.Scalar(), LennardJones.Lattice(13));
            case "recurrent network":
                LstmData text = LstmData.LoadL2C1024();
                return (LstmLambda.Scalar(text), text.Start());
            default:
                GmmData data = GmmData.LoadD10K25();
                return (GmmLambda.Scalar(data), data.Start());
        }
    }
}
