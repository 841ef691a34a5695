using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>
/// Random programs of scalar and array operations, which use captured outer variables too: nested derivatives of them agree with the fast
/// sweeps and with the element-wise oracle.
/// </summary>
public class RandomProgramTests
{
    private const int Inputs = 6, Steps = 25;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nested_derivatives_of_random_programs(int block)
    {
        for (int seed = 50 * block; seed < 50 * (block + 1); seed++)
        {
            Random random = new(seed);
            double[] x = Numbers(random, Inputs), w = Numbers(random, Inputs), v = Numbers(random, Inputs);
            int program = seed;
            Objective f = Objective.Of(p => Run(program, p, p));
            Objective slope = Objective.Of(p => f.Gradient(p).Dot(w));
            Close(seed, "value", [slope.Value(x)], [f.Gradient(x).Zip(w, (a, b) => a * b).Sum()]);
            Close(seed, "gradient", slope.Gradient(x), f.Hvp(x, w));

            // With the outer variables inside the inner function.
            Objective mixed = Objective.Of(p => Objective.Of(q => Run(program, q, p)).Gradient(p).Dot(w));
            Objective oracle = Objective.Of(p => ElementwiseNested.Gradient(q => Run(program, q, p), p).Dot(w));
            Close(seed, "mixed value", [mixed.Value(x)], [oracle.Value(x)]);
            Close(seed, "mixed gradient", mixed.Gradient(x), oracle.Gradient(x));
            Close(seed, "mixed Hessian", mixed.Hvp(x, v), oracle.Hvp(x, v));

            Objective bend = Objective.Of(p => Objective.Of(q => Run(program, q, p)).Hvp(p, v).Dot(w));
            Objective bendOracle = Objective.Of(p => ElementwiseNested.Hvp(q => Run(program, q, p), p, v).Dot(w));
            Close(seed, "product", bend.Gradient(x), bendOracle.Gradient(x));
        }
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];

    /// <summary>The same operations for the same seed; all results stay of order one.</summary>
    private static Var Run(int seed, VarVector x, VarVector outer)
    {
        Random random = new(seed);
        List<VarVector> vectors = [x, outer, Math.Sin(x), Numbers(random, Inputs)];
        List<Var> scalars = [x[0], outer[1], x[^1], 0.7];
        for (int step = 0; step < Steps; step++)
        {
            VarVector a = vectors[random.Next(vectors.Count)], b = vectors[random.Next(vectors.Count)],
                c = vectors[random.Next(vectors.Count)];
            Var s = scalars[random.Next(scalars.Count)], t = scalars[random.Next(scalars.Count)];
            int start = random.Next(4);
            switch (random.Next(18))
            {
                case 0: vectors.Add(Math.Sin(a + b)); break;
                case 1: vectors.Add(Math.Tanh(a * b)); break;
                case 2: vectors.Add(s * a - b); break;
                case 3: vectors.Add(a / (2 + b * b)); break;
                case 4: vectors.Add(VarVector.Concat(a.Slice(start, 3), b.Slice(3 - start, 3))); break;
                case 5: vectors.Add(VarVector.Of(s, t, a[start], b[5 - start], s * t, 1)); break;
                case 6: vectors.Add(Math.Tanh(a.Matrix(0, 3, 2).MatMul(b.Matrix(0, 2, 3)).MatMul(c.Matrix(0, 3, 2)).Flatten())); break;
                case 7: vectors.Add((a.Matrix(0, 2, 3) + b.Matrix(start, 1, 3) * c.Matrix(start, 2, 1)).Flatten()); break;
                case 8: vectors.Add(a.Matrix(0, 2, 3).Softmax().Flatten()); break;
                case 9: vectors.Add(a.CumulativeSum() * (VarVector)Numbers(new Random(step), Inputs)); break;
                case 10: vectors.Add(a.Gather([5, 1, 1, 0, 2, start])); break;
                case 11: vectors.Add(Math.Max(a, b) * 0.5); break;
                case 12: scalars.Add(Math.Sin(s * t) + a[start]); break;
                case 13: scalars.Add(Math.Tanh(a.Dot(b))); break;
                case 14: scalars.Add(a.Slice(start, 2).LogSumExp() - s); break;
                case 15: scalars.Add(Var.FusedMultiplyAdd(s, t, a[start]) * 0.5); break;
                case 16: scalars.Add(s / (1 + t * t)); break;
                case 17: vectors.Add(Math.Tanh(vectors[^1].Slice(start, 2).Outer(a.Slice(0, 3)).Flatten())); break;
            }
        }
        Var sum = 0;
        foreach (VarVector y in vectors.TakeLast(4))
            sum += (y * y).Sum();
        foreach (Var y in scalars.TakeLast(4))
            sum += y * y;
        return sum;
    }

    private static void Close(int seed, string what, double[] actual, double[] expected)
    {
        double scale = expected.Select(Math.Abs).Append(1).Max();
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-11 * scale, $"{what} of program {seed}");
    }
}
