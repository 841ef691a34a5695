using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Programs;

/// <summary>A compiled objective gives what the lambda gives, whichever way through it a point takes.</summary>
public class CompiledTests
{
    [Fact]
    public void A_thousand_programs_replay_across_their_branches_to_the_bit()
    {
        SplitMix64 random = new(17);
        int branching = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            int[] code = new int[5 + trial % 60];
            foreach (ref int word in code.AsSpan())
                word = (int)random.Next();
            Objective f = Objective.Of(new RandomProgram(code).Run);
            CountingObjective counted = new(new RandomProgram(code).Run);
            Objective compiled = counted.Objective.Compile(Point(ref random));
            for (int i = 0; i < 6; i++)
            {
                double[] x = Point(ref random), v = Point(ref random), gradient = new double[x.Length];
                compiled.Value(x).ShouldBe(f.Value(x));
                compiled.Gradient(x, gradient).ShouldBe(f.Value(x));
                gradient.ShouldBe(f.Gradient(x));
                compiled.Hvp(x, v).ShouldBe(f.Hvp(x, v));
                using LocalModel at = compiled.At(x), expected = f.At(x);
                at.Value.ShouldBe(expected.Value);
                at.Gradient.ToArray().ShouldBe(expected.Gradient.ToArray());
                double[] eight = Numbers(ref random, 8 * x.Length), products = new double[eight.Length], others = new double[eight.Length];
                at.Hessian.ApplyMany(eight, products, 8);
                expected.Hessian.ApplyMany(eight, others, 8);
                products.ShouldBe(others);
            }
            if (counted.Runs > 1)
                branching++;
        }
        branching.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void The_lambda_runs_once_for_each_way_through_it()
    {
        CountingObjective counted = new(x => x[0] > 0 ? x[0] < 1 ? x[0] * x[0] : x[0] : -x[0]);
        Objective f = counted.Objective.Compile([0.5]);
        foreach (double x in (double[])[0.5, 0.25, 2, 3, -1, -2, 0.5, 2, -1])
            f.Gradient([x])[0].ShouldBe(x > 0 ? x < 1 ? 2 * x : 1 : -1);
        counted.Runs.ShouldBe(3);
    }

    [Theory, InlineData("<"), InlineData(">"), InlineData("<="), InlineData(">="), InlineData("=="), InlineData("!="), InlineData("Equals")]
    public void Every_comparison_is_a_guard(string comparison)
    {
        Objective f = Objective.Of(x => Compare(comparison, x[0], x[1]) ? x[0] : 2 * x[1]), compiled = f.Compile([1, 2]);
        foreach (double a in (double[])[1, 2, 3, double.NaN])
        {
            foreach (double b in (double[])[1, 2, 3, double.NaN])
                compiled.Value([a, b]).ShouldBe(f.Value([a, b]));
        }
    }

