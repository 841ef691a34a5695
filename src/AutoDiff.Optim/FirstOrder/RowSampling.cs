using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>Random choices among rows, and estimates from them.</summary>
internal static class RowSampling
{
    /// <summary>Makes the first <paramref name="count"/> items a random choice from all, in random order (Fisher–Yates).</summary>
    public static void Shuffle(Span<int> items, int count, ref RandomStream random)
    {
        for (int i = 0; i < Math.Min(count, items.Length - 1); i++)
        {
            // The upper half of a product is uniform but for a bias below items.Length/2⁶⁴.
            int j = i + (int)Math.BigMul(random.Next(), (ulong)(items.Length - i), out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>By what to multiply the value and the gradient over <paramref name="count"/> rows, so that they estimate those over all: 1
    /// for a mean, n/b for a sum.</summary>
    public static double Scale(DataObjective data, int count) => data.IsMean ? 1 : (double)data.RowCount / count;
}
