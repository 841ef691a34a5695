using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>V ← V·Q in place, some rows at a time, so that no second basis is needed.</summary>
internal static class BasisRotation
{
    private const int ChunkLength = 1024;

    /// <summary>Combines the first <paramref name="count"/> vectors to <paramref name="columns"/> ones, not more than there were, which
    /// take the first places; the coefficients of each stand one after the other in <paramref name="q"/>.</summary>
    public static void Apply(List<double[]> basis, int count, ReadOnlySpan<double> q, int columns)
    {
        int dimension = basis[0].Length;
        double[] rotated = new double[columns * ChunkLength];
        for (int start = 0; start < dimension; start += ChunkLength)
        {
            int length = Math.Min(ChunkLength, dimension - start);
            for (int j = 0; j < columns; j++)
            {
                Span<double> target = rotated.AsSpan(j * ChunkLength, length);
                target.Clear();
                for (int i = 0; i < count; i++)
                    Vectors.AddScaled(q[j * count + i], basis[i].AsSpan(start, length), target);
            }
            for (int j = 0; j < columns; j++)
                rotated.AsSpan(j * ChunkLength, length).CopyTo(basis[j].AsSpan(start));
        }
    }
}
