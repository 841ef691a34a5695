using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>
/// The register tile: C = α·A·B or C += α·A·B for a few rows and up to three vectors of columns of C, all of which stay in registers over
/// the whole depth k. An element is the sum over p = 0, 1, … of one multiply-add a step, whatever the tile's shape, so that tiling does not
/// show in the bits.
/// </summary>
/// <remarks>
/// No call, no <c>stackalloc</c> and no address of a local may enter this method: any of them sends the accumulators to the stack.
/// Rows and vectors beyond the tile's counts are dead code to the JIT.
/// </remarks>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="TSimd">Its instructions.</typeparam>
/// <typeparam name="TRows">Rows computed: four or eight.</typeparam>
/// <typeparam name="TVectors">Vectors to a row: one to three.</typeparam>
internal static unsafe class MatrixProductTile<TVector, TSimd, TRows, TVectors>
    where TVector : unmanaged
    where TSimd : struct, ISimd<TVector>
    where TRows : struct, ITileCount
    where TVectors : struct, ITileCount
{
    /// <summary>One row of accumulators.</summary>
    private struct Row
    {
        private TVector _first, _second, _third;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(double a, TVector b0, TVector b1, TVector b2)
        {
            TVector factor = TSimd.Broadcast(a);
            _first = TSimd.MultiplyAdd(factor, b0, _first);
            if (TVectors.Value > 1)
                _second = TSimd.MultiplyAdd(factor, b1, _second);
            if (TVectors.Value > 2)
                _third = TSimd.MultiplyAdd(factor, b2, _third);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(TVector alpha, bool accumulate, double* c)
        {
            Store(_first, alpha, accumulate, c);
            if (TVectors.Value > 1)
                Store(_second, alpha, accumulate, c + TSimd.Lanes);
            if (TVectors.Value > 2)
                Store(_third, alpha, accumulate, c + 2 * TSimd.Lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(TVector sum, TVector alpha, bool accumulate, double* c) =>
            TSimd.Store(accumulate ? TSimd.MultiplyAdd(alpha, sum, TSimd.Load(c)) : TSimd.Multiply(alpha, sum), c);
    }

    /// <summary>Computes the tile. Rows from <paramref name="rows"/> on repeat the last one and are not stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, int depth, double alpha, MatrixView a, MatrixView b, MatrixView c, bool accumulate)
    {
        double* a0 = a.Origin;
        double* a1 = rows > 1 ? a0 + a.Row : a0;
        double* a2 = rows > 2 ? a1 + a.Row : a1;
        double* a3 = rows > 3 ? a2 + a.Row : a2;
        double* a4 = rows > 4 ? a3 + a.Row : a3;
        double* a5 = rows > 5 ? a4 + a.Row : a4;
        double* a6 = rows > 6 ? a5 + a.Row : a5;
        double* a7 = rows > 7 ? a6 + a.Row : a6;
        double* from = b.Origin;
        nint aStep = a.Column, bStep = b.Row, at = 0;

        Row row0 = default, row1 = default, row2 = default, row3 = default, row4 = default, row5 = default, row6 = default, row7 = default;
        for (nint p = depth; p > 0; p--)
        {
            TVector b0 = TSimd.Load(from), b1 = default, b2 = default;
            if (TVectors.Value > 1)
                b1 = TSimd.Load(from + TSimd.Lanes);
            if (TVectors.Value > 2)
                b2 = TSimd.Load(from + 2 * TSimd.Lanes);
            row0.Add(a0[at], b0, b1, b2);
            row1.Add(a1[at], b0, b1, b2);
            row2.Add(a2[at], b0, b1, b2);
            row3.Add(a3[at], b0, b1, b2);
            if (TRows.Value > 4)
            {
                row4.Add(a4[at], b0, b1, b2);
                row5.Add(a5[at], b0, b1, b2);
                row6.Add(a6[at], b0, b1, b2);
                row7.Add(a7[at], b0, b1, b2);
            }

            at += aStep;
            from += bStep;
        }

        TVector scale = TSimd.Broadcast(alpha);
        double* to = c.Origin;
        row0.Store(scale, accumulate, to);
        if (rows > 1)
            row1.Store(scale, accumulate, to += c.Row);
        if (rows > 2)
            row2.Store(scale, accumulate, to += c.Row);
        if (rows > 3)
            row3.Store(scale, accumulate, to += c.Row);
        if (TRows.Value > 4)
        {
            if (rows > 4)
                row4.Store(scale, accumulate, to += c.Row);
            if (rows > 5)
                row5.Store(scale, accumulate, to += c.Row);
            if (rows > 6)
                row6.Store(scale, accumulate, to += c.Row);
            if (rows > 7)
                row7.Store(scale, accumulate, to += c.Row);
        }
    }
}
