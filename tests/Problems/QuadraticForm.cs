namespace AutoDiff.Problems;

/// <summary>f(x) = ½xᵀAx + bᵀx, A row by row and not necessarily symmetric: ∇f = ½(A + Aᵀ)x + b, ∇²f = ½(A + Aᵀ).</summary>
public static class QuadraticForm
{
    /// <summary>f(x).</summary>
    public static double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> x)
    {
        Require.Length(a, x.Length * x.Length);
        Require.Length(b, x.Length);
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * (0.5 * Loops.Dot(a.Slice(i * x.Length, x.Length), x) + b[i]);
        return sum;
    }

    /// <summary>Writes ∇f(x) and returns f(x) = ½xᵀ(∇f(x) + b).</summary>
    public static double ValueAndGradient(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(b, x.Length);
        Hvp(a, x, gradient);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * (0.5 * gradient[i] + b[i]);
            gradient[i] += b[i];
        }
        return sum;
    }

    /// <summary>Writes ∇²f v = ½(A + Aᵀ)v, the same at every x.</summary>
    public static void Hvp(ReadOnlySpan<double> a, ReadOnlySpan<double> v, Span<double> hv)
    {
        Require.Length(a, v.Length * v.Length);
        Require.Length(hv, v.Length);
        hv.Clear();
        for (int i = 0; i < v.Length; i++)
        {
            ReadOnlySpan<double> row = a.Slice(i * v.Length, v.Length);
            Loops.Axpy(0.5 * v[i], row, hv);
            hv[i] += 0.5 * Loops.Dot(row, v);
        }
    }
}
