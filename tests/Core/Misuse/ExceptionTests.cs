using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>An exception of the user's passes through with its type, wherever it comes, and the next call is as if it had not
/// been.</summary>
public class ExceptionTests
{
    private sealed class Planted(int step) : Exception($"at step {step}")
    {
        public int Step => step;
    }

    /// <summary>Scalars, arrays, matrices, an inner gradient and an inner plain evaluation; throws at step <paramref name="fatal"/>. The
    /// number of steps is left in <paramref name="steps"/>.</summary>
    private static Objective Program(int fatal, int[] steps)
    {
        void Step()
        {
            if (steps[0]++ == fatal)
                throw new Planted(fatal);
        }
        Objective inner = Objective.Of(y =>
        {
            Step();
            Var product = y[0] * y[1];
            Step();
            return product * product;
        });
        return Objective.Of(x =>
        {
            steps[0] = 0;
            Var sum = x[0];
            for (int i = 1; i < x.Length; i++)
            {
                Step();
                sum += sum * x[i] - x[i - 1] / (2 + x[i]);
            }
            Step();
            VarVector y = x * sum + 1;
            Step();
            VarVector z = x.Matrix(0, 2, 2).MatMul(y[..2]);
            Step();
            sum += z.Softmax().Dot(inner.Gradient(z));
            Step();
            double plain = inner.Value([1.5, 2.0]);
            Step();
            return sum * plain + y.Norm();
        });
    }

    private static readonly double[] s_x = [0.3, -0.7, 1.1, 0.2, 0.9];
    private static readonly double[] s_v = [1.0, 0.0, -1.0, 2.0, 0.5];

    [Fact]
    public void At_every_step_of_a_program()
    {
        int[] steps = [0];
        Objective whole = Program(-1, steps);
        double[] gradient = whole.Gradient(s_x), product = whole.Hvp(s_x.AsSpan(), s_v);
        int count = steps[0];
        count.ShouldBeGreaterThan(10);
        for (int k = 0; k < count; k++)
        {
            Objective broken = Program(k, steps);
            Should.Throw<Planted>(() => broken.Gradient(s_x)).Step.ShouldBe(k);
            Should.Throw<Planted>(() => broken.Hvp(s_x.AsSpan(), s_v)).Step.ShouldBe(k);
            Should.Throw<Planted>(() => broken.At(s_x)).Step.ShouldBe(k);
            whole.Gradient(s_x).ShouldBe(gradient);
            whole.Hvp(s_x.AsSpan(), s_v).ShouldBe(product);
        }
    }

    [Fact]
    public void Caught_inside_the_lambda_at_every_step_of_an_inner_function()
    {
        int[] steps = [0];
        Program(-1, steps).Value(s_x);
        int count = steps[0];
        Objective plain = Objective.Of(x => x[0] * x[1] * x[2]);
        double[] gradient = plain.Gradient(s_x), product = plain.Hvp(s_x.AsSpan(), s_v);
        for (int k = 0; k < count; k++)
        {
            Objective catching = Objective.Of(x =>
            {
                Should.Throw<Planted>(() => Program(k, steps).Gradient(s_x));
                Should.Throw<Planted>(() => Program(k, steps).Gradient(x));
                Should.Throw<Planted>(() => Program(k, steps).Hvp(x, s_v));
                return x[0] * x[1] * x[2];
            });
            catching.Gradient(s_x).ShouldBe(gradient);
            catching.Hvp(s_x.AsSpan(), s_v).ShouldBe(product);
        }
    }

    [Fact]
    public void Mistakes_in_array_operations_leave_the_recording_usable()
    {
        Objective f = Objective.Of(x =>
        {
            Should.Throw<ShapeMismatchException>(() => x + x[..2]);
            Should.Throw<ShapeMismatchException>(() => x.Dot(x[1..]));
            Should.Throw<ShapeMismatchException>(() => x.Matrix(0, 2, 2).MatMul(x));
            Should.Throw<ShapeMismatchException>(() => x.Reshape(2, 2));
            Should.Throw<ArgumentOutOfRangeException>(() => x[5]);
            Should.Throw<ArgumentOutOfRangeException>(() => x[-1]);
            Should.Throw<ArgumentOutOfRangeException>(() => x[3..6]);
            Should.Throw<ArgumentOutOfRangeException>(() => x.Gather([0, 5]));
            Should.Throw<ArgumentOutOfRangeException>(() => x.CrossEntropy(5));
            return x[0] * x[1] * x[2];
        });
        f.Gradient(s_x).ShouldBe(Objective.Of(x => x[0] * x[1] * x[2]).Gradient(s_x));
    }
}
