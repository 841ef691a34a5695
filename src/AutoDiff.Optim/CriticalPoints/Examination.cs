using AutoDiff.Optim.CriticalPoints.Pieces;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The examination of one point that a minimizer converged to (or that a user asks about).</summary>
internal sealed class Examination(Oracle oracle, VerdictOptions options, Bounds? bounds, RandomStream random)
{
    private const int LeastProducts = 50;

    // No kink farther off than this is the point's.
    private const double FarthestKink = 1e-6;

    private RandomStream _random = random;
    private readonly KinkExamination _kinks = new(oracle, options, bounds);
    private Escape? _escape;
    private double _error;

    /// <summary>
    /// Polishes x, bounds the Hessian's spectrum there, and decides, by higher orders if it must. What ends it early (cancellation, a
    /// limit, a product that is not finite) is told in the verdict. Afterwards the oracle is linearized at the verdict's point.
    /// </summary>
    /// <param name="x">The point, which is not changed.</param>
    /// <param name="lowCurvature">A direction to begin with; may be empty.</param>
    /// <param name="products">How many products the minimization took, for the budget.</param>
    public CriticalPoint Examine(ReadOnlySpan<double> x, ReadOnlySpan<double> lowCurvature, long products)
    {
        Findings findings = new(x.ToArray(), options.FailureProbability);
        _escape = null;
        oracle.Meter = new Meter(maxProducts: options.MaxProducts) { Counts = oracle.Meter.Counts };
        try
        {
            Decide(findings, lowCurvature.ToArray(), (int)Math.Min(int.MaxValue, Math.Max(LeastProducts, 2 * products)));
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end);
        }
        try
        {
            findings = _kinks.Examine(findings, _error, ref _random);
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end);
            findings.Doubt("whether kinks are near is not known");
        }
        try
        {
            oracle.Relinearize(findings.X);
        }
        catch (RunEnded end)
        {
            findings.Interrupt(end);
        }
        return findings.ToCriticalPoint(oracle.Meter.Counts);
    }

    /// <summary>A point lower than the one examined, beyond rounding, along a direction that the examination found; null if there is
    /// none. Its evaluations belong to the minimization.</summary>
    public double[]? FindLower(CriticalPoint point) => _kinks.Lower ?? _escape?.FindLower(point.Value);

    /// <summary>The verdict on a point whose gradient does not vanish, if pieces of f meet there of which it is the minimum or maximum; otherwise null.</summary>
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

    private void Decide(Findings findings, double[] lowCurvature, int budget)
    {
        double[] x = findings.X, gradient = new double[x.Length];
        findings.Value = oracle.Linearize(x, gradient);
        findings.GradientNorm = Criticality(x, gradient);
        if (!double.IsFinite(findings.Value) || !Vectors.AreFinite(gradient))
        {
            findings.Tell("f or its gradient is not finite here");
            return;
        }
        double rounding = bounds is null ? 0 : Face.Rounding(oracle, x, bounds, ref _random);
        Face face = bounds is null ? Face.Everything : Face.At(x, gradient, bounds, rounding);
        FreeSpace space = new(oracle, bounds, face.Free, x) { Symmetry = options.Symmetry };
        double[] z = space.Part(x);
        ProductBudget products = new(oracle, options.MaxProducts, budget);
        if (options.Symmetry is not null)
            space.CheckInvariance(z, gradient, _random)?.Require(options.Symmetry);
        Polish polish = new(space, z);
        bool isDense = space.Dimension <= options.DenseLimit && products.Allows(space.Dimension);
        PolishEnd end = space.Dimension == 0 ? PolishEnd.AtRounding : polish.Run(isDense ? products.FormDense(space) : products.FormKrylov(space));
        if (end == PolishEnd.Lost && !isDense)
            polish.Return(products.FormKrylov(space));
        findings.X = space.Full(polish.Point);
        findings.Value = space.Linearize(polish.Point, polish.Gradient);
        findings.GradientNorm = Criticality(findings.X, space.FullGradient);
        _error = ErrorOf(polish, Vectors.Distance(findings.X, x), Vectors.Norm(findings.X));
        if (polish.Steps > 0)
            findings.Tell($"Polished by {polish.Steps} Newton steps, over a distance of {Vectors.Distance(findings.X, x):G3}, to ‖g‖ = {findings.GradientNorm:G3}");
        if (bounds is not null)
        {
            Face after = Face.At(findings.X, space.FullGradient, bounds, rounding + Vectors.Norm(polish.Gradient));
            if ((after.Free?.Length ?? x.Length) != space.Dimension)
            {
                findings.Tell("Polished, a variable leaves its bound or reaches one; which bounds hold is not settled");
                return;
            }
            face = after;
        }
        FaceVerdict verdict = new(findings, face, bounds, rounding, oracle, options, end);
        if (space.Dimension == 0)
            verdict.AtVertex();
        else if (isDense && polish.Curvature is DenseCurvature)
            _escape = new DenseExamination(space, polish, end, verdict, products).Decide(ref _random);
        else
            _escape = new KrylovExamination(space, polish, end, verdict, products, options.FailureProbability)
                .Decide(lowCurvature.Length == 0 ? [] : space.Part(lowCurvature), ref _random);
    }

    // How far off the critical point may be: by the Newton step that is left, and if the steps did not contract fast by as much as they have moved.
    private static double ErrorOf(Polish polish, double moved, double size) =>
        Math.Min(FarthestKink * Math.Max(1, size), Math.Max(10 * Vectors.Norm(polish.Remaining), polish.IsQuadratic ? 0 : moved));

    private double Criticality(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient) => bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
}
