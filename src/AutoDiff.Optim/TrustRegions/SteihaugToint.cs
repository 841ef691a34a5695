using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// Conjugate gradients on the model, ended where they leave the trust region ‖s‖_M ≤ Δ or meet negative curvature; M⁻¹ is the
/// preconditioner.
/// </summary>
/// <remarks>
/// T. Steihaug 1983; P. L. Toint 1981; J. Nocedal, S. J. Wright, Numerical Optimization, algorithm 7.2; the M-norms by recurrence: A. R.
/// Conn, N. I. M. Gould, P. L. Toint, Trust-Region Methods, 2000, section 7.5.1. Δ does not change the path, it only ends it: the
/// directions are kept, and a smaller region is left along the same path without a product. A step takes one product and the memory of one
/// vector.
/// </remarks>
internal sealed class SteihaugToint(int dimension, int basisLimit, Func<double[], ILinearOperator>? preconditioner) : Subproblem
{
    private readonly int _limit = (int)Math.Min(basisLimit, 2L * dimension + 10);
    private readonly List<double[]> _directions = [];
    private readonly List<Leg> _legs = [];
    private readonly List<double> _residuals = [];
    private readonly double[] _r = new double[dimension], _y = new double[dimension], _hd = new double[dimension];
    private ILinearOperator? _inverse;
    private double _scale, _rho;

    public override int Count => _legs.Count;

    public override void Begin(double[] x, double[] g)
    {
        _legs.Clear();
        _residuals.Clear();
        _inverse = preconditioner?.Invoke([.. x]);
        if (_inverse is not null && (_inverse.Rows != dimension || _inverse.Columns != dimension))
            throw new ShapeMismatchException(
                $"The preconditioner is {_inverse.Rows} × {_inverse.Columns}, and there are {dimension} variables.");
        _scale = Vectors.Norm(g);
        if (_scale == 0)
            return;
        // The path for g of length one: its squares stay in range.
        Vectors.Scale(1 / _scale, g, _r);
        _rho = Precondition();
        _residuals.Add(Math.Sqrt(_rho));
        Vectors.Negate(_y, Direction(0));
    }

    public override void Extend(ILinearOperator h, int count)
    {
        while (_scale > 0 && _legs.Count < count)
        {
            if (_legs.Count == _residuals.Count)
                Turn();
            AddLeg(h);
        }
    }

    public override ModelStep Solve(ILinearOperator h, StepBound bound, double tolerance, Span<double> s)
    {
        s.Clear();
        if (_scale == 0)
            return default;
        double radius = bound.Radius / _scale, decrease = 0, slope = 0, length = 0;
        bool isBound = false;
        for (int j = 0; j < _limit && !isBound; j++)
        {
            Extend(h, j + 1);
            Leg leg = _legs[j];
            double boundary = leg.ToBoundary(radius);
            isBound = !leg.IsConvex || leg.Alpha >= boundary;
            double alpha = isBound ? boundary : leg.Alpha;
            Vectors.AddScaled(alpha, _directions[j], s);
            decrease += alpha * (leg.Rho - 0.5 * alpha * leg.Curvature);
            slope += alpha * leg.Slope;
            length = isBound ? radius : leg.LengthAfter(alpha);
            if (!isBound && ResidualAfter(j) <= tolerance * _residuals[0])
                break;
        }
        Vectors.Scale(_scale, s, s);
        return new ModelStep(length * _scale, decrease * _scale * _scale, slope * _scale * _scale, isBound);
    }

    public override bool TryLowCurvature(Span<double> direction)
    {
        if (_legs.Count == 0)
            return false;
        int least = 0;
        for (int j = 1; j < _legs.Count; j++)
        {
            if (_legs[j].Quotient < _legs[least].Quotient)
                least = j;
        }
        Vectors.Scale(1 / Vectors.Norm(_directions[least]), _directions[least], direction);
        return true;
    }

    private double ResidualAfter(int j)
    {
        if (_residuals.Count == j + 1)
            Turn();
        return _residuals[j + 1];
    }

    // The product with the newest direction, and what is known of the point z where it sets out.
    private void AddLeg(ILinearOperator h)
    {
        double[] d = _directions[_legs.Count];
        h.Apply(d, _hd);
        double curvature = Vectors.Dot(d, _hd), norm = Vectors.Norm(d);
        bool isConvex = curvature > ReductionRatio.UnitRoundOff * norm * Vectors.Norm(_hd);
        double zz = 0, zd = 0, dd = _rho, slope = -_rho;
        if (_legs.Count > 0)
        {
            Leg last = _legs[^1];
            double beta = _rho / last.Rho;
            zz = last.SquareAfter(last.Alpha);
            zd = beta * (last.Zd + last.Alpha * last.Dd);
            dd += beta * beta * last.Dd;
            // gᵀd = r₀ᵀ(−y + βd₋) = βgᵀd₋, since residuals are M⁻¹-orthogonal.
            slope = beta * last.Slope;
        }
        _legs.Add(new Leg(_rho, curvature, curvature / norm / norm, isConvex, slope, zz, zd, dd));
    }

    // The residual after the newest leg, and the direction that goes on from there.
    private void Turn()
    {
        Leg last = _legs[^1];
        double[] d = _directions[_legs.Count - 1], next = Direction(_legs.Count);
        Vectors.AddScaled(last.Alpha, _hd, _r);
        _rho = Precondition();
        _residuals.Add(Math.Sqrt(_rho));
        Vectors.Scale(_rho / last.Rho, d, next);
        Vectors.Subtract(next, _y, next);
    }

    // y = M⁻¹r; returns rᵀy.
    private double Precondition()
    {
        if (_inverse is null)
            _r.CopyTo(_y, 0);
        else
            _inverse.Apply(_r, _y);
        double rho = Vectors.Dot(_r, _y);
        if (!(rho >= 0) || (rho == 0 && Vectors.LargestMagnitude(_r) > 0 && _inverse is not null))
            throw new InvalidOperationException($"The preconditioner is not positive definite: rᵀM⁻¹r = {rho} for a residual r ≠ 0.");
        return rho;
    }

    private double[] Direction(int j)
    {
        if (_directions.Count == j)
            _directions.Add(new double[dimension]);
        return _directions[j];
    }

    // From z along d: rᵀy, dᵀHd, that per ‖d‖², gᵀd, ‖z‖², ⟨z, d⟩ and ‖d‖² in the M-norm.
    private readonly record struct Leg(
        double Rho, double Curvature, double Quotient, bool IsConvex, double Slope, double Zz, double Zd, double Dd)
    {
        public double Alpha => Rho / Curvature;

        public double SquareAfter(double alpha) => Zz + alpha * (2 * Zd + alpha * Dd);

        public double LengthAfter(double alpha) => Math.Sqrt(SquareAfter(alpha));

        // The positive root τ of ‖z + τd‖ = Δ, without cancellation.
        public double ToBoundary(double radius)
        {
            double norm = Math.Sqrt(Zz), missing = Math.Max(0, radius - norm) * (radius + norm), root = Math.Sqrt(Zd * Zd + Dd * missing);
            return Zd > 0 ? missing / (Zd + root) : (root - Zd) / Dd;
        }
    }
}
