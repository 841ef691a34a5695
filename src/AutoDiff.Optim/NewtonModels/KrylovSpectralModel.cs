using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.NewtonModels;

/// <summary>
/// The Hessian projected on the Krylov space of the gradient and, beside it, on directions that the method remembers (the previous step,
/// the modes that it follows), as the saddle-free Newton method of Dauphin et al. (2014, section 6) proposes.
/// </summary>
internal sealed class KrylovSpectralModel(int dimension, int basisLimit) : SpectralModel
{
    // Small bases are looked at after each product, large ones after every fifth: the look costs O(k²).
    private const int EachStepUpTo = 20, Stride = 5;

    // What is left of a remembered direction below this fraction of it is rounding.
    private const double Dependent = 1e-8;

    private readonly Lanczos _krylov = new(dimension, basisLimit);
    private readonly List<double[]> _added = [];
    private DenseSymmetric? _projected;

    public override void Form(
        Oracle oracle, SymmetricModel symmetric, ReadOnlySpan<double> gradient, IReadOnlyList<double[]> directions, double accuracy)
    {
        _krylov.Start(gradient);
        while (_krylov.Step(symmetric.Hessian))
        {
            if ((_krylov.Count <= EachStepUpTo || _krylov.Count % Stride == 0) && Residual() <= accuracy)
                break;
        }
        _added.Clear();
        foreach (double[] direction in directions)
            Add(direction, symmetric.Complement);
        _projected = new DenseSymmetric(Project(symmetric.Hessian));
        Values = _projected.Values;
        Coefficients = new double[Values.Length];
        for (int j = 0; j < Values.Length; j++)
            Coefficients[j] = _krylov.Count == 0 ? 0 : _krylov.StartNorm * _projected.Vectors[0, j];
    }

    public override void Combine(ReadOnlySpan<double> t, Span<double> s)
    {
        int k = _krylov.Count, rows = Values.Length;
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
                y[i] += _projected!.Vectors[i, j] * t[j];
        }
        _krylov.Combine(y.AsSpan(0, k), s);
        for (int i = k; i < rows; i++)
            Vectors.AddScaled(y[i], _added[i - k], s);
    }

    // β_{k+1}|h_k|/‖g‖ for h = |T|⁻¹e₁: with the sign of T's eigenvalues it would be the residual of Newton's equation.
    private double Residual()
    {
        TridiagonalEigensystem t = new(_krylov.Diagonal, _krylov.Couplings, full: false);
        double least = 1e-8 * _krylov.NormBound, last = 0;
        for (int j = 0; j < t.Values.Length; j++)
            last += t.First(j) * t.Last(j) / Math.Max(Math.Abs(t.Values[j]), least);
        return _krylov.NextCoupling * Math.Abs(last);
    }

    private void Add(double[] direction, OrthogonalComplement? complement)
    {
        double norm = Vectors.Norm(direction);
        if (norm == 0)
            return;
        double[] v = new double[direction.Length];
        Vectors.Scale(1 / norm, direction, v);
        complement?.Project(v);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < _krylov.Count; i++)
                GramSchmidt.Remove(v, _krylov.Vector(i));
            foreach (double[] earlier in _added)
                GramSchmidt.Remove(v, earlier);
        }
        double rest = Vectors.Norm(v);
        if (rest <= Dependent)
            return;
        Vectors.Scale(1 / rest, v, v);
        _added.Add(v);
    }

    // T, bordered by the products of the added directions.
    private double[,] Project(ILinearOperator hessian)
    {
        int k = _krylov.Count, rows = k + _added.Count;
        double[,] t = new double[rows, rows];
        for (int i = 0; i < k; i++)
        {
            t[i, i] = _krylov.Diagonal[i];
            if (i + 1 < k)
                t[i, i + 1] = t[i + 1, i] = _krylov.Couplings[i];
        }
        double[] product = new double[hessian.Columns];
        for (int i = k; i < rows; i++)
        {
            hessian.Apply(_added[i - k], product);
            for (int j = 0; j <= i; j++)
                t[i, j] = t[j, i] = Vectors.Dot(j < k ? _krylov.Vector(j) : _added[j - k], product);
        }
        return t;
    }
}
