using AutoDiff.Hvp;
using AutoDiff.Problems;
using AutoDiff.Rules;

namespace AutoDiff.Tests.DataRows;

/// <summary>Layout, rows and labels together: the mean cross-entropy of a network 784-128-10 over 64 rows, against figures computed
/// elsewhere and against derivatives written by hand.</summary>
public class NetworkTests
{
    private static readonly NetworkData s_data = new();

    private readonly ParameterLayout _layout = new();
    private readonly DataObjective _loss;

    public NetworkTests()
    {
        MatrixBlock w1 = _layout.Matrix("W1", s_data.HiddenCount, s_data.InputCount);
        VectorBlock b1 = _layout.Vector("b1", s_data.HiddenCount);
        MatrixBlock w2 = _layout.Matrix("W2", s_data.ClassCount, s_data.HiddenCount);
        VectorBlock b2 = _layout.Vector("b2", s_data.ClassCount);
        double[,] rows = new double[s_data.BatchSize, s_data.InputCount + 1];
        for (int i = 0; i < s_data.BatchSize; i++)
        {
            for (int j = 0; j < s_data.InputCount; j++)
                rows[i, j] = s_data.Row(i)[j];
            rows[i, s_data.InputCount] = s_data.Labels[i];
        }
        _loss = Objective.Mean(rows, (x, row) =>
        {
            VarVector hidden = VarVector.Apply<Tanh>(w1.In(x).MatMul(row[..s_data.InputCount]) + b1.In(x));
            return (w2.In(x).MatMul(hidden) + b2.In(x)).CrossEntropy(row.Label(s_data.InputCount));
        });
    }

    [Fact]
    public void Agrees_with_the_table_and_with_hand_written_derivatives()
    {
        double[] x = _layout.Initialize(42), v = [.. Enumerable.Range(0, x.Length).Select(i => Math.Sin(i + 1))];
        double[] gradient = new double[x.Length], byHand = new double[x.Length];
        x.ShouldBe(s_data.Start());
        _loss.Gradient(x, gradient).ShouldBe(2.3461518017, 1e-10);
        Network.ValueAndGradient(s_data, x, byHand);
        Math.Sqrt(gradient.Sum(t => t * t)).ShouldBe(0.731904235753, 1e-12);
        gradient.Zip(byHand).Max(p => Math.Abs(p.First - p.Second)).ShouldBeLessThan(1e-14);
        double[] product = _loss.Hvp(x.AsSpan(), v);
        Network.Hvp(s_data, x, v, byHand);
        product.Zip(v).Sum(p => p.First * p.Second).ShouldBe(12.7573052534, 1e-9);
        product.Zip(byHand).Max(p => Math.Abs(p.First - p.Second)).ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void A_few_steps_on_mini_batches_lower_the_loss()
    {
        double[] x = _layout.Initialize(42), gradient = new double[x.Length];
        double start = _loss.Value(x);
        foreach (DataObjective batch in _loss.MiniBatches(16, 1).Take(12))
        {
            batch.Gradient(x, gradient);
            for (int i = 0; i < x.Length; i++)
                x[i] -= 0.2 * gradient[i];
        }
        _loss.Value(x).ShouldBeLessThan(start);
    }
}
