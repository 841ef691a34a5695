using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The eigenvectors whose eigenvalues are zero to working accuracy, and H⁺ on their complement, where H has one sign.</summary>
/// <param name="basis">Orthonormal vectors of N.</param>
/// <param name="rangeSign">1: H is positive definite on the complement; −1: negative definite; 0: there is no complement, H = 0.</param>
/// <param name="error">The error of the eigenvalues.</param>
/// <param name="leastCurvature">The least |λ| on the complement.</param>
/// <param name="inverse">y = H⁺b.</param>
internal sealed class NullSpace(double[][] basis, int rangeSign, double error, double leastCurvature, NullSpace.Operation inverse)
{
    public delegate void Operation(ReadOnlySpan<double> b, Span<double> y);

    public double[][] Basis => basis;

    public int Dimension => basis.Length;

    public int RangeSign => rangeSign;

    public double Error => error;

    /// <summary>By what angle a vector of N may be off.</summary>
    public double Tilt => rangeSign == 0 ? 0 : error / leastCurvature;

    public void ApplyPseudoInverse(ReadOnlySpan<double> b, Span<double> y)
    {
        if (rangeSign == 0)
            y.Clear();
        else
            inverse(b, y);
    }

    /// <summary>Σ cᵢbᵢ.</summary>
    public double[] Combine(ReadOnlySpan<double> c)
    {
        double[] n = new double[basis[0].Length];
        for (int i = 0; i < c.Length; i++)
            Vectors.AddScaled(c[i], basis[i], n);
        return n;
    }
}
