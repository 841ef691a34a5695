using AutoDiff.Hvp;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Reference;

/// <summary>The Hessian as a matrix, for tests.</summary>
public static class Dense
{
    /// <summary>∇²f(x), column by column.</summary>
    public static Matrix<double> Hessian(Objective f, double[] x)
    {
        using LocalModel at = f.At(x);
        Matrix<double> h = Matrix<double>.Build.Dense(x.Length, x.Length);
        double[] unit = new double[x.Length], column = new double[x.Length];
        for (int j = 0; j < x.Length; j++)
        {
            unit[j] = 1;
            at.Hessian.Apply(unit, column);
            h.SetColumn(j, column);
            unit[j] = 0;
        }
        return (h + h.Transpose()) / 2;
    }

    /// <summary>The eigenvalues of ∇²f(x), ascending.</summary>
    public static double[] Eigenvalues(Objective f, double[] x) =>
        [.. Hessian(f, x).Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
}
