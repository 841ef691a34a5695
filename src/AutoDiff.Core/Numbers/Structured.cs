using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>Linear, bilinear and composite operations on array views: constants fold, everything else is recorded as one
/// instruction.</summary>
internal static class Structured
{
    public static VarVector Linear<TRule>(ArrayView x, int rows, int columns, ReadOnlySpan<int> integers = default, int[]? indices = null)
        where TRule : struct, ILinearRule
    {
        Recorder? recorder = x.Live(typeof(TRule).Name);
        int length = ArrayView.Size(rows, columns, typeof(TRule).Name);
        return recorder is null
            ? LinearOperation<TRule>.Apply(x.Expand(), length, integers, indices)
            : Result(recorder, LinearOperation<TRule>.Record(recorder, x, length, integers, indices), length);
    }

    public static VarVector Composite<TRule>(ArrayView u, int rows, int columns, params ReadOnlySpan<int> integers)
        where TRule : struct, ICompositeRule =>
        Composite<TRule>(u, default, rows, columns, integers);

    public static VarVector Composite<TRule>(ArrayView u, ArrayView v, int rows, int columns, params ReadOnlySpan<int> integers)
        where TRule : struct, ICompositeRule
    {
        string name = typeof(TRule).Name;
        Recorder? recorder = u.Live(name) ?? v.Live(name);
        v.Live(name);
        int length = ArrayView.Size(rows, columns, name);
        if (!TRule.IsSmooth && recorder?.Kinks is { } trace && TRule.Trace(trace, u, rows, columns, integers) is { } traced)
            return traced;
        return recorder is null
            ? CompositeOperation<TRule>.Evaluate(length, u.Expand(), v.Expand(), integers)
            : Result(recorder, CompositeOperation<TRule>.Record(recorder, length, u.Stored(), v.Stored(), integers), length);
    }

    public static VarVector MatrixProduct(
        ArrayView x, bool transposeX, ArrayView y, bool transposeY, int m, int n, int k, Derivative marked = Derivative.None)
    {
        Recorder? recorder = x.Live("MatMul") ?? y.Live("MatMul");
        y.Live("MatMul");
        int length = ArrayView.Size(m, n, "MatMul");
        if (recorder is not null)
            return Result(recorder,
                MatrixProductOperation.Record(recorder, m, n, k, x.Stored(), transposeX, y.Stored(), transposeY, marked), length);
        double[] z = new double[length];
        MatrixProductOperation.Evaluate(m, n, k, x.Expand(), transposeX, y.Expand(), transposeY, marked, z);
        return z;
    }

    private static VarVector Result(Recorder recorder, int slot, int length) => new(recorder, recorder.EpochWord | (uint)slot, length);

    /// <summary>A copy of an index list, every index of which lies below <paramref name="limit"/>; messages call one
    /// <paramref name="what"/> and the list <paramref name="list"/>.</summary>
    public static int[] CheckedIndices(
        ReadOnlySpan<int> indices, int limit, string what = "Index", [CallerArgumentExpression(nameof(indices))] string? list = null)
    {
        for (int k = 0; k < indices.Length; k++)
        {
            if ((uint)indices[k] >= (uint)limit)
                throw new ArgumentOutOfRangeException(list, $"{what} {indices[k]} at place {k} is outside 0 … {limit - 1}.");
        }
        return indices.ToArray();
    }
}
