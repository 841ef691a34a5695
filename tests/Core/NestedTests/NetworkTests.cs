using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>Nested derivatives of the reference network stay whole: few instructions, whatever the sizes.</summary>
public class NetworkTests
{
    [Fact]
    public void A_nested_gradient_records_few_instructions_and_its_gradient_is_H_times_the_gradient()
    {
        NetworkData data = new(batch: 8);
        Objective f = NetworkLambda.Arrays(data);
        double[] x = data.Start();
        int instructions = 0;
        Objective half = Objective.Of(p =>
        {
            int before = Recorder.Current!.InstructionCount;
            VarVector gradient = f.Gradient(p);
            instructions = Recorder.Current.InstructionCount - before;
            return gradient.SquaredNorm() / 2;
        });
        double[] actual = half.Gradient(x);
        instructions.ShouldBeLessThan(30);

        using LocalModel at = f.At(x);
        double[] expected = new double[x.Length];
        at.Hessian.Apply(f.Gradient(x), expected);
        Close(actual, expected);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(40, 16)]
    public void Instructions_do_not_depend_on_sizes(int inputs, int batch)
    {
        NetworkData data = new(inputs, 5, 4, batch);
        Objective f = NetworkLambda.Arrays(data);
        double[] x = data.Start(), v = [.. x.Select(Math.Cos)];
        VectorFunction probabilities = VectorFunction.Of(p => (Math.Exp(p).AsColumn() * p[..3].AsRow()).Softmax().Flatten());
        Count(p => f.Gradient(p)).ShouldBeLessThan(30);
        Count(p => f.Hvp(p, v)).ShouldBeLessThan(60);
        Count(p => probabilities.Jvp(p, v)).ShouldBeLessThan(30);

        int Count(Func<VarVector, VarVector> nested)
        {
            int count = 0;
            VectorFunction.Of(p =>
            {
                VarVector y = nested(p);
                count = Recorder.Current!.InstructionCount;
                return y;
            }).Value(x);
            return count;
        }
    }

    [Fact]
    public void Gradients_of_nested_Hessian_vector_products_of_the_network()
    {
        NetworkData data = new(4, 3, 3, 5);
        Objective f = NetworkLambda.Arrays(data);
        double[] x = data.Start(), v = [.. x.Select(t => Math.Cos(9 * t))], w = [.. x.Select(t => Math.Sin(7 * t))];
        VectorFunction gradient = VectorFunction.Of(p => f.Gradient(p));
        double[] expected = Objective.Of(p => ElementwiseNested.Hvp(f.Value, p, v).Dot(w)).Gradient(x);
        Close(Objective.Of(p => f.Hvp(p, v).Dot(w)).Gradient(x), expected);
        Close(Objective.Of(p => gradient.Jvp(p, v).Dot(w)).Gradient(x), expected);
        Close(Objective.Of(p => gradient.Vjp(p, w).Dot(v)).Gradient(x), expected);
    }

    private static void Close(double[] actual, double[] expected)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-12 * scale);
    }
}
