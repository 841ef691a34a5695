using System.Buffers;
using System.Numerics.Tensors;
using AutoDiff.Engine;

namespace AutoDiff;

// The sum over rows that are recorded one by one, 16 in a recording.
public sealed partial class DataObjective
{
    // The value stands behind the gradient in one array per level; the result is written when x has been read for the last time.
    internal double Accumulate(ReadOnlySpan<double> x, Span<double> gradient, bool withGradient)
    {
        int blocks = BlockCount, length = gradient.Length + 1;
        if (blocks == 0)
        {
            gradient.Clear();
            return 0;
        }
        RowWatch watch = Watch();
        RowBlock block = new(this, watch);
        double[][] waiting = new double[RowOrder.Levels(blocks) + 1][];
        int depth = 0;
        try
        {
            for (int i = 0; i < blocks; i++)
            {
                Select(block, i);
                Span<double> sum = Level(waiting, depth, length);
                sum[^1] = withGradient ? block.Gradient(x, sum[..^1]) : block.Value(x);
                watch.Add(block.End - block.First);
                depth++;
                for (int carries = RowOrder.Carries(i); carries > 0; carries--)
                    Join(waiting, ref depth, length);
            }
            while (depth > 1)
                Join(waiting, ref depth, length);
            Span<double> total = waiting[0].AsSpan(0, length);
            total[..^1].CopyTo(gradient);
            return total[^1];
        }
        finally
        {
            foreach (double[]? level in waiting)
            {
                if (level is not null)
                    ArrayPool<double>.Shared.Return(level);
            }
        }
    }

    private static Span<double> Level(double[][] waiting, int depth, int length) =>
        (waiting[depth] ??= ArrayPool<double>.Shared.Rent(length)).AsSpan(0, length);

    private static void Join(double[][] waiting, ref int depth, int length)
    {
        depth--;
        Span<double> earlier = waiting[depth - 1].AsSpan(0, length);
        TensorPrimitives.Add(earlier, waiting[depth].AsSpan(0, length), earlier);
    }

    /// <summary>Adds to the product with the Hessian of the sum, and returns the sum.</summary>
    internal double AccumulateProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> product)
    {
        RowWatch watch = Watch();
        RowBlock block = new(this, watch);
        double sum = 0;
        double[] change = new double[x.Length];
        for (int i = 0; i < BlockCount; i++)
        {
            Select(block, i);
            sum += block.HessianProduct(x, v, change);
            TensorPrimitives.Add(product, change, product);
            watch.Add(block.End - block.First);
        }
        return sum;
    }
}
