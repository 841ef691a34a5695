using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// The model within bounds: a Cauchy point on the projected gradient path P(x − αg) chooses the bounds that hold; from there GLTR on the
/// free variables with projected searches goes on, face by face, until the model's gradient on the face is small.
/// </summary>
/// <remarks>
/// C.-J. Lin, J. J. Moré, Newton's method for large bound-constrained optimization problems, 1999 (TRON). Deviations: the path is first
/// tried at the minimizer along its first straight piece, instead of at the previous iteration's length; where that meets no bound, GLTR
/// starts at x itself, whose space contains the Cauchy point, and repeats no product. The problems on the faces are solved by
/// <see cref="Gltr"/> instead of Steihaug's method. The step satisfies the bounds and ‖s‖ ≤ 2Δ. A smaller Δ is solved anew, with new
/// products.
/// </remarks>
internal sealed class ProjectedGltr(int dimension, int basisLimit, Bounds bounds) : Subproblem
{
    private const double SufficientDecrease = 0.01;
    private const int MostFaces = 20, MostHalvings = 60;

    private readonly Gltr _gltr = new(dimension, basisLimit);
    private readonly double[] _residual = new double[dimension], _hs = new double[dimension];
    private readonly double[] _p = new double[dimension], _d = new double[dimension], _hd = new double[dimension];
    private readonly bool[] _isFree = new bool[dimension];
    private double[] _x = [], _g = [];

    public override int Count => 0;

    public override void Begin(double[] x, double[] g) => (_x, _g) = (x, g);

    public override void Extend(ILinearOperator h, int count)
    {
    }

    public override ModelStep Solve(ILinearOperator h, StepBound bound, double tolerance, Span<double> s)
    {
        double radius = bound.Radius, target = tolerance * bounds.Criticality(_x, _g), decrease = 0;
        bool isBound = false;
        FaceOperator face = new(h, _isFree);
        s.Clear();
        _hs.AsSpan().Clear();
        LeaveBounds();
        _gltr.Begin(_x, _residual);
        double length = CauchyLength(face, radius);
        if (!IsFeasible(length, s))
        {
            decrease = Search(h, length, s);
            isBound = length == radius;
            Refine(s);
        }
        for (int i = 0; i < MostFaces; i++)
        {
            double rest = Math.Min(radius, 2 * radius - Vectors.Norm(s)), norm = Vectors.Norm(_residual);
            if (norm <= target || !(rest > 0))
                break;
            ModelStep step = _gltr.Solve(face, StepBound.Within(rest), target / norm, _p);
            if (IsFeasible(1, s))
            {
                Vectors.AddScaled(1, _p, s);
                decrease += step.Decrease;
                isBound |= step.IsBound;
                break;
            }
            double found = Search(h, 1, s);
            if (found == 0)
                break;
            decrease += found;
            Refine(s);
        }
        return new ModelStep(Vectors.Norm(s), decrease, Vectors.Dot(_g, s), isBound);
    }

    public override bool TryLowCurvature(Span<double> direction) => _gltr.TryLowCurvature(direction);

    // The variables that −g moves: all but those that it presses against a bound.
    private void LeaveBounds()
    {
        for (int i = 0; i < _g.Length; i++)
        {
            _isFree[i] = _g[i] > 0 ? _x[i] > bounds.Lower[i] : _x[i] < bounds.Upper[i];
            _residual[i] = _isFree[i] ? _g[i] : 0;
            _p[i] = -_residual[i];
        }
    }

    // The variables strictly between their bounds at x + s, and there the model's gradient.
    private void Refine(ReadOnlySpan<double> s)
    {
        for (int i = 0; i < s.Length; i++)
        {
            _isFree[i] = s[i] > bounds.Lower[i] - _x[i] && s[i] < bounds.Upper[i] - _x[i];
            _residual[i] = _isFree[i] ? _g[i] + _hs[i] : 0;
        }
        _gltr.Begin(_x, _residual);
    }

    // α of the model's minimizer along −αg on the first straight piece of the path, within the radius.
    private double CauchyLength(FaceOperator face, double radius)
    {
        double norm = Vectors.Norm(_residual), curvature = _gltr.FirstCurvature(face);
        return curvature * radius > norm ? 1 / curvature : radius / norm;
    }

    private bool IsFeasible(double beta, ReadOnlySpan<double> s)
    {
        for (int i = 0; i < s.Length; i++)
        {
            double moved = s[i] + beta * _p[i];
            if (_isFree[i] && (moved < bounds.Lower[i] - _x[i] || moved > bounds.Upper[i] - _x[i]))
                return false;
        }
        return true;
    }

    // The longest of P(s + βp), β halved until the model falls enough; returns by how much, 0 if rounding hides it.
    private double Search(ILinearOperator h, double beta, Span<double> s)
    {
        double found = 0;
        for (int i = 0; i < MostHalvings && found == 0; i++, beta *= 0.5)
            found = Try(h, beta, s);
        return found;
    }

    // Moves s to P(s + βp) if the model falls enough on the way there; returns by how much, otherwise 0.
    private double Try(ILinearOperator h, double beta, Span<double> s)
    {
        for (int i = 0; i < s.Length; i++)
            _d[i] = _isFree[i] ? Math.Clamp(s[i] + beta * _p[i], bounds.Lower[i] - _x[i], bounds.Upper[i] - _x[i]) - s[i] : 0;
        h.Apply(_d, _hd);
        double slope = Vectors.Dot(_residual, _d), change = slope + 0.5 * Vectors.Dot(_d, _hd);
        if (!(slope < 0 && change <= SufficientDecrease * slope))
            return 0;
        for (int i = 0; i < s.Length; i++)
        {
            if (_isFree[i])
                s[i] = Math.Clamp(s[i] + beta * _p[i], bounds.Lower[i] - _x[i], bounds.Upper[i] - _x[i]);
        }
        Vectors.AddScaled(1, _hd, _hs);
        return -change;
    }
}
