using AutoDiff.Optim.CriticalPoints.Pieces;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The examination of one point that a minimizer converged to (or that a user asks about).</summary>
internal sealed class Examination(Oracle oracle, VerdictOptions options, Bounds? bounds, RandomStream random)
{
    // No kink farther off than this is the point's.
    private const double FarthestKink = 1e-6;

    // A kink that so many of the Newton steps which are left would reach leaves nothing to say: the steps are those of one piece.
    private const double StepsToKink = 10;

    // How often variables may be put onto their bounds.
    private const int MostRounds = 4;

    private RandomStream _random = random;
    private readonly KinkExamination _kinks = new(oracle, options, bounds);
    private Escape? _escape;
    private double _error, _reach;

    /// <summary>
    /// Polishes x, bounds the Hessian's spectrum there, and decides, by higher orders if it must. What ends it early (cancellation, a
    /// limit, a product that is not finite) is told in the verdict. Afterwards the oracle is linearized at the verdict's point.
    /// </summary>
    /// <param name="x">The point, which is not changed.</param>
    /// <param name="lowCurvature">A direction to begin with; may be empty.</param>
    /// <param name="cost">How many gradients and products the minimization took, for the budget; null: there was none.</param>
    public CriticalPoint Examine(ReadOnlySpan<double> x, ReadOnlySpan<double> lowCurvature, long? cost)
    {
        ProductBudget products = new(oracle, options.MaxProducts ?? ProductBudget.Usual(cost, x.Length, options.DenseLimit));
        Findings findings = new(x.ToArray(), options.FailureProbability);
        _escape = null;
        Exception? before = oracle.LastException;
        oracle.Meter = new Meter(maxProducts: products.Limit) { Counts = oracle.Meter.Counts };
        try
        {
            Decide(findings, lowCurvature.ToArray(), products);
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end, products.Limit);
        }
        try
        {
            findings = _kinks.Examine(findings, _error, _reach, ref _random);
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end, products.Limit);
            findings.Doubt("whether kinks are near is not known");
        }
        try
        {
            oracle.Relinearize(findings.X);
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end, products.Limit);
        }
        if (oracle.LastException is { } e && e != before)
            findings.Tell($"The objective threw nearby ({e.GetType().Name}: {e.Message.TrimEnd('.')}); it counts as infinite there");
        return findings.ToCriticalPoint(oracle.Meter.Counts);
    }

    /// <summary>Whether a direction was found in which f should fall.</summary>
    public bool HasWayDown => _escape is not null || _kinks.Lower is not null;

    /// <summary>A point lower than the one examined, beyond rounding, along a direction that the examination found; null if there is
    /// none. Its evaluations belong to the minimization.</summary>
    /// <param name="point">The verdict.</param>
    /// <param name="error">What rounding may make of f.</param>
    public double[]? FindLower(CriticalPoint point, double error) => _kinks.Lower ?? _escape?.FindLower(point.Value, error);

    /// <summary>The verdict on a point whose gradient does not vanish, if pieces of f meet there of which it is the minimum or maximum;
    /// otherwise null.</summary>
    public CriticalPoint? ExamineKinks(ReadOnlySpan<double> x)
    {
        try
        {
            return _kinks.Rescue(x, ref _random)?.ToCriticalPoint(oracle.Meter.Counts);
        }
        catch (RunEnded)
        {
            return null;
        }
    }

    private void Decide(Findings findings, double[] lowCurvature, ProductBudget products)
    {
        double[] x = [.. findings.X], gradient = new double[x.Length];
        findings.Value = oracle.Linearize(x, gradient);
        findings.GradientNorm = Criticality(x, gradient);
        if (!double.IsFinite(findings.Value) || !Vectors.AreFinite(gradient))
        {
            findings.Tell("f or its gradient is not finite here");
            return;
        }
        if (bounds is not null)
            BoundApproach.ByGradient(oracle, bounds, x, gradient);
        bool[] held = new bool[bounds is null ? 0 : x.Length];
        MultiplierErrors errors;
        Face face;
        FreeSpace space;
        Polish polish;
        PolishEnd end;
        bool isDense;
        for (int round = 0; ; round++)
        {
            errors = bounds is null ? MultiplierErrors.None : MultiplierErrors.At(oracle, x, bounds, ref _random);
            face = bounds is null ? Face.Everything : Face.At(x, gradient, bounds, errors, held);
            space = new FreeSpace(oracle, bounds, face.Free, x) { Symmetry = options.Symmetry };
            double[] z = space.Part(x);
            if (options.Symmetry is not null)
                space.CheckInvariance(z, gradient, _random)?.Require(options.Symmetry);
            polish = new Polish(space, z);
            isDense = space.Dimension <= options.DenseLimit && products.Allows(space.Dimension);
            end = space.Dimension == 0 ? PolishEnd.AtRounding
                : polish.Run(isDense ? products.FormDense(space) : products.FormKrylov(space));
            if (bounds is null || round == MostRounds
                || BoundApproach.ByNewton(oracle, bounds, face, space, polish, x, held, _random) is not { } onBounds)
                break;
            x = onBounds;
            oracle.Linearize(x, gradient);
        }
        if (end == PolishEnd.Lost && !isDense)
            polish.Return(products.FormKrylov(space));
        double[] start = findings.X;
        findings.X = space.Full(polish.Point);
        findings.Value = space.Linearize(polish.Point, polish.Gradient);
        findings.GradientNorm = Criticality(findings.X, space.FullGradient);
        double moved = Vectors.Distance(findings.X, start);
        _error = ErrorOf(polish, moved, Vectors.Norm(findings.X));
        _reach = StepsToKink * Vectors.Norm(polish.Remaining);
        if (moved > 0)
            findings.Tell($"Polished by {polish.Steps} Newton steps, over a distance of {moved:G3}, to ‖g‖ = {findings.GradientNorm:G3}");
        if (bounds is not null)
        {
            Face after = Face.At(findings.X, space.FullGradient, bounds, errors.And(Vectors.Norm(polish.Gradient)));
            if (!(after.Free ?? []).AsSpan().SequenceEqual(face.Free ?? []))
            {
                findings.Tell("Polished, a variable leaves its bound or reaches one; which bounds hold is not settled");
                return;
            }
            face = after;
        }
        FaceVerdict verdict = new(findings, face, bounds, errors, oracle, options, end);
        if (space.Dimension == 0)
            verdict.AtVertex();
        else if (isDense && polish.Curvature is DenseCurvature)
            _escape = new DenseExamination(space, polish, end, verdict, products).Decide(ref _random);
        else
            _escape = new KrylovExamination(space, polish, end, verdict, products, options.FailureProbability)
                .Decide(lowCurvature.Length == 0 ? [] : space.Part(lowCurvature), ref _random);
        _escape ??= verdict.Descent;
        if (_escape is null && bounds is not null && face.Weak.Length > 0 && findings.Kind != CriticalPointKind.Minimum)
            _escape = LookWithin(findings, face, bounds);
    }

    // Variables with zero multipliers may leave their bounds: so may the point.
    private Escape? LookWithin(Findings findings, Face face, Bounds bounds)
    {
        int[] both = face.FreeAndWeak;
        if (both.Length > options.DenseLimit)
            return null;
        FeasibleDescent within = new(oracle, bounds, both, findings.X);
        if (within.Find(ref _random) is not { } escape)
            return null;
        string found = $"But within the bounds f is lower by {within.Drop:G3} at a distance of {within.Distance:G3}: it is no minimum";
        if (within.Rises)
            findings.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven, found);
        else
            findings.RuleOutMinimum(found);
        return escape;
    }

    // How far off the critical point may be: by the Newton step that is left, and if the steps did not contract fast by as much as they
    // have moved.
    private static double ErrorOf(Polish polish, double moved, double size) =>
        Math.Min(FarthestKink * Math.Max(1, size), Math.Max(StepsToKink * Vectors.Norm(polish.Remaining), polish.IsQuadratic ? 0 : moved));

    private double Criticality(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient) =>
        bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
}
