namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>One of the smooth functions that f is made of around a point, and where it is f.</summary>
/// <param name="Value">Its value at the point.</param>
/// <param name="Gradient">Its gradient there.</param>
/// <param name="Hessian">Its Hessian there, formed when it is asked for; a single NaN where there are too many variables.</param>
/// <param name="Sides">The conditions under which f is this piece: the kinks' arguments with their signs, and the bounds.</param>
/// <param name="GradientError">What rounding may leave in the gradient.</param>
/// <param name="HessianError">What rounding may leave in the Hessian's eigenvalues, beside their decomposition's.</param>
internal sealed record Piece(
    double Value, double[] Gradient, Func<double[,]> Hessian, IReadOnlyList<Side> Sides, double GradientError, Func<double> HessianError)
{
    /// <summary>The same of −f.</summary>
    public Piece Negated()
    {
        double[] gradient = new double[Gradient.Length];
        Kernels.Vectors.Negate(Gradient, gradient);
        return this with
        {
            Value = -Value,
            Gradient = gradient,
            Hessian = () =>
            {
                double[,] h = (double[,])Hessian().Clone();
                for (int i = 0; i < h.GetLength(0); i++)
                {
                    for (int j = 0; j < h.GetLength(1); j++)
                        h[i, j] = -h[i, j];
                }
                return h;
            },
        };
    }
}
