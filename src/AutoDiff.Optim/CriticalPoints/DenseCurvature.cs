using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The Hessian formed and decomposed: on all of ℝⁿ, or on the complement of its zero modes.</summary>
internal sealed class DenseCurvature : Curvature
{
    private readonly double[,] _hessian;
    private readonly OrthogonalComplement? _complement;
    private readonly DenseSymmetric _eigen;
    private readonly double[][] _vectors;
    private double _least;

    public DenseCurvature(double[,] hessian, OrthogonalComplement? complement = null)
    {
        (_hessian, _complement) = (hessian, complement);
        double coupling = 0;
        _eigen = new DenseSymmetric(complement?.Restrict(hessian, out coupling) ?? hessian);
        Coupling = coupling;
        int n = Whole;
        double asymmetry = 0;
        for (int i = 0; i < n; i++)
        {
            double row = 0;
            for (int j = 0; j < n; j++)
                row += Math.Abs(hessian[i, j] - hessian[j, i]);
            asymmetry = Math.Max(asymmetry, row);
        }
        Error = (complement is null ? 1 : 2) * _eigen.Error + asymmetry;
        _vectors = new double[_eigen.Values.Length][];
        double[] part = new double[_vectors.Length];
        for (int i = 0; i < _vectors.Length; i++)
        {
            _eigen.CopyVector(i, part);
            _vectors[i] = new double[n];
            if (complement is null)
                part.CopyTo(_vectors[i], 0);
            else
                complement.Expand(part, _vectors[i]);
        }
    }

    /// <summary>All eigenvalues, ascending.</summary>
    public double[] Values => _eigen.Values;

    /// <summary>The unit eigenvectors in the order of <see cref="Values"/>.</summary>
    public double[][] EigenvectorRows => _vectors;

    public double Norm => _eigen.Norm;

    /// <summary>What an eigenvalue may be off by: the decomposition's rounding and the asymmetry of the products.</summary>
    public double Error { get; }

    /// <summary>How many eigenvalues there are: variables, less the zero modes that are taken out.</summary>
    public int Dimension => _vectors.Length;

    /// <summary>How many zero modes are taken out.</summary>
    public int ZeroModes => Whole - Dimension;

    /// <summary>‖H·T‖ for the zero modes T that are taken out.</summary>
    public double Coupling { get; }

    /// <summary>The same Hessian on the complement of other zero modes, or on all of ℝⁿ.</summary>
    public DenseCurvature On(OrthogonalComplement? complement) => new(_hessian, complement);

    /// <summary>Units in which H is well scaled; all 1 if there is little to gain.</summary>
    public double[] Equilibrate() => Equilibration.Of(_hessian);

    /// <summary>D·H·D of the Hessian as it was formed: what it is in variables measured in the units D, which are powers of two.</summary>
    public DenseCurvature In(double[] units)
    {
        double[,] scaled = new double[Whole, Whole];
        for (int i = 0; i < Whole; i++)
        {
            for (int j = 0; j < Whole; j++)
                scaled[i, j] = _hessian[i, j] * units[i] * units[j];
        }
        return new DenseCurvature(scaled, _complement?.In(units));
    }

    /// <summary>P·H·P with P = I − ttᵀ: the curvature across the unit vector t.</summary>
    public DenseCurvature Across(ReadOnlySpan<double> t)
    {
        double[] product = new double[Whole];
        Apply(t, product);
        double curvature = Vectors.Dot(t, product);
        double[,] across = new double[Whole, Whole];
        for (int i = 0; i < Whole; i++)
        {
            for (int j = 0; j < Whole; j++)
                across[i, j] = _hessian[i, j] - t[i] * product[j] - product[i] * t[j] + curvature * t[i] * t[j];
        }
        return new DenseCurvature(across, _complement);
    }

    /// <summary>y = Hv.</summary>
    public void Apply(ReadOnlySpan<double> v, Span<double> y)
    {
        y.Clear();
        for (int i = 0; i < Whole; i++)
        {
            for (int j = 0; j < Whole; j++)
                y[i] += _hessian[i, j] * v[j];
        }
    }

    /// <summary>‖|H|^−½(G − H)|H|^−½‖ in the norm of Frobenius: by which part G differs from H, in whatever units. Infinite if H is
    /// singular.</summary>
    public double Departure(DenseCurvature other)
    {
        double sum = 0;
        double[] change = new double[Whole], product = new double[Whole];
        for (int i = 0; i < Dimension; i++)
        {
            if (Math.Abs(Values[i]) <= Error)
                return double.PositiveInfinity;
            other.Apply(_vectors[i], change);
            Apply(_vectors[i], product);
            Vectors.AddScaled(-1, product, change);
            for (int j = 0; j < Dimension; j++)
            {
                double element = Vectors.Dot(_vectors[j], change);
                sum += Math.Abs(element / Values[i]) * Math.Abs(element / Values[j]);
            }
        }
        return Math.Sqrt(sum);
    }

    public override double NewtonStep(ReadOnlySpan<double> gradient, double cutoff, Span<double> step)
    {
        _least = Math.Max(Error, cutoff * Norm);
        Solve(gradient, -1, step);
        return Vectors.Norm(step);
    }

    /// <summary>A Newton step by the eigenvalues of largest magnitude, as many as the rank; returns the norm of the gradient that their
    /// eigenvectors see.</summary>
    public double NewtonStepOfRank(int rank, ReadOnlySpan<double> gradient, Span<double> step)
    {
        double[] magnitudes = [.. Values.Select(Math.Abs).Order()];
        _least = Math.Max(Error, rank < Dimension ? magnitudes[Dimension - rank - 1] : 0);
        Solve(gradient, -1, step);
        double seen = 0;
        for (int i = 0; i < Dimension; i++)
        {
            if (Math.Abs(Values[i]) > _least)
                seen += Math.Pow(Vectors.Dot(_vectors[i], gradient), 2);
        }
        return Math.Sqrt(seen);
    }

    /// <summary>‖H⁺g‖, the length of a Newton step with this H (Deuflhard's natural level function): unlike ‖g‖ it does not rise when a
    /// step along a curved valley leaves a little of a steep gradient.</summary>
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

    private int Whole => _hessian.GetLength(0);

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
