using AutoDiff.Optim.CriticalPoints.Pieces;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Whether f rises in all directions that lead from a point on its bounds into them and along which the gradient is zero: the free
/// variables both ways, those with zero multipliers one way. The Hessian has to be strictly copositive there (J. Nocedal, S. J. Wright,
/// Numerical Optimization, 2nd ed. 2006, theorem 12.6).
/// </summary>
/// <remarks>
/// Where the Hessian is copositive but zero along some rays of this cone, f has to rise along each of them by its third derivative, which
/// counts one way, or by the fourth with the bend of the valley (<see cref="NullSpaceJet"/>). The rays are the minimal zeros of the Schur
/// complement S on the variables with zero multipliers: dᵀSd = 0 with d positive on as few of them as can be. A variable whose (Sd)ᵢ is
/// positive is held by it along the ray; the others are free to follow the valley.
/// </remarks>
internal sealed class CriticalCone
{
    private const int MostWeak = 8;

    // Curvatures below this part of ‖H‖ count as zero, and so do shares of a ray's direction.
    private const double Zero = 1e-10;

    private readonly Oracle _oracle;
    private readonly Bounds _bounds;
    private readonly Face _face;
    private readonly double[] _x;
    private readonly int[] _both, _weak, _side;
    private readonly double[,] _hessian;
    private readonly DenseCurvature _h;
    private readonly double _error;

    /// <summary>At x, where f has a minimum by the free variables.</summary>
    public CriticalCone(Oracle oracle, Bounds bounds, Face face, double[] x)
    {
        (_oracle, _bounds, _face, _x) = (oracle, bounds, face, x);
        _both = face.FreeAndWeak;
        _weak = [.. face.Weak.Select(i => Array.IndexOf(_both, i))];
        _side = [.. face.Weak.Select(i => x[i] <= bounds.Lower[i] ? 1 : -1)];
        _hessian = Space(_both).DenseHessian();
        _h = new DenseCurvature(_hessian);
        _error = Math.Max(_h.Error, Zero * _h.Norm);
    }

    /// <summary>The largest curvature along a variable with a zero multiplier; 0 if none is positive beyond its error.</summary>
    public double Rise
    {
        get
        {
            double rise = _weak.Max(k => _hessian[k, k]);
            return rise > _error ? rise : 0;
        }
    }

    /// <summary>The way down that <see cref="Examine"/> found: a ray along which f falls, bent as the valley is; null if there is
    /// none.</summary>
    public Escape? Descent { get; private set; }

    /// <summary>A proof that f rises, and why; none, and what is in the way.</summary>
    public (CriticalPointProof Proof, string Found) Examine()
    {
        if (_h.Values[0] > _h.Error)
            return (CriticalPointProof.Proven, $"the Hessian is positive definite with them too (least {_h.Values[0]:G4})");
        double[][] sides = [.. _weak.Select((k, i) => Unit(_both.Length, k, _side[i]))];
        bool? rises = Copositivity.Decide(_hessian, sides, _error, out _);
        if (rises == true)
            return (CriticalPointProof.Proven, "the Hessian is positive in all directions that lead into the bounds");
        string indefinite = $"the Hessian with them is not positive definite (least {_h.Values[0]:G4})";
        if (rises == false || _weak.Length > MostWeak || Schur() is not { } s || !IsCopositive(s))
            return (CriticalPointProof.None, indefinite);
        List<double[]> rays = Zeros(s);
        if (rays.Count == 0)
            return (CriticalPointProof.None, indefinite);
        string found = "";
        foreach (double[] ray in rays)
        {
            (bool rising, found) = Along(ray, s);
            if (!rising)
                return (CriticalPointProof.None, $"{indefinite}; {found}");
        }
        return (CriticalPointProof.Numerical, rays.Count == 1 ? found
            : $"the Hessian is zero along {rays.Count} rays into the bounds, and along each f rises: {found}");
    }

    private FreeSpace Space(int[] variables)
    {
        FreeSpace space = new(_oracle, _bounds, variables, _x);
        space.Linearize(space.Part(_x), new double[variables.Length]);
        return space;
    }

    // By the variables with zero multipliers, all of them counted into the bounds, with the free ones following.
    private double[,]? Schur()
    {
        int[] free = [.. Enumerable.Range(0, _both.Length).Except(_weak)];
        double[][] lines = [.. free.Select(k => Unit(_both.Length, k, 1))],
            axes = [.. _weak.Select((k, i) => Unit(_both.Length, k, _side[i]))];
        double[,] s = Copositivity.Form(_hessian, axes, axes);
        if (free.Length == 0)
            return s;
        DenseSymmetric form = new(Copositivity.Form(_hessian, lines, lines));
        if (!(form.Values[0] > _error))
            return null;
        double[,] mixed = Copositivity.Form(_hessian, lines, axes);
        double[] v = new double[free.Length], parts = new double[axes.Length];
        for (int k = 0; k < free.Length; k++)
        {
            form.CopyVector(k, v);
            for (int i = 0; i < axes.Length; i++)
            {
                parts[i] = 0;
                for (int j = 0; j < v.Length; j++)
                    parts[i] += v[j] * mixed[j, i];
            }
            for (int i = 0; i < axes.Length; i++)
            {
                for (int j = 0; j < axes.Length; j++)
                    s[i, j] -= parts[i] * parts[j] / form.Values[k];
            }
        }
        return s;
    }

