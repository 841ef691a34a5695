using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The verdict from the whole spectrum: inertia, and higher orders where it is not enough.</summary>
internal sealed partial class DenseExamination(FreeSpace space, Polish polish, PolishEnd end, FaceVerdict verdict, ProductBudget products)
{
    private const int MostRefits = 3, MostValleySteps = 12, RandomPaths = 2;
    private const double FarthestRemaining = 0.01;

    // Eigenvalues up to this multiple of their error make a symmetry worth looking for.
    private const double NearlyZero = 100;

    private readonly bool _isDeclared = space.Symmetry is not null;
    private Polish _polish = polish;
    private PolishEnd _end = end;
    private double _noise;
    private bool _hasFallen;

    private DenseCurvature H => (DenseCurvature)_polish.Curvature!;

    private Findings Findings => verdict.Findings;

    /// <summary>The way down, if there is one.</summary>
    public Escape? Decide(ref RandomStream random)
    {
        Report();
        Measure(ref random);
        SettleSymmetry(random);
        if (IsLost && !LocateByJet())
            return ByScaling(ref random, out Escape? descent, out _) ? descent : Lost(ref random);
        for (int refit = 0; ; refit++)
        {
            bool[] isZero = FindZeros(out double error);
            (int negative, int zeros, int positive) = Count(isZero);
            Report();
            bool isInertial = negative > 0 && positive > 0 || zeros == 0;
            if (isInertial && IsStillShrinking)
                return Undecided(negative);
            if (isInertial)
                return ByInertia(negative, zeros, positive, "");
            double[]? lower = null;
            if (refit == 0 && ByScaling(ref random, out Escape? descent, out lower))
                return descent;
            if (lower is not null && GoTo(lower))
            {
                Measure(ref random);
                continue;
            }
            NullSpace kernel = Kernel(isZero, Math.Sign(positive - negative), error);
            if (refit > MostRefits || zeros > 1 || !Refit(kernel))
                return ByHigherOrder(kernel, ref random);
            Measure(ref random);
        }
    }

    // Steps that are down to rounding cannot contract any more.
    private bool IsLost => _end == PolishEnd.Lost && !NewtonKantorovich.Holds(space, _polish.Point, _polish.Remaining, H, products);

    // Steps that shrink slowly may have a long way to go yet, over which the Hessian changes: what it is at the critical point is not
    // known.
    private bool IsStillShrinking =>
        _end == PolishEnd.Contracting && !_polish.IsQuadratic
        && !NewtonKantorovich.Holds(space, _polish.Point, _polish.Remaining, H, products);

    private Escape? Undecided(int negative)
    {
        Findings.Tell("Newton steps still shrink, slowly, and the Hessian changes by a good part over one of them: which signs its eigenvalues have where they lead is not known");
        return negative == 0 ? null : Escape.Along(space, _polish.Point, _polish.Gradient, H.EigenvectorRows[0], H.Values[0]);
    }

    // A gradient at rounding locates nothing where the model's own critical point lies a good part of the way to the origin: f may level
    // off towards infinity there.
    private bool IsFarFromItsModel
    {
        get
        {
            double[] step = new double[_polish.Point.Length];
            H.ApplyPseudoInverse(_polish.Gradient, H.Error, step);
            double size = Vectors.Norm(_polish.Point);
            return size > 0 && Vectors.Norm(step) > FarthestRemaining * size;
        }
    }

    private void Measure(ref RandomStream random) => _noise = HessianNoise.Measure(space, _polish.Point, H, ref random);

    private Escape? Lost(ref RandomStream random)
    {
        _polish.Return(products.FormDense(space));
        Locate();
        if (_polish.Curvature is not DenseCurvature)
        {
            Findings.Tell("Newton steps do not contract, so no critical point has been located, and there are no products left to look closer");
            return null;
        }
        Measure(ref random);
        Report();
        return Unlocated.Decide(
            space, _polish, Findings.Lowest.Error, new(H.Values[0], H.Error, H.EigenvectorRows[0]),
            new(H.Values[^1], H.Error, H.EigenvectorRows[^1]), verdict);
    }