    [Fact]
    public void More_ways_than_are_kept_run_the_lambda()
    {
        Objective f = Objective.Of(x =>
        {
            Var y = x[0];
            int k = 0;
            while (y > 1)
                (y, k) = (y - 1, k + 1);
            return y * k;
        });
        Objective compiled = f.Compile([0.5]);
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < 20; i++)
                compiled.Value([i + 0.5]).ShouldBe(f.Value([i + 0.5]));
        }
    }

    [Fact]
    public void A_value_that_escapes_is_named()
    {
        Objective f = Objective.Of(x => x[0] * Math.Exp(x[0].Value));
        Should.Throw<NotReplayableException>(() => f.Compile([1.0])).Message.ShouldContain("the value of variable #0 was read");
    }

    [Fact]
    public void A_way_on_which_a_value_escapes_runs_the_lambda()
    {
        Objective f = Objective.Of(x => x[0] > 0 ? x[0] : x[0] * x[0].Value).Compile([1.0]);
        f.Value([-3.0]).ShouldBe(9);
        f.Value([-5.0]).ShouldBe(25);
    }

    [Fact]
    public void Declared_parameters_may_change()
    {
        Data limit = Data.Of(1.0, 3.0);
        Objective f = Objective.Of(x => x[0] > limit[0] ? limit[1] * x[0] * x[0] : x[0]).Compile([2.0]);
        f.Gradient([2.0])[0].ShouldBe(12);
        limit.Set(1.0, 5.0);
        f.Gradient([2.0])[0].ShouldBe(20);
        limit.Set(2.5, 5.0);
        f.Gradient([2.0])[0].ShouldBe(1);
    }

    [Fact]
    public void Array_operations_and_array_functions_replay()
    {
        NetworkData data = new(inputs: 10, hidden: 7, classes: 3, batch: 5);
        Objective f = NetworkLambda.Arrays(data), compiled = f.Compile(data.Start());
        double[] x = [.. data.Start().Select(t => t + 0.125)], v = Reference.Printed.Sines(x.Length);
        compiled.Gradient(x).ShouldBe(f.Gradient(x));
        compiled.Hvp(x, v).ShouldBe(f.Hvp(x, v));
    }

    [Fact]
    public void A_gradient_may_take_the_memory_of_the_point()
    {
        double[] x = Rosenbrock.Start(40), expected = RosenbrockLambda.Scalar().Gradient(x);
        RosenbrockLambda.Scalar().Compile(x).Gradient(x, x);
        x.ShouldBe(expected);
    }

    [Fact]
    public void Many_threads_may_share_one()
    {
        Objective f = Objective.Of(x => x[0] > x[1] ? x[0] * x[1] : Math.Sin(x[0]) * x[1]), compiled = f.Compile([1.0, 0.5]);
        Parallel.For(0, 2000, i =>
        {
            double[] x = [Math.Sin(i), Math.Cos(3 * i)];
            compiled.Hvp(x, [1.0, 2.0]).ShouldBe(f.Hvp(x, [1.0, 2.0]));
        });
    }

    [Fact]
    public void Points_of_another_length_are_another_way()
    {
        Objective f = RosenbrockLambda.Scalar(), compiled = f.Compile(Rosenbrock.Start(5));
        compiled.Gradient(Rosenbrock.Start(9)).ShouldBe(f.Gradient(Rosenbrock.Start(9)));
    }

    [Fact]
    public void A_constant_function_compiles()
    {
        Objective f = Objective.Of(_ => 3).Compile([1.0, 2.0]);
        f.Value([4.0, 5.0]).ShouldBe(3);
        f.Gradient([4.0, 5.0]).ShouldBe([0.0, 0.0]);
        f.Hvp([4.0, 5.0], [1.0, 1.0]).ShouldBe([0.0, 0.0]);
        using LocalModel at = f.At([4.0, 5.0]);
        at.Hessian.Apply([1.0, 1.0]).ShouldBe([0.0, 0.0]);
    }

    private static bool Compare(string comparison, Var x, Var y) => comparison switch
    {
        "<" => x < y,
        ">" => x > y,
        "<=" => x <= y,
        ">=" => x >= y,
        "==" => x == y,
        "!=" => x != y,
        _ => x.Equals(y),
    };

    private static double[] Point(ref SplitMix64 random) => Numbers(ref random, RandomProgram.InputCount);

    private static double[] Numbers(ref SplitMix64 random, int count)
    {
        double[] numbers = new double[count];
        foreach (ref double number in numbers.AsSpan())
            number = 4 * random.NextUnit() - 2;
        return numbers;
    }

    /// <summary>An objective that counts how often its lambda runs.</summary>
    private sealed class CountingObjective
    {
        public int Runs { get; private set; }

        public Objective Objective { get; }

        public CountingObjective(Func<VarVector, Var> function) => Objective = Objective.Of(x =>
        {
            Runs++;
            return function(x);
        });
    }
}