    // To within the error.
    private bool IsCopositive(double[,] s)
    {
        double[,] raised = (double[,])s.Clone();
        int m = s.GetLength(0);
        for (int i = 0; i < m; i++)
            raised[i, i] += 10 * _error;
        return Copositivity.Decide(raised, [.. Enumerable.Range(0, m).Select(i => Unit(m, i, 1))], _error, out _) == true;
    }

    // d ≥ 0 of length 1 with dᵀSd = 0, on as few variables as can be.
    private List<double[]> Zeros(double[,] s)
    {
        List<double[]> zeros = [];
        List<int> supports = [];
        int m = s.GetLength(0);
        foreach (int support in Enumerable.Range(1, (1 << m) - 1).OrderBy(int.PopCount))
        {
            if (supports.Exists(smaller => (smaller & support) == smaller))
                continue;
            int[] on = [.. Enumerable.Range(0, m).Where(i => (support >> i & 1) == 1)];
            DenseSymmetric part = new(Copositivity.Form(s, [.. on.Select(i => Unit(m, i, 1))], [.. on.Select(i => Unit(m, i, 1))]));
            if (Math.Abs(part.Values[0]) > 10 * _error)
                continue;
            double[] v = new double[on.Length], d = new double[m];
            part.CopyVector(0, v);
            double sign = v.Sum() < 0 ? -1 : 1;
            for (int i = 0; i < on.Length; i++)
                d[on[i]] = sign * v[i];
            if (on.Any(i => d[i] <= Zero))
                continue;
            zeros.Add(d);
            supports.Add(support);
        }
        return zeros;
    }

    private (bool Rises, string Found) Along(double[] ray, double[,] s)
    {
        List<int> variables = [.. _face.Free ?? []];
        for (int i = 0; i < ray.Length; i++)
        {
            double pull = 0;
            for (int j = 0; j < ray.Length; j++)
                pull += s[i, j] * ray[j];
            if (ray[i] > 0 || pull <= 10 * _error)
                variables.Add(_face.Weak[i]);
        }
        variables.Sort();
        FreeSpace space = Space([.. variables]);
        double[] z = space.Part(_x), gradient = new double[z.Length];
        double value = space.Linearize(z, gradient);
        DenseCurvature h = new(space.DenseHessian());
        if (Math.Abs(h.Values[0]) > 10 * _error || h.Dimension > 1 && !(h.Values[1] > 10 * _error))
            return (false, "along a ray on which it is zero other directions are level too");
        double[] n = h.EigenvectorRows[0];
        double into = 0;
        for (int i = 0; i < ray.Length; i++)
        {
            int k = variables.IndexOf(_face.Weak[i]);
            into += k < 0 ? 0 : ray[i] * _side[i] * n[k];
        }
        double[] direction = [.. n.Select(v => into < 0 ? -v : v)];
        double least = h.Dimension > 1 ? h.Values[1] : 0;
        NullSpace kernel = new([direction], h.Dimension > 1 ? 1 : 0, h.Error, least, (b, y) => h.ApplyPseudoInverse(b, 0.999 * least, y));
        NullSpaceJet jet = NullSpaceJet.Along(direction, space, kernel);
        double q = Math.Abs(jet.Quartic), rounding = 4 * q * ReductionRatio.UnitRoundOff * Vectors.Norm(z);
        double allowed = Math.Max(rounding, 4 * Math.Cbrt(q) * Math.Cbrt(q) * Math.Cbrt(6 * Vectors.Norm(gradient))) + jet.CubicError;
        int order = Math.Abs(jet.Cubic) > allowed ? 3 : Math.Abs(jet.Quartic) > jet.QuarticError ? 4 : 0;
        string what = $"along a ray into the bounds on which the Hessian is zero the third derivative is {jet.Cubic:G4} (± {allowed:G2}) and the fourth, with the bend of the valley, {jet.Quartic:G4} (± {jet.QuarticError:G2})";
        double confirmed = order == 0 ? 0 : new CurveProbe(space, z, value, gradient, h.Error).Confirm(jet, order, 1);
        if (confirmed == 0)
            return (false, order == 0 ? what : $"{what}, but f itself does not bear it out beyond rounding");
        bool rises = (order == 3 ? jet.Cubic : jet.Quartic) > 0;
        if (!rises)
            Descent = Escape.Along(space, z, gradient, jet, confirmed);
        return (rises, $"{what}, as f bears out");
    }

    private static double[] Unit(int length, int index, double sign)
    {
        double[] unit = new double[length];
        unit[index] = sign;
        return unit;
    }
}
