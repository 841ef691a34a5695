using AutoDiff.Hvp;

namespace AutoDiff.Samples.Greeks;

/// <summary>Price, first and second derivatives of a Monte Carlo price at a point, each with its standard error.</summary>
internal sealed record GreekEstimates(Estimate Price, Estimate[] Gradient, Estimate[,] Hessian)
{
    /// <summary>Takes each batch's value, exact gradient and exact Hessian (one Hessian-vector product a variable), and averages.</summary>
    public static GreekEstimates Of(IReadOnlyList<Objective> batches, double[] x)
    {
        int n = x.Length;
        double[] values = new double[batches.Count];
        double[][] gradients = new double[batches.Count][];
        double[][,] hessians = new double[batches.Count][,];
        for (int b = 0; b < batches.Count; b++)
        {
            using LocalModel at = batches[b].At(x);
            values[b] = at.Value;
            gradients[b] = at.Gradient.ToArray();
            hessians[b] = at.Hessian.ToDense();
        }
        Estimate[] gradient = new Estimate[n];
        Estimate[,] hessian = new Estimate[n, n];
        for (int i = 0; i < n; i++)
        {
            gradient[i] = Estimate.Of([.. gradients.Select(g => g[i])]);
            for (int j = 0; j < n; j++)
                hessian[i, j] = Estimate.Of([.. hessians.Select(h => h[i, j])]);
        }
        return new GreekEstimates(Estimate.Of(values), gradient, hessian);
    }
}
