using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Optim.Kernels;

/// <summary>Singular values of what a QR decomposition left.</summary>
internal static class DenseSingularValues
{
    /// <summary>σ_max/σ_min of R, which are those of the scaled matrix; infinite if it has not full rank.</summary>
    public static double ConditionNumber(PivotedQr qr)
    {
        if (qr.Rank < qr.Columns)
            return double.PositiveInfinity;
        Vector<double> values = Matrix<double>.Build.Dense(qr.Columns, qr.Columns, qr.R).Svd(computeVectors: false).S;
        return values[0] / values[^1];
    }
}
