namespace AutoDiff.Optim.Kernels;

/// <summary>The x ≥ 0 that minimizes ‖Σ xⱼaⱼ − b‖, by the method of active sets (C. L. Lawson, R. J. Hanson, Solving Least Squares
/// Problems, 1974, chapter 23).</summary>
/// <remarks>What is left, r = b − Σ xⱼaⱼ, has rᵀaⱼ ≤ 0 for all j: by the lemma of Farkas b is in the cone of the aⱼ, or r shows that it is
/// not.</remarks>
internal sealed class NonnegativeLeastSquares
{
    // rᵀaⱼ up to this part of ‖b‖ is rounding.
    private const double Rounding = 1e-15;

    /// <param name="columns">The aⱼ, of length 1.</param>
    /// <param name="b">What is to be combined from them.</param>
    public NonnegativeLeastSquares(IReadOnlyList<double[]> columns, ReadOnlySpan<double> b)
    {
        int m = columns.Count;
        X = new double[m];
        Residual = b.ToArray();
        double least = Rounding * Vectors.Norm(b);
        List<int> passive = [];
        bool[] isRejected = new bool[m];
        for (int step = 0; step < 3 * m + 10; step++)
        {
            int next = -1;
            double steepest = least;
            for (int j = 0; j < m; j++)
            {
                if (isRejected[j] || passive.Contains(j) || !(Vectors.Dot(columns[j], Residual) > steepest))
                    continue;
                (next, steepest) = (j, Vectors.Dot(columns[j], Residual));
            }
            if (next < 0)
                break;
            passive.Add(next);
            RowSpace space = new([.. passive.Select(j => columns[j])], b.Length, 1e-14);
            if (!space.IsIndependent(passive.Count - 1) || space.Fit(b)[^1] <= 0)
            {
                isRejected[next] = true;
                passive.RemoveAt(passive.Count - 1);
                continue;
            }
            Restrict(columns, b, passive);
            b.CopyTo(Residual);
            foreach (int j in passive)
                Vectors.AddScaled(-X[j], columns[j], Residual);
        }
    }

    /// <summary>x.</summary>
    public double[] X { get; }

    /// <summary>b − Σ xⱼaⱼ.</summary>
    public double[] Residual { get; }

    // The least squares over the passive columns; those that it would make negative leave one after the other.
    private void Restrict(IReadOnlyList<double[]> columns, ReadOnlySpan<double> b, List<int> passive)
    {
        while (passive.Count > 0)
        {
            double[] fit = new RowSpace([.. passive.Select(j => columns[j])], b.Length, 1e-14).Fit(b);
            double part = 1;
            for (int k = 0; k < fit.Length; k++)
            {
                if (fit[k] <= 0)
                    part = Math.Min(part, X[passive[k]] / (X[passive[k]] - fit[k]));
            }
            if (!(part >= 0))
                part = 0;
            for (int k = 0; k < fit.Length; k++)
                X[passive[k]] += part * (fit[k] - X[passive[k]]);
            if (part == 1)
                return;
            // The one that stops the step leaves, and whatever reached zero with it.
            for (int k = passive.Count - 1; k >= 0; k--)
            {
                if (fit[k] > 0 || X[passive[k]] > 1e-14 * Math.Abs(fit[k]))
                    continue;
                X[passive[k]] = 0;
                passive.RemoveAt(k);
            }
        }
    }
}
