using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>y = α·A·x or y += α·A·x, A m×n with contiguous rows: a dot product a row.</summary>
internal readonly unsafe struct MatrixRowsKernel(
    int m, int n, double alpha, MatrixView a, double* x, double* y, bool accumulate) : ISimdKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector, TSimd>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double* row = a.Origin;
        for (int i = 0; i < m; i++, row += a.Row)
        {
            double dot = Dot<TVector, TSimd>(row);
            y[i] = accumulate ? TSimd.MultiplyAdd(alpha, dot, y[i]) : alpha * dot;
        }
    }

    /// <summary>Four partial sums of vectors hide the latency of the multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Dot<TVector, TSimd>(double* row)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int lanes = TSimd.Lanes, j = 0;
        for (; j <= n - 4 * lanes; j += 4 * lanes)
        {
            sum0 = TSimd.MultiplyAdd(TSimd.Load(row + j), TSimd.Load(x + j), sum0);
            sum1 = TSimd.MultiplyAdd(TSimd.Load(row + j + lanes), TSimd.Load(x + j + lanes), sum1);
            sum2 = TSimd.MultiplyAdd(TSimd.Load(row + j + 2 * lanes), TSimd.Load(x + j + 2 * lanes), sum2);
            sum3 = TSimd.MultiplyAdd(TSimd.Load(row + j + 3 * lanes), TSimd.Load(x + j + 3 * lanes), sum3);
        }

        for (; j <= n - lanes; j += lanes)
            sum0 = TSimd.MultiplyAdd(TSimd.Load(row + j), TSimd.Load(x + j), sum0);
        double tail = 0;
        for (; j < n; j++)
            tail = TSimd.MultiplyAdd(row[j], x[j], tail);
        return TSimd.Sum(TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3))) + tail;
    }
}

/// <summary>y += α·A·x, A m×n with contiguous columns: the columns scaled and added, four in one pass over y.</summary>
internal readonly unsafe struct MatrixColumnsKernel(int m, int n, double alpha, MatrixView a, double* x, double* y) : ISimdKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector, TSimd>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double* column = a.Origin;
        int j = 0;
        for (; j <= n - 4; j += 4, column += 4 * a.Column)
            AddFour<TVector, TSimd>(column, j);
        for (; j < n; j++, column += a.Column)
            ScaledRow.Add<TVector, TSimd>(m, alpha * x[j], column, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddFour<TVector, TSimd>(double* a0, int j)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double* a1 = a0 + a.Column, a2 = a1 + a.Column, a3 = a2 + a.Column;
        double x0 = alpha * x[j], x1 = alpha * x[j + 1], x2 = alpha * x[j + 2], x3 = alpha * x[j + 3];
        TVector factor0 = TSimd.Broadcast(x0), factor1 = TSimd.Broadcast(x1), factor2 = TSimd.Broadcast(x2), factor3 = TSimd.Broadcast(x3);
        int i = 0;
        for (; i <= m - TSimd.Lanes; i += TSimd.Lanes)
        {
            TVector sum = TSimd.MultiplyAdd(factor0, TSimd.Load(a0 + i), TSimd.Load(y + i));
            sum = TSimd.MultiplyAdd(factor1, TSimd.Load(a1 + i), sum);
            sum = TSimd.MultiplyAdd(factor2, TSimd.Load(a2 + i), sum);
            TSimd.Store(TSimd.MultiplyAdd(factor3, TSimd.Load(a3 + i), sum), y + i);
        }

        for (; i < m; i++)
        {
            double sum = TSimd.MultiplyAdd(x0, a0[i], y[i]);
            sum = TSimd.MultiplyAdd(x1, a1[i], sum);
            sum = TSimd.MultiplyAdd(x2, a2[i], sum);
            y[i] = TSimd.MultiplyAdd(x3, a3[i], sum);
        }
    }
}

/// <summary>A += α·x·yᵀ, A m×n with contiguous rows: a scaled copy of y added to each row.</summary>
internal readonly unsafe struct OuterKernel(int m, int n, double alpha, double* x, double* y, MatrixView a) : ISimdKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector, TSimd>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        double* row = a.Origin;
        for (int i = 0; i < m; i++, row += a.Row)
            ScaledRow.Add<TVector, TSimd>(n, alpha * x[i], y, row);
    }
}

/// <summary>y += factor·x.</summary>
internal static unsafe class ScaledRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TVector, TSimd>(int n, double factor, double* x, double* y)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        TVector factors = TSimd.Broadcast(factor);
        int i = 0;
        for (; i <= n - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(TSimd.MultiplyAdd(factors, TSimd.Load(x + i), TSimd.Load(y + i)), y + i);
        for (; i < n; i++)
            y[i] = TSimd.MultiplyAdd(factor, x[i], y[i]);
    }
}
