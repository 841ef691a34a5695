using AutoDiff.Optim.TrustRegions;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.TrustRegions;

/// <summary>The least value of gᵀs + ½sᵀAs within a bound, by a dense eigendecomposition and bisection for the multiplier; and the value of
/// the model at any s.</summary>
internal static class ModelOracle
{
    public static double Value(double[,] a, double[] g, ReadOnlySpan<double> s, StepBound bound)
    {
        double value = 0, square = 0;
        for (int i = 0; i < g.Length; i++)
        {
            double row = 0;
            for (int j = 0; j < g.Length; j++)
                row += a[i, j] * s[j];
            value += s[i] * (g[i] + 0.5 * row);
            square += s[i] * s[i];
        }
        return value + bound.Sigma / 3 * square * Math.Sqrt(square);
    }

    public static double Least(double[,] a, double[] g, StepBound bound)
    {
        var evd = Matrix<double>.Build.DenseOfArray(a).Evd(Symmetricity.Symmetric);
        double[] values = [.. evd.EigenValues.Select(z => z.Real)];
        double[] c = (evd.EigenVectors.Transpose() * Vector<double>.Build.DenseOfArray(g)).ToArray();
        double floor = Math.Max(0, -values.Min());
        double[] At(double lambda) => [.. c.Zip(values, (ci, v) => ci == 0 ? 0 : -ci / (v + lambda))];
        double Norm(double[] s) => Math.Sqrt(s.Sum(x => x * x));

        double[] step;
        if (!bound.IsCubic && values.Min() > 0 && Norm(At(0)) <= bound.Radius)
        {
            step = At(0);
        }
        else
        {
            // In terms of the distance μ of λ from its floor, on a logarithmic scale.
            double low = 1e-40, high = 1e40;
            for (int i = 0; i < 400; i++)
            {
                double middle = Math.Sqrt(low * high), lambda = floor + middle;
                double[] s = [.. c.Zip(values, (ci, v) => ci == 0 ? 0 : -ci / (v + floor + middle))];
                if (Norm(s) > bound.Length(lambda))
                    low = middle;
                else
                    high = middle;
            }
            step = [.. c.Zip(values, (ci, v) => ci == 0 ? 0 : -ci / (v + floor + high))];
            // The hard case: what is missing lies along the eigenvector of the least value.
            double missing = Math.Pow(bound.Length(floor + high), 2) - step.Sum(x => x * x);
            int least = Array.IndexOf(values, values.Min());
            if (floor > 0 && missing > 0)
                step[least] += (step[least] < 0 ? -1 : 1) * (Math.Sqrt(step[least] * step[least] + missing) - Math.Abs(step[least]));
        }
        double value = 0;
        for (int i = 0; i < step.Length; i++)
            value += step[i] * (c[i] + 0.5 * values[i] * step[i]);
        return value + bound.Sigma / 3 * Math.Pow(Norm(step), 3);
    }

    public static double[,] Tridiagonal(double[] d, double[] e)
    {
        double[,] t = new double[d.Length, d.Length];
        for (int i = 0; i < d.Length; i++)
        {
            t[i, i] = d[i];
            if (i + 1 < d.Length)
                t[i, i + 1] = t[i + 1, i] = e[i];
        }
        return t;
    }
}
