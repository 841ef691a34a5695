using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>What some rows add to the adjoints of the numbers that all rows share, and to those adjoints' tangents, one array for each
/// direction.</summary>
internal sealed class RowSums
{
    public RowSums(int uniformCount, bool withBars, int directions)
    {
        Bars = withBars ? new double[uniformCount] : [];
        BarDots = directions == 0 ? [] : new double[directions][];
        for (int k = 0; k < directions; k++)
            BarDots[k] = new double[uniformCount];
    }

    public double[] Bars { get; }

    public double[][] BarDots { get; }

    public bool IsFinite => Finite.AreAll(Bars) && Array.TrueForAll(BarDots, block => Finite.AreAll(block));

    /// <summary>Starts again, from what no row has added to.</summary>
    public void Clear()
    {
        Bars.AsSpan().Fill(Zeros.Structural);
        foreach (double[] barDots in BarDots)
            barDots.AsSpan().Fill(Zeros.Structural);
    }

    public void Add(RowSums other)
    {
        TensorPrimitives.Add(Bars, other.Bars, Bars);
        for (int k = 0; k < BarDots.Length; k++)
            TensorPrimitives.Add(BarDots[k], other.BarDots[k], BarDots[k]);
    }
}
