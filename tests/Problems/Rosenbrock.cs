namespace AutoDiff.Problems;

/// <summary>
/// The chained Rosenbrock function f(x) = Σᵢ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², i = 0…n−2, with its minimum 0 at (1, …, 1).
/// With t = xᵢ₊₁ − xᵢ², term i adds −400xᵢt − 2(1 − xᵢ) to ∂ᵢ and 200t to ∂ᵢ₊₁; the Hessian is tridiagonal.
/// </summary>
public static class Rosenbrock
{
    /// <summary>The usual start (−1.2, 1, −1.2, 1, …).</summary>
    public static double[] Start(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = i % 2 == 0 ? -1.2 : 1;
        return x;
    }

    /// <summary>f(x).</summary>
    public static double Value(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double t = x[i + 1] - x[i] * x[i];
            double u = 1 - x[i];
            sum += 100 * t * t + u * u;
        }
        return sum;
    }

    /// <summary>Writes ∇f(x) and returns f(x).</summary>
    public static double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(gradient, x.Length);
        double sum = 0, fromBefore = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double t = x[i + 1] - x[i] * x[i];
            double u = 1 - x[i];
            sum += 100 * t * t + u * u;
            gradient[i] = fromBefore - 400 * x[i] * t - 2 * u;
            fromBefore = 200 * t;
        }
        gradient[^1] = fromBefore;
        return sum;
    }

    /// <summary>Writes ∇²f(x)v.</summary>
    public static void Hvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv)
    {
        Require.Length(v, x.Length);
        Require.Length(hv, x.Length);
        double fromBefore = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double t = x[i + 1] - x[i] * x[i];
            double tDot = v[i + 1] - 2 * x[i] * v[i];
            hv[i] = fromBefore - 400 * (v[i] * t + x[i] * tDot) + 2 * v[i];
            fromBefore = 200 * tDot;
        }
        hv[^1] = fromBefore;
    }
}
