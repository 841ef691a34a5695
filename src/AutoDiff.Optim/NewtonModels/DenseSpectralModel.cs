using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.NewtonModels;

/// <summary>All of the Hessian: n products, in sweeps of eight, and one spectral decomposition.</summary>
internal sealed class DenseSpectralModel : SpectralModel
{
    private DenseSymmetric? _hessian;

    public override void Form(Oracle oracle, ReadOnlySpan<double> gradient, IReadOnlyList<double[]> directions, double accuracy)
    {
        _hessian = new DenseSymmetric(oracle.DenseHessian());
        Values = _hessian.Values;
        Coefficients = new double[gradient.Length];
        for (int j = 0; j < gradient.Length; j++)
        {
            double sum = 0;
            for (int i = 0; i < gradient.Length; i++)
                sum += _hessian.Vectors[i, j] * gradient[i];
            Coefficients[j] = sum;
        }
    }

    public override void Combine(ReadOnlySpan<double> t, Span<double> s)
    {
        double[,] q = _hessian!.Vectors;
        for (int i = 0; i < s.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < t.Length; j++)
                sum += q[i, j] * t[j];
            s[i] = sum;
        }
    }
}
