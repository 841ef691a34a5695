using AutoDiff.Hvp;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>f as a function of the free variables alone, each measured in a unit of its own, a power of two: xᵢ = unitᵢ·zᵢ. The others stay
/// where they are. Outside of the bounds f is NaN.</summary>
internal sealed class FreeSpace
{
    private readonly Oracle _oracle;
    private readonly Bounds? _bounds;
    private readonly int[]? _free;
    private readonly double[]? _units;
    private readonly double[] _x, _gradient;

    /// <summary>Around x, with the variables <paramref name="free"/>; null: all of them. Without <paramref name="units"/> all units are
    /// 1.</summary>
    public FreeSpace(Oracle oracle, Bounds? bounds, int[]? free, ReadOnlySpan<double> x, double[]? units = null)
    {
        (_oracle, _bounds, _free, _units) = (oracle, bounds, free, units);
        _x = x.ToArray();
        _gradient = new double[x.Length];
        Hessian = new Reduced(this);
    }

    public int Dimension => _free?.Length ?? _x.Length;

    /// <summary>Motions that leave f as it is; null: not known. They count while all variables are free.</summary>
    public Symmetry? Symmetry { get; set; }

    /// <summary>The complement of the symmetry's tangents at the point placed last; null if there are none.</summary>
    public OrthogonalComplement? Complement()
    {
        if (_free is not null || Symmetry?.TangentBasis(_x) is not { Length: > 0 } basis)
            return null;
        OrthogonalComplement complement = new(_x.Length, basis);
        return _units is null ? complement : complement.In(_units);
    }

    /// <summary>Looks around z for motions that leave f as it is; four gradients.</summary>
    public InvarianceCheck? CheckInvariance(ReadOnlySpan<double> z, ReadOnlySpan<double> gradient, in RandomStream random) =>
        _free is null && _units is null ? InvarianceCheck.Around(_oracle, Full(z), gradient, random) : null;

    /// <summary>The free rows and columns of the Hessian at the point linearized last.</summary>
    public ILinearOperator Hessian { get; }

    /// <summary>The same variables in other units. Powers of two leave nothing to round, so that f, its gradient and its Hessian are the
    /// same numbers times these.</summary>
    public FreeSpace In(double[] units) => new(_oracle, _bounds, _free, _x, units) { Symmetry = Symmetry };

    /// <summary>Where z lies among all variables.</summary>
    public double[] Full(ReadOnlySpan<double> z)
    {
        Place(z);
        return [.. _x];
    }

    /// <summary>The gradient by all variables at the point linearized last.</summary>
    public ReadOnlySpan<double> FullGradient => _gradient;

    /// <summary>The norm of the gradient by the free variables there, not per unit.</summary>
    public double GradientNorm => _free is null ? Vectors.Norm(_gradient) : Vectors.Norm([.. _free.Select(i => _gradient[i])]);

    /// <summary>A direction of the free variables as one of all; the others get 0.</summary>
    public double[] Direction(ReadOnlySpan<double> d)
    {
        double[] full = new double[_x.Length];
        Scatter(d, full);
        return full;
    }

    /// <summary>The free elements of a point or a direction of all variables.</summary>
    public double[] Part(ReadOnlySpan<double> full)
    {
        double[] part = new double[Dimension];
        for (int k = 0; k < part.Length; k++)
            part[k] = full[_free?[k] ?? k] / Unit(k);
        return part;
    }

    public double Value(ReadOnlySpan<double> z)
    {
        Place(z);
        return IsFeasible ? _oracle.Value(_x) : double.NaN;
    }

    /// <summary>f and its gradient by z; NaN, and nothing is linearized, outside of the bounds.</summary>
    public double Linearize(ReadOnlySpan<double> z, Span<double> gradient)
    {
        Place(z);
        if (!IsFeasible)
            return double.NaN;
        double value = _oracle.Linearize(_x, _gradient);
        Gather(_gradient, gradient);
        return value;
    }

    /// <summary>The gradient by z and f, without a Hessian.</summary>
    public double Gradient(ReadOnlySpan<double> z, Span<double> gradient)
    {
        Place(z);
        if (!IsFeasible)
            return double.NaN;
        double value = _oracle.Gradient(_x, _gradient);
        Gather(_gradient, gradient);
        return value;
    }

