using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Follows a null direction from one point to the next, back into the valley each time: if f and the vanishing gradient stay, over
/// a distance that no isolated point of high order could hide on, the point is one of a continuum.</summary>
/// <remarks>
/// Predictor and corrector (E. L. Allgower, K. Georg, Introduction to Numerical Continuation Methods, 2003): the corrector is Newton's
/// method of the rank that H has on the manifold, which leaves the step alone (Z. Zeng, A Newton's Iteration Converges Quadratically to
/// Nonisolated Solutions Too, Math. Comp. 92, 2023); what that cannot see is corrected across the tangent. Beside xᵏ + y² rounding hides
/// xᵏ up to |x| = 10^(−16/k); what is flat has to be flat farther out, to <see cref="Reach"/> times the point's size, or 1 if that is
/// more, or until the curve closes. Steps double while few corrections serve.
/// </remarks>
internal sealed class FlatManifold
{
    private const int MostSteps = 60, MostCorrections = 6, FewCorrections = 4, MostHalvings = 4;

    private const double Reach = 16, FirstStep = 1.0 / 8;

    // After so many steps on which f grows as its slope says, however little, it is not rounding that makes it grow.
    private const int MostGrowing = 4;

    // Multiples of the rounding in the gradient and in f that a point of the curve may show; below which part of ‖H‖ a curvature moves
    // nothing.
    private const double Rounding = 100 * ReductionRatio.UnitRoundOff, NoCurvature = 1e-8;

    private readonly FreeSpace _space;
    private readonly ProductBudget _products;
    private readonly double[] _start, _point, _gradient, _step, _trial;
    private readonly double _value, _size;
    private double[] _tangent, _turned;
    private double _change, _there, _along;
    private readonly int _nullity;
    private int _growing;
    private bool _isRegular = true;

    private FlatManifold(FreeSpace space, ReadOnlySpan<double> z, double value, ReadOnlySpan<double> n, int nullity, ProductBudget products)
    {
        (_space, _products, _value, _nullity) = (space, products, value, nullity);
        _start = z.ToArray();
        _point = z.ToArray();
        _tangent = n.ToArray();
        _turned = new double[z.Length];
        _gradient = new double[z.Length];
        _step = new double[z.Length];
        _trial = new double[z.Length];
        _size = Math.Max(1, Vectors.Norm(z));
    }

    /// <summary>Whether f is flat along the curve that leaves z in the direction n or −n, and whether <paramref name="nullity"/>
    /// eigenvalues are zero all the way; n products a correction. None where the products do not suffice.</summary>
    public static FlatPath Follow(
        FreeSpace space, ReadOnlySpan<double> z, double value, ReadOnlySpan<double> n, int nullity, ProductBudget products)
    {
        double[] back = new double[n.Length];
        Vectors.Negate(n, back);
        FlatPath path = new FlatManifold(space, z, value, n, nullity, products).Path();
        return path != FlatPath.None ? path : new FlatManifold(space, z, value, back, nullity, products).Path();
    }

    private FlatPath Path() => !IsFlat() ? FlatPath.None : _isRegular ? FlatPath.Regular : FlatPath.Irregular;

    private bool IsFlat()
    {
        double norm = Vectors.Norm(_start), length = FirstStep * (norm > 0 ? norm : 1), walked = 0, farthest = 0;
        for (int step = 0, halvings = 0; step < MostSteps; step++)
        {
            int corrections = Step(length, walked + length + norm);
            if (corrections < 0)
            {
                if (++halvings > MostHalvings)
                    return false;
                length /= 2;
                continue;
            }
            (walked, halvings) = (walked + length, 0);
            Watch(walked);
            double distance = Vectors.Distance(_point, _start);
            farthest = Math.Max(farthest, distance);
            if (walked >= Reach * _size || farthest > 2 * length && distance <= length)
                return _growing < MostGrowing;
            if (corrections <= FewCorrections)
                length *= 2;
        }
        return false;
    }

    // Along the curve of −10⁻³⁰⁰x² + y², too, f and slope are below rounding beside y²; but x grows and f with it.
    private void Watch(double walked)
    {
        double change = _value - _there, slope = -_along * walked;
        bool grows = change != 0 && Math.Sign(change) == Math.Sign(slope) && Math.Abs(slope) >= 0.9 * Math.Abs(change)
            && Math.Abs(change) > Math.Abs(_change);
        _growing = grows ? _growing + 1 : 0;
        _change = change;
    }

    // One step of the length along the tangent and corrections across it; how many, or −1 if no point of the curve is found there.
    private int Step(double length, double reach)
    {
        Vectors.Move(_point, length, _tangent, _trial);
        for (int correction = 0; correction <= MostCorrections && _products.Allows(_start.Length); correction++)
        {
            double value = _space.Linearize(_trial, _gradient);
            if (!double.IsFinite(value) || !Vectors.AreFinite(_gradient))
                return -1;
            DenseCurvature h = new(_space.DenseHessian(), _space.Complement());
            double small = Rounding * h.Norm * reach, along = Vectors.Dot(_tangent, _gradient);
            double[] across = [.. _gradient];
            Vectors.AddScaled(-along, _tangent, across);
            if (Vectors.Norm(across) <= small)
            {
                double change = Math.Abs(value - _value);
                bool isFlat = Math.Abs(along) <= small
                    && (change <= Rounding * (Math.Abs(value) + Math.Abs(_value) + small * reach) || change <= 2 * _space.ValueError());
                if (!isFlat || !Turn(h))
                    return -1;
                _trial.CopyTo(_point, 0);
                (_there, _along) = (value, along);
                return correction;
            }
            // Off the manifold H is not quite singular along it, and a Newton step goes astray there; the rank on the manifold is known.
            if (h.NewtonStepOfRank(h.Dimension - _nullity, _gradient, _step) <= small)
                h.Across(_tangent).NewtonStep(across, NoCurvature, _step);
            Vectors.AddScaled(1, _step, _trial);
            if (Vectors.Distance(_trial, _point) > 2 * length)
                return -1;
        }
        return -1;
    }

    // The tangent turns with the null space.
    private bool Turn(DenseCurvature h)
    {
        int zeros = 0;
        _tangent.CopyTo(_turned, 0);
        for (int i = 0; i < h.Dimension; i++)
        {
            if (Math.Abs(h.Values[i]) > Math.Max(h.Error, NoCurvature * h.Norm))
                Vectors.AddScaled(-Vectors.Dot(h.EigenvectorRows[i], _tangent), h.EigenvectorRows[i], _turned);
            else
                zeros++;
        }
        _isRegular &= zeros == _nullity;
        double left = Vectors.Norm(_turned);
        if (left < 0.5)
            return false;
        Vectors.Scale(1 / left, _turned, _turned);
        (_tangent, _turned) = (_turned, _tangent);
        return true;
    }
}