    // In units in which H is well scaled the variables may be polished further and the inertia may show: Sylvester's law leaves it as it
    // is. If it does not, f may still have fallen, so that the point was not critical.
    private bool ByScaling(ref RandomStream random, out Escape? descent, out double[]? lower)
    {
        (descent, lower) = (null, null);
        double[] units = H.Equilibrate();
        if (Array.TrueForAll(units, unit => unit == 1) || !products.Allows(4 * H.Dimension) || !IsPromising(H.In(units)))
            return false;
        FreeSpace scaled = space.In(units);
        Polish further = new(scaled, scaled.Part(space.Full(_polish.Point)));
        DenseExamination examination = new(scaled, further, PolishFurther(further, products.FormDenseFromHalf(scaled)), verdict, products);
        double[] x = scaled.Full(further.Point);
        string where = $", in variables measured in units from {units.Min():G2} to {units.Max():G2}";
        if (further.Curvature is DenseCurvature h && examination.DecideByInertia(where, ref random, out descent))
        {
            (Findings.X, Findings.Value, Findings.GradientNorm) = (x, further.Value, scaled.GradientNorm);
            Report(h.In([.. units.Select(unit => 1 / unit)]));
            return true;
        }
        if (further.Value < _polish.Value - 10 * ReductionRatio.UnitRoundOff * (Math.Abs(_polish.Value) + Math.Abs(further.Value)))
            lower = space.Part(x);
        space.Linearize(_polish.Point, _polish.Gradient);
        return false;
    }

    // Some eigenvalues of both signs, or none that is zero to rounding.
    private static bool IsPromising(DenseCurvature h) =>
        h.Values[0] < -h.Error && h.Values[^1] > h.Error || Array.TrueForAll(h.Values, value => Math.Abs(value) > h.Error);

    // While f falls by more than rounding the point is not critical, however small the gradient.
    private static PolishEnd PolishFurther(Polish further, Func<Curvature?> form)
    {
        PolishEnd end = further.Run(form);
        for (int i = 0; i < MostValleySteps && !further.IsQuadratic && further.Curvature is DenseCurvature h && h.Values[0] > h.Error
            && further.FollowValley(form); i++)
            end = further.Run(form);
        return end;
    }

    private bool DecideByInertia(string where, ref RandomStream random, out Escape? descent)
    {
        descent = null;
        Measure(ref random);
        if (IsLost || IsFarFromItsModel || !verdict.HoldsAt(space, _polish.Point))
            return false;
        (int negative, int zeros, int positive) = Count(FindZeros(out _));
        if (zeros > 0 && (negative == 0 || positive == 0) || !SecantCheck.Holds(space, _polish.Point, _polish.Gradient, H, products))
            return false;
        descent = ByInertia(negative, zeros, positive, where);
        return true;
    }

    private bool GoTo(double[] z)
    {
        Polish there = new(space, z);
        there.Return(products.FormDense(space));
        if (there.Curvature is not DenseCurvature || !verdict.HoldsAt(space, z))
        {
            space.Linearize(_polish.Point, _polish.Gradient);
            return false;
        }
        _polish = there;
        _hasFallen = true;
        Locate();
        Findings.Tell($"f still fell by more than rounding to a point beside, with ‖g‖ = {Findings.GradientNorm:G3}");
        return true;
    }

    // Where an eigenvalue passes through zero beside a degenerate point, Newton's steps go astray; the jet does not divide by it.
    private bool LocateByJet()
    {
        bool[] isZero = FindZeros(out double error);
        (int negative, int zeros, int positive) = Count(isZero);
        return zeros == 1 && (negative == 0 || positive == 0) && Refit(Kernel(isZero, Math.Sign(positive - negative), error));
    }

    private (int Negative, int Zero, int Positive) Count(bool[] isZero)
    {
        int negative = 0, positive = 0;
        for (int i = 0; i < isZero.Length; i++)
        {
            if (!isZero[i])
                _ = H.Values[i] < 0 ? negative++ : positive++;
        }
        return (negative, isZero.Length - negative - positive, positive);
    }

    private Escape? ByInertia(int negative, int zeros, int positive, string where)
    {
        Findings.Index = zeros == 0 ? negative : null;
        Findings.Resolution = zeros == 0 ? 0 : double.NaN;
        CriticalPointKind kind = negative == 0 ? CriticalPointKind.Minimum : positive == 0 ? CriticalPointKind.Maximum
            : CriticalPointKind.Saddle;
        verdict.Decide(kind, ProofOf(kind),
            $"The Hessian of {H.Values.Length} variables, formed and decomposed, has {negative} negative, {zeros} zero and {positive} positive eigenvalues{where}, beyond an error of {H.Error + _noise:G2}");
        return negative == 0 ? null : Escape.Along(space, _polish.Point, _polish.Gradient, H.EigenvectorRows[0], H.Values[0]);
    }

    // A symmetry that was only found makes a minimum or a maximum a numerical finding.
    private CriticalPointProof ProofOf(CriticalPointKind kind) =>
        H.ZeroModes == 0 || _isDeclared || kind == CriticalPointKind.Saddle ? CriticalPointProof.Proven : CriticalPointProof.Numerical;