    /// <summary>The free block of the Hessian as a matrix; as many products as it has rows.</summary>
    public double[,] DenseHessian()
    {
        int m = Dimension;
        if (_free is null)
            return InUnits(_oracle.DenseHessian());
        double[,] h = new double[m, m];
        double[] unit = new double[m], row = new double[m];
        for (int i = 0; i < m; i++)
        {
            unit.AsSpan().Clear();
            unit[i] = 1;
            Hessian.Apply(unit, row);
            for (int j = 0; j < m; j++)
                h[i, j] = row[j];
        }
        return h;
    }

    /// <summary>Derivatives along the line z + t·n at the point linearized last. Charged as (k+1)(k+2)/2 products for order k, which is how
    /// much more arithmetic it takes than a tangent.</summary>
    public LineJet Expand(ReadOnlySpan<double> n, int order)
    {
        _oracle.Check();
        _oracle.Meter.Charge(products: (order + 1) * (order + 2) / 2);
        TaylorExpansion expansion;
        try
        {
            expansion = _oracle.Local.Expand(Direction(n), order);
        }
        catch (Exception e)
        {
            throw _oracle.Ended(e);
        }
        double[] third = Gathered(expansion.GradientDerivative(2)), fourth = order < 3 ? [] : Gathered(expansion.GradientDerivative(3));
        if (!Vectors.AreFinite(expansion.Derivatives) || !Vectors.AreFinite(third) || !Vectors.AreFinite(fourth))
            throw new RunEnded(OptimizationStatus.NonFiniteHessian);
        return new LineJet(third, fourth);
    }

    /// <summary>What rounding may have made of f at the point linearized last.</summary>
    public double ValueError() => _oracle.RoundingErrors(new double[_oracle.Dimension]);

    /// <summary>How far one can go from z along d until a bound.</summary>
    public double LongestStep(ReadOnlySpan<double> z, ReadOnlySpan<double> d)
    {
        double longest = double.PositiveInfinity;
        if (_bounds is null)
            return longest;
        for (int k = 0; k < z.Length; k++)
        {
            int i = _free?[k] ?? k;
            if (d[k] != 0)
                longest = Math.Min(longest, ((d[k] > 0 ? _bounds.Upper[i] : _bounds.Lower[i]) / Unit(k) - z[k]) / d[k]);
        }
        return longest;
    }

    private bool IsFeasible
    {
        get
        {
            for (int i = 0; _bounds is not null && i < _x.Length; i++)
            {
                if (_x[i] < _bounds.Lower[i] || _x[i] > _bounds.Upper[i])
                    return false;
            }
            return true;
        }
    }

    private double Unit(int k) => _units?[k] ?? 1;

    private double[,] InUnits(double[,] h)
    {
        for (int i = 0; i < _units?.Length; i++)
        {
            for (int j = 0; j < _units.Length; j++)
                h[i, j] *= _units[i] * _units[j];
        }
        return h;
    }

    private void Place(ReadOnlySpan<double> z) => Scatter(z, _x);

    // Points and directions.
    private void Scatter(ReadOnlySpan<double> part, Span<double> full)
    {
        if (_free is null && _units is null)
        {
            part.CopyTo(full);
            return;
        }
        for (int k = 0; k < part.Length; k++)
            full[_free?[k] ?? k] = part[k] * Unit(k);
    }

    // Gradients: what a unit measures they count per unit.
    private void Gather(ReadOnlySpan<double> full, Span<double> part)
    {
        if (_free is null && _units is null)
        {
            full.CopyTo(part);
            return;
        }
        for (int k = 0; k < part.Length; k++)
            part[k] = full[_free?[k] ?? k] * Unit(k);
    }

    private double[] Gathered(ReadOnlySpan<double> full)
    {
        double[] part = new double[Dimension];
        Gather(full, part);
        return part;
    }

    private sealed class Reduced(FreeSpace space) : ILinearOperator
    {
        private readonly double[] _vector = new double[space._x.Length], _product = new double[space._x.Length];

        public int Rows => space.Dimension;

        public int Columns => space.Dimension;

        public void Apply(ReadOnlySpan<double> vector, Span<double> result)
        {
            space.Scatter(vector, _vector);
            space._oracle.Hessian.Apply(_vector, _product);
            space.Gather(_product, result);
        }
    }
}
