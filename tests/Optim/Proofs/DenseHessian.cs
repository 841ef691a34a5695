using AutoDiff.Hvp;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>What a point is by the eigenvalues of its Hessian, which MathNet computes.</summary>
internal sealed class DenseHessian
{
    public DenseHessian(Objective f, double[] x)
    {
        using LocalModel model = f.At(x);
        Matrix<double> h = Matrix<double>.Build.DenseOfArray(model.Hessian.ToDense());
        var decomposition = ((h + h.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        Eigenvalues = [.. decomposition.EigenValues.Select(value => value.Real)];
        Vectors = [.. Enumerable.Range(0, x.Length).Select(i => decomposition.EigenVectors.Column(i).ToArray())];
    }

    /// <summary>Ascending.</summary>
    public double[] Eigenvalues { get; }

    public double[][] Vectors { get; }

    public double Norm => Eigenvalues.Max(Math.Abs);

    /// <summary>What rounding may leave of an eigenvalue that is zero.</summary>
    public double Error => 1e-15 * Eigenvalues.Length * Norm;

    /// <summary>Curvature clearly below zero.</summary>
    public bool IsStrictSaddle => Eigenvalues[0] < -100 * Error;
}