    private Escape? ByHigherOrder(NullSpace kernel, ref RandomStream random)
    {
        Findings.IsDegenerate = true;
        Findings.Tell($"{kernel.Dimension} of {H.Values.Length} eigenvalues are zero to working accuracy (error {kernel.Error:G2})");
        double uncertainty = Vectors.Norm(_polish.Remaining) * (_polish.IsQuadratic ? 1 : 3);
        HigherOrderVerdict found =
            new HigherOrder(space, _polish.Point, _polish.Value, _polish.Gradient, uncertainty, kernel, products).Decide(ref random);
        bool isProven = found.Proof != CriticalPointProof.Proven || ProofOf(found.Kind) == CriticalPointProof.Proven;
        verdict.Decide(found.Kind, isProven ? found.Proof : CriticalPointProof.Numerical, found.Found);
        bool isManifold = found.Flattest is not null && LookForManifold(kernel, found.Flattest.Direction, random);
        // Negative curvature beyond its error is a way down, whatever the null space has to say.
        if (kernel.RangeSign < 0)
        {
            if (found.Kind == CriticalPointKind.Undecided && !isManifold)
                Findings.RuleOutMinimum(
                    $"It is no minimum in any case: there is a direction of curvature {H.Values[0]:G6}, beyond an error of {H.Error + _noise:G2}");
            return Escape.Along(space, _polish.Point, _polish.Gradient, H.EigenvectorRows[0], H.Values[0]);
        }
        return found.Descent is null ? null : Escape.Along(space, _polish.Point, _polish.Gradient, found.Descent, found.DescentLength);
    }

    // |λ| in ascending order: zero within the error of the decomposition, or of the point's position.
    private bool[] FindZeros(out double error)
    {
        int n = H.Values.Length;
        int[] order = new int[n];
        double[] size = new double[n];
        for (int i = 0; i < n; i++)
            (order[i], size[i]) = (i, Math.Abs(H.Values[i]));
        Array.Sort(size, order);
        bool[] isZero = new bool[n];
        error = H.Error;
        for (int k = 0; k < n; k++)
        {
            if (size[k] > H.Error)
            {
                if (size[k] > H.Error + _noise
                    && (!PositionError.IsInDoubt(_polish, size[k], H.Norm)
                    || size[k] > H.Error + _noise + PositionError.Of(space, _polish, H.EigenvectorRows[order[k]], products)))
                    break;
                error = Math.Max(error, size[k]);
            }
            isZero[order[k]] = true;
        }
        return isZero;
    }

    private NullSpace Kernel(bool[] isZero, int sign, double error)
    {
        List<double[]> basis = [];
        double least = double.PositiveInfinity;
        for (int i = 0; i < isZero.Length; i++)
        {
            if (isZero[i])
                basis.Add(H.EigenvectorRows[i]);
            else
                least = Math.Min(least, Math.Abs(H.Values[i]));
        }
        DenseCurvature h = H;
        return new NullSpace([.. basis], sign, error, least, (b, y) => h.ApplyPseudoInverse(b, 0.999 * least, y));
    }

    // The jet's cubic vanishes at t* = −C/Q, where the degenerate point is if there is one: no farther than Q and the gradient say.
    private bool Refit(NullSpace kernel)
    {
        if (!products.Allows(3 * H.Dimension + 50))
            return false;
        NullSpaceJet jet = NullSpaceJet.Along(kernel.Basis[0], space, kernel);
        double shift = -jet.Cubic / jet.Quartic, far = 4 * Math.Cbrt(6 * Vectors.Norm(_polish.Gradient) / Math.Abs(jet.Quartic));
        if (Math.Abs(jet.Cubic) <= jet.CubicError || Math.Abs(jet.Quartic) <= jet.QuarticError || !(Math.Abs(shift) <= far))
            return false;
        double[] z = new double[_polish.Point.Length];
        jet.Move(_polish.Point, shift, z);
        Polish shifted = new(space, z);
        if (double.IsFinite(shifted.Value) && shifted.Run(products.FormDense(space)) != PolishEnd.Lost
            && shifted.Curvature is DenseCurvature && Vectors.Distance(shifted.Point, z) <= Math.Abs(shift))
        {
            _polish = shifted;
            Locate();
            Findings.Tell($"Moved by {Math.Abs(shift):G3} along the null direction to where the third derivative vanishes; ‖g‖ = {Findings.GradientNorm:G3}");
            return true;
        }
        space.Linearize(_polish.Point, _polish.Gradient);
        return false;
    }

    private void Locate()
    {
        Findings.X = space.Full(_polish.Point);
        Findings.Value = _polish.Value;
        Findings.GradientNorm = space.GradientNorm;
    }

    private void Report() => Report(H);

    private void Report(DenseCurvature h)
    {
        Findings.Lowest = new RitzPair(h.Values[0], h.Error + _noise, space.Direction(h.EigenvectorRows[0]));
        Findings.Highest = new RitzPair(h.Values[^1], h.Error + _noise, space.Direction(h.EigenvectorRows[^1]));
    }
}
