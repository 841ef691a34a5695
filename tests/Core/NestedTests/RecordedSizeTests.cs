using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>How many instructions nested derivatives record.</summary>
public class RecordedSizeTests
{
    [Fact]
    public void Scalar_functions_take_about_as_many_operations_again_for_each_adjoint()
    {
        Var Product(VarVector x)
        {
            Var product = Math.Sin(x[0]);
            for (int i = 1; i < x.Length; i++)
                product = Math.Sin(product * x[i]);
            return product;
        }

        double[] x = [.. Enumerable.Range(0, 50).Select(i => 1 + 0.01 * i)];
        int plain = Count(x, p => VarVector.Of(Product(p))), nested = Count(x, p => Objective.Of(Product).Gradient(p));
        int elementwise = Count(x, p => ElementwiseNested.Gradient(Product, p));
        nested.ShouldBeLessThanOrEqualTo(elementwise);
        // A sine's adjoint takes a cosine and a product, a product's two products.
        nested.ShouldBeLessThanOrEqualTo(plain + 4 * 50 + 5);
    }

    [Fact]
    public void What_does_not_depend_on_the_inner_variables_has_no_adjoint()
    {
        double[] x = [0.3, 0.5, 0.7, 0.9];
        int forward = 0;
        int all = Count(x, p => Objective.Of(q =>
        {
            VarVector outer = Math.Sin(p);
            for (int i = 0; i < 100; i++)
                outer = Math.Tanh(outer * p + p.Matrix(0, 2, 2).MatMul(outer.Matrix(0, 2, 2)).Flatten()) / outer.Norm();
            Var scalar = p[0];
            for (int i = 0; i < 100; i++)
                scalar = Math.Sin(scalar * p[1]);
            Var y = (outer * q).Sum() * scalar;
            forward = Recorder.Current!.InstructionCount;
            return y;
        }).Gradient(p));
        (all - forward).ShouldBeLessThan(6);
    }

    [Fact]
    public void A_nested_product_with_a_Jacobian_records_each_array_operation_a_few_times()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => 0.01 * i)];
        VarVector F(VarVector p)
        {
            for (int i = 0; i < 10; i++)
                p = Math.Sin(p * p[0] + p);
            return p;
        }

        int plain = Count(x, F), jvp = Count(x, p => VectorFunction.Of(F).Jvp(p, (VarVector)x));
        jvp.ShouldBeLessThan(8 * plain);
    }

    [Fact]
    public void Nested_derivatives_replay()
    {
        Objective f = Objective.Of(
            p => Math.Tanh(p[..4] * p[2..6]).Sum() + p.Matrix(0, 2, 3).MatMul(p.Matrix(0, 3, 2)).Softmax()[0, 1] * p[5] + p.LogSumExp());
        double[] x = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], other = [0.9, -0.2, 0.5, 1.4, -0.5, 0.3];
        VectorFunction nested = VectorFunction.Of(p => VarVector.Concat(f.Gradient(p), f.Hvp(p, p * p)));
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector y = nested.Value(recorder.Inputs);
            Recording recording = recorder.Flush();
            recording.NotReplayable.ShouldBeNull();
            Workspace w = Workspace.Rent(recording);
            Replay(w, other, y).ShouldBe(nested.Value(other));
            w.Return();
        }
        finally
        {
            recorder.End();
        }
    }

    private static unsafe double[] Replay(Workspace w, double[] x, VarVector y)
    {
        x.CopyTo(new Span<double>(w.Values, x.Length));
        PrimalSweep.Run(w);
        return [.. y.View.Numbers];
    }

    private static int Count(double[] x, Func<VarVector, VarVector> f)
    {
        int count = 0;
        VectorFunction.Of(p =>
        {
            VarVector y = f(p);
            count = Recorder.Current!.InstructionCount;
            return y;
        }).Value(x);
        return count;
    }
}
