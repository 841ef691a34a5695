using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The Hessian formed and decomposed.</summary>
internal sealed class DenseCurvature : Curvature
{
    private readonly DenseSymmetric _eigen;
    private readonly double[][] _vectors;
    private double _least;

    public DenseCurvature(double[,] hessian)
    {
        _eigen = new DenseSymmetric(hessian);
        int n = _eigen.Values.Length;
        double asymmetry = 0;
        for (int i = 0; i < n; i++)
        {
            double row = 0;
            for (int j = 0; j < n; j++)
                row += Math.Abs(hessian[i, j] - hessian[j, i]);
            asymmetry = Math.Max(asymmetry, row);
        }
        Error = _eigen.Error + asymmetry;
        _vectors = new double[n][];
        for (int i = 0; i < n; i++)
            _eigen.CopyVector(i, _vectors[i] = new double[n]);
    }

    /// <summary>All eigenvalues, ascending.</summary>
    public double[] Values => _eigen.Values;

    /// <summary>The unit eigenvectors in the order of <see cref="Values"/>.</summary>
    public double[][] EigenvectorRows => _vectors;

    public double Norm => _eigen.Norm;

    /// <summary>What an eigenvalue may be off by: the decomposition's rounding and the asymmetry of the products.</summary>
    public double Error { get; }

    public override double NewtonStep(ReadOnlySpan<double> gradient, double cutoff, Span<double> step)
    {
        _least = Math.Max(Error, cutoff * Norm);
        Solve(gradient, -1, step);
        return Vectors.Norm(step);
    }

    /// <summary>‖H⁺g‖, the length of a Newton step with this H (Deuflhard's natural level function): unlike ‖g‖ it does not rise when a step along a
    /// curved valley leaves a little of a steep gradient.</summary>
    public override double Size(ReadOnlySpan<double> gradient)
    {
        double[] step = new double[gradient.Length];
        Solve(gradient, 1, step);
        return Vectors.Norm(step);
    }

    /// <summary>result = H⁺b, with the eigenvalues up to <paramref name="least"/> taken for zero.</summary>
    public void ApplyPseudoInverse(ReadOnlySpan<double> b, double least, Span<double> result)
    {
        _least = Math.Max(Error, least);
        Solve(b, 1, result);
    }

    private void Solve(ReadOnlySpan<double> b, double sign, Span<double> result)
    {
        result.Clear();
        for (int i = 0; i < _vectors.Length; i++)
        {
            if (Math.Abs(Values[i]) > _least)
                Vectors.AddScaled(sign * Vectors.Dot(_vectors[i], b) / Values[i], _vectors[i], result);
        }
    }
}
