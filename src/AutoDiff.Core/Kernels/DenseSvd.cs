namespace AutoDiff.Kernels;

/// <summary>
/// A = U·diag(d)·Vᵀ with orthogonal U and V, by one-sided Jacobi rotations (Hestenes 1958; Golub and Van Loan, Matrix Computations, 4th
/// ed., § 8.6.3), which find small singular values to high relative accuracy. |d| falls; a d may be negative.
/// </summary>
internal static class DenseSvd
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes the row-major n×n matrix A, which is finite; U and V are row-major too.</summary>
    /// <returns>The sign of det U · det V.</returns>
    public static int Factor(int n, ReadOnlySpan<double> a, Span<double> u, Span<double> d, Span<double> v)
    {
        double[] w = new double[n * n], rotations = new double[n * n], norms = new double[n];
        // Columns of A and of V are rows here, so that rotations run along memory.
        for (int i = 0; i < n; i++)
        {
            rotations[i * n + i] = 1;
            for (int j = 0; j < n; j++)
                w[j * n + i] = a[i * n + j];
        }
        bool isTurning = true;
        for (int sweep = 0; isTurning && sweep < MostSweeps; sweep++)
        {
            isTurning = false;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                    isTurning |= Rotate(w.AsSpan(p * n, n), w.AsSpan(q * n, n), rotations.AsSpan(p * n, n), rotations.AsSpan(q * n, n));
            }
        }
        int[] order = new int[n];
        for (int j = 0; j < n; j++)
            (order[j], norms[j]) = (j, -Math.Sqrt(Dot(w.AsSpan(j * n, n), w.AsSpan(j * n, n))));
        Array.Sort(norms, order);
        double[] columns = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            Span<double> column = w.AsSpan(order[j] * n, n), unit = columns.AsSpan(j * n, n);
            Orthonormalize(n, columns, j, column, unit);
            d[j] = Dot(unit, column);
            for (int i = 0; i < n; i++)
            {
                u[i * n + j] = unit[i];
                v[i * n + j] = rotations[order[j] * n + i];
            }
        }
        return SignOfDeterminant(n, u) * SignOfDeterminant(n, v);
    }

    // Makes two columns orthogonal; false if they are so to rounding.
    private static bool Rotate(Span<double> x, Span<double> y, Span<double> vx, Span<double> vy)
    {
        double xx = Dot(x, x), yy = Dot(y, y), xy = Dot(x, y);
        if (!(Math.Abs(xy) > 1e-16 * Math.Sqrt(xx) * Math.Sqrt(yy)))
            return false;
        double zeta = (yy - xx) / (2 * xy);
        double t = (zeta >= 0 ? 1 : -1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), c = 1 / Math.Sqrt(1 + t * t), s = c * t;
        Turn(x, y, c, s);
        Turn(vx, vy, c, s);
        return true;
    }

    private static void Turn(Span<double> x, Span<double> y, double c, double s)
    {
        for (int i = 0; i < x.Length; i++)
            (x[i], y[i]) = (c * x[i] - s * y[i], s * x[i] + c * y[i]);
    }

    // The column's part that is orthogonal to the first units, of length one; any such vector if there is no such part.
    private static void Orthonormalize(int n, ReadOnlySpan<double> units, int count, ReadOnlySpan<double> column, Span<double> unit)
    {
        column.CopyTo(unit);
        for (int next = 0; ; next++)
        {
            double before = Math.Sqrt(Dot(unit, unit)), after = before;
            for (int pass = 0; pass < 3 && after > 0; pass++)
            {
                for (int i = 0; i < n; i++)
                    unit[i] /= after;
                for (int k = 0; k < count; k++)
                {
                    ReadOnlySpan<double> other = units.Slice(k * n, n);
                    double overlap = Dot(unit, other);
                    for (int i = 0; i < n; i++)
                        unit[i] -= overlap * other[i];
                }
                after = Math.Sqrt(Dot(unit, unit));
                if (after > 0.9)
                    break;
                after = after > 1e-14 ? after : 0;
            }
            if (after > 0)
            {
                for (int i = 0; i < n; i++)
                    unit[i] /= after;
                return;
            }
            unit.Clear();
            unit[next] = 1;
        }
    }

    private static int SignOfDeterminant(int n, ReadOnlySpan<double> orthogonal)
    {
        double[] copy = orthogonal.ToArray(), pivots = new double[n];
        DenseLu.Factor(n, copy, pivots);
        int sign = 1;
        for (int i = 0; i < n; i++)
            sign *= (copy[i * n + i] < 0 ? -1 : 1) * ((int)pivots[i] == i ? 1 : -1);
        return sign;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
