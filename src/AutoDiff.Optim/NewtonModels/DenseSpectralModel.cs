using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.NewtonModels;

/// <summary>All of the Hessian, or of what a symmetry leaves of it: n products, in sweeps of eight, and one spectral
/// decomposition.</summary>
internal sealed class DenseSpectralModel : SpectralModel
{
    private double[,] _vectors = new double[0, 0];
    private OrthogonalComplement? _complement;

    public override void Form(
        Oracle oracle, SymmetricModel symmetric, ReadOnlySpan<double> gradient, IReadOnlyList<double[]> directions, double accuracy)
    {
        _complement = symmetric.Complement;
        double[,] hessian = oracle.DenseHessian();
        DenseSymmetric eigen = new(_complement?.Restrict(hessian, out _) ?? hessian);
        (Values, _vectors) = (eigen.Values, eigen.Vectors);
        double[] g = new double[Values.Length];
        if (_complement is null)
            gradient.CopyTo(g);
        else
            _complement.Restrict(gradient, g);
        Coefficients = new double[g.Length];
        for (int j = 0; j < g.Length; j++)
        {
            double sum = 0;
            for (int i = 0; i < g.Length; i++)
                sum += _vectors[i, j] * g[i];
            Coefficients[j] = sum;
        }
    }

    public override void Combine(ReadOnlySpan<double> t, Span<double> s)
    {
        double[] y = new double[t.Length];
        for (int i = 0; i < t.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < t.Length; j++)
                sum += _vectors[i, j] * t[j];
            y[i] = sum;
        }
        if (_complement is null)
            y.CopyTo(s);
        else
            _complement.Expand(y, s);
    }
}
