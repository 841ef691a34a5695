using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// The model over the Krylov space of g: with the Lanczos basis V (v₁ = g/‖g‖) and s = V·h it is ‖g‖h₁ + ½hᵀTh, minimized anew as T grows,
/// until the residual β_{k+1}|h_k| is small enough.
/// </summary>
/// <remarks>
/// N. I. M. Gould, S. Lucidi, M. Roma, P. L. Toint, Solving the trust-region subproblem using the Lanczos method, 1999; with the cubic term
/// C. Cartis, N. I. M. Gould, P. L. Toint 2011, section 6.2. The basis is kept, so that another bound is a matter of T alone until its
/// residual asks for a further product. A full basis gives the minimizer over what it spans, which is no worse than the Cauchy point. Where
/// the space is invariant before it shows a negative curvature that g is orthogonal to, so does the step not show it.
/// </remarks>
internal sealed class Gltr : Subproblem
{
    private readonly Lanczos _lanczos;
    private readonly SecularEquation _secular;
    private readonly double[] _h;

    public Gltr(int dimension, int basisLimit)
    {
        _lanczos = new Lanczos(dimension, basisLimit);
        _secular = new SecularEquation(_lanczos.Limit);
        _h = new double[_lanczos.Limit];
    }

    public override int Count => _lanczos.Count;

    public override void Begin(double[] x, double[] g) => _lanczos.Start(g);

    public override void Extend(ILinearOperator h, int count)
    {
        while (_lanczos.Count < count && _lanczos.Step(h))
        {
        }
    }

    /// <summary>gᵀHg/‖g‖², at the price of the first product; 0 if g = 0.</summary>
    public double FirstCurvature(ILinearOperator h)
    {
        Extend(h, 1);
        return Count == 0 ? 0 : _lanczos.Diagonal[0];
    }

    public override ModelStep Solve(ILinearOperator h, StepBound bound, double tolerance, Span<double> s)
    {
        if (_lanczos.StartNorm == 0 || (_lanczos.Count == 0 && !_lanczos.Step(h)))
        {
            s.Clear();
            return default;
        }
        do
        {
            _secular.Solve(_lanczos.Diagonal, _lanczos.Couplings, _lanczos.StartNorm, bound, _h.AsSpan(0, _lanczos.Count));
        }
        while (Residual > Tolerated(bound, tolerance) && _lanczos.Step(h));
        ReadOnlySpan<double> coefficients = _h.AsSpan(0, _lanczos.Count);
        _lanczos.Combine(coefficients, s);
        return new ModelStep(_secular.Length, _secular.Decrease, _lanczos.StartNorm * _h[0], _secular.IsBound);
    }

    public override bool TryLowCurvature(Span<double> direction)
    {
        if (_lanczos.Count == 0)
            return false;
        double[] vector = new double[_lanczos.Count];
        Tridiagonal.Smallest(_lanczos.Diagonal, _lanczos.Couplings, vector);
        _lanczos.Combine(vector, direction);
        return true;
    }

    private double Residual => _lanczos.NextCoupling * Math.Abs(_h[_lanczos.Count - 1]);

    // A step that the boundary cuts off need not be exact: it is going to be another one at the next radius.
    private double Tolerated(StepBound bound, double tolerance) =>
        (_secular.IsBound && !bound.IsCubic ? Math.Max(tolerance, LargestTolerance) : tolerance) * _lanczos.StartNorm;
}
