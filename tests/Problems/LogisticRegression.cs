namespace AutoDiff.Problems;

/// <summary>
/// The mean negative log likelihood f = (1/m) Σᵣ softplus(zᵣ) − yᵣzᵣ with z = wᵀaᵣ + c, softplus(z) = log(1 + eᶻ); parameters (w, c).
/// ∇f = (1/m) Σ (σ(z) − y)(a, 1) and ∇²f v = (1/m) Σ σ(z)(1 − σ(z)) ż (a, 1).
/// </summary>
public static class LogisticRegression
{
    /// <summary>f(x).</summary>
    public static double Value(LogisticRegressionData data, ReadOnlySpan<double> x)
    {
        Require.Length(x, data.ParameterCount);
        double sum = 0;
        for (int r = 0; r < data.RowCount; r++)
        {
            double z = Loops.Dot(data.Row(r), x) + x[^1];
            sum += Softplus(z) - data.Labels[r] * z;
        }
        return sum / data.RowCount;
    }

    /// <summary>Writes ∇f(x) and returns f(x).</summary>
    public static double ValueAndGradient(LogisticRegressionData data, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(gradient, data.ParameterCount);
        gradient.Clear();
        double scale = 1.0 / data.RowCount, sum = 0;
        for (int r = 0; r < data.RowCount; r++)
        {
            ReadOnlySpan<double> row = data.Row(r);
            double z = Loops.Dot(row, x) + x[^1];
            double y = data.Labels[r];
            sum += Softplus(z) - y * z;
            double zBar = scale * (Sigmoid(z) - y);
            Loops.Axpy(zBar, row, gradient);
            gradient[^1] += zBar;
        }
        return sum / data.RowCount;
    }

    /// <summary>Writes ∇²f(x)v.</summary>
    public static void Hvp(LogisticRegressionData data, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(v, data.ParameterCount);
        Require.Length(hv, data.ParameterCount);
        hv.Clear();
        double scale = 1.0 / data.RowCount;
        for (int r = 0; r < data.RowCount; r++)
        {
            ReadOnlySpan<double> row = data.Row(r);
            double z = Loops.Dot(row, x) + x[^1];
            double zDot = Loops.Dot(row, v) + v[^1];
            double zBarDot = scale * Sigmoid(z) * Sigmoid(-z) * zDot;
            Loops.Axpy(zBarDot, row, hv);
            hv[^1] += zBarDot;
        }
    }

    /// <summary>log(1 + eᶻ) without overflow, with the relative accuracy of e^(−|z|) kept (Kahan's log1p).</summary>
    private static double Softplus(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        double u = 1 + e;
        double log1p = u == 1 ? e : Math.Log(u) * e / (u - 1);
        return Math.Max(z, 0) + log1p;
    }

    /// <summary>1/(1 + e⁻ᶻ) without overflow.</summary>
    private static double Sigmoid(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }
}
