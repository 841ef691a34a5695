using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The verdict by Lanczos, where the Hessian is too large to form.</summary>
internal sealed class KrylovExamination(
    FreeSpace space, Polish polish, PolishEnd end, FaceVerdict verdict, ProductBudget products, double failure)
{
    private const int StepsAlong = 10, MostNullVectors = 8;

    // A least curvature of this part of the greatest is not looked at again.
    private const double NotSmall = 0.01;

    // How many roundings of the products count as zero.
    private const double Rounded = 1000;

    // A null vector's residual, and that of the equations on its complement, relative to what they are made of.
    private const double Converged = 1e-8;

    private Findings Findings => verdict.Findings;

    /// <summary>The way down, if there is one.</summary>
    /// <param name="direction">One to begin with; empty if there is none.</param>
    /// <param name="random">For Lanczos' start.</param>
    public Escape? Decide(double[] direction, ref RandomStream random)
    {
        double[][] zeroModes = SettleSymmetry(random);
        LanczosCertificate found = new(space.Hessian, failure, zeroModes);
        try
        {
            if (direction.Length > 0)
                found.LookAlong(direction, Math.Min(StepsAlong, products.ForLanczos / 16));
            if (!(found.IsNegativeProven && found.HasPositive))
                found.Run(ref random, products.ForLanczos, []);
        }
        finally
        {
            Report(found);
        }
        double low = found.Lowest.Value, high = found.Highest.Value;
        // Without a Newton step the gradient and the least curvature tell how far off the critical point is.
        bool isLocated = end != PolishEnd.Lost && (end != PolishEnd.Interrupted || polish.Steps > 0) || IsNear(found);
        if (end == PolishEnd.Lost && !isLocated)
            return Unlocated.Decide(space, polish, found.Error, found.Lowest, found.Highest, verdict);
        // A nearly singular Hessian beside a singular one is believed only where the third and fourth derivatives cannot make it singular
        // on the way.
        if (found.HasPositive && !(found.IsPositiveLikely && found.LowerBound > NotSmall * high && polish.IsQuadratic))
        {
            double error = found.Lowest.Error
                + PositionError.Of(space, polish, found.Lowest.Vector, Math.Max(Math.Abs(low), found.Error), products);
            if (double.IsPositiveInfinity(error))
            {
                Findings.Tell($"The least curvature that {found.Steps} Lanczos steps found is {low:G4}; whether it is zero was not looked at, for which {products.Limit} products left no room. {Needed(found)}");
                return WayDown(found);
            }
            if (Math.Abs(low) <= error)
            {
                if (NullSpaceBeside(ref found, error, zeroModes, ref random) is { } kernel)
                    return ByHigherOrder(kernel, ref random);
                if (found.Lowest.Value < -Math.Max(error, found.Lowest.Error))
                {
                    Report(found);
                    verdict.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven,
                        $"But directions of curvature {found.Lowest.Value:G6} and {high:G6} are at hand; there may be lower ones");
                }
                return WayDown(found);
            }
        }
        if (found.HasNegative && found.HasPositive)
            verdict.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven,
                $"Directions of curvature {low:G6} and {high:G6} are at hand, beyond an error of {found.Error:G2}; there may be lower ones");
        else if (found.IsPositiveLikely && isLocated)
            verdict.Decide(CriticalPointKind.Minimum, CriticalPointProof.Probable,
                $"{found.Steps} Lanczos steps from a random start leave no eigenvalue below {found.LowerBound:G4}, with probability 1 − {failure:G2}");
        else if (found.IsNegativeLikely && isLocated)
            verdict.Decide(CriticalPointKind.Maximum, CriticalPointProof.Probable,
                $"{found.Steps} Lanczos steps from a random start leave no eigenvalue above {found.UpperBound:G4}, with probability 1 − {failure:G2}");
        else if (found.HasNegative)
            Findings.RuleOutMinimum(
                $"It is no minimum: there is a direction of curvature {low:G6}. Whether any is positive {found.Steps} Lanczos steps have not shown");
        else
            Findings.Tell($"{found.Steps} Lanczos steps found no negative curvature (least {low:G4}), with eigenvalues down to {found.LowerBound:G4} not ruled out{(!isLocated ? ", and the point could not be polished" : "")}. {Needed(found)}");
        return WayDown(found);
    }

    private Escape? WayDown(LanczosCertificate found) =>
        found.HasNegative ? Escape.Along(space, polish.Point, polish.Gradient, found.Lowest.Vector, found.Lowest.Value) : null;

    // The tangents of a symmetry, declared or found, along which the products are zero to rounding: as many products.
    private double[][] SettleSymmetry(RandomStream random)
    {
        bool isDeclared = space.Symmetry is not null;
        if (!isDeclared && space.CheckInvariance(polish.Point, polish.Gradient, random) is { } check)
            space.Symmetry = SymmetryDetector.Find(check, space.Dimension);
        space.Linearize(polish.Point, polish.Gradient);
        if (space.Complement()?.Vectors is not { } modes || !products.Allows(modes.Length + 1))
            return [];
        double[] w = new double[space.Dimension];
        random.FillSigns(w);
        space.Hessian.Apply(w, w);
        double scale = Vectors.Norm(w), coupling = 0;
        foreach (double[] mode in modes)
        {
            space.Hessian.Apply(mode, w);
            coupling = Math.Max(coupling, Vectors.Norm(w));
        }
        double allowed = Rounded * ReductionRatio.UnitRoundOff * scale + Math.Sqrt(space.Dimension) * Vectors.Norm(polish.Gradient);
        if (coupling > allowed)
        {
            if (isDeclared)
                Findings.Refuse(space.Symmetry!, coupling, allowed);
            space.Symmetry = Symmetry.None;
            return [];
        }
        Findings.TakeOut(modes.Length, space.Symmetry!, isDeclared, coupling);
        return modes;
    }

    // Null vectors one after the other, each run kept away from those before, until what is left is positive definite.
    private NullSpace? NullSpaceBeside(ref LanczosCertificate found, double error, double[][] zeroModes, ref RandomStream random)
    {
        List<double[]> basis = [];
        double norm = found.Highest.Value, residual = 0;
        while (basis.Count < MostNullVectors && found.Lowest.Error <= Converged * norm && Math.Abs(found.Lowest.Value) <= error)
        {
            Findings.IsDegenerate = true;
            basis.Add(found.Lowest.Vector);
            residual = Math.Max(residual, found.Lowest.Error);
            found = new LanczosCertificate(space.Hessian, failure, zeroModes);
            found.Run(ref random, products.ForLanczos, basis);
            if (found.Lowest.Vector.Length == 0)
                break;
            if (found.IsPositiveLikely && found.LowerBound > error)
            {
                Findings.Tell($"{basis.Count} eigenvalues are zero to working accuracy ({error:G2}); the others lie above {found.LowerBound:G4} with probability 1 − {failure:G2}");
                KrylovCurvature range = new(space.Hessian, products.ForLanczos, [.. zeroModes, .. basis], Converged);
                return new NullSpace([.. basis], 1, residual, found.LowerBound, (b, y) =>
                {
                    range.NewtonStep(b, 0, y);
                    Vectors.Negate(y, y);
                });
            }
        }
        Findings.Tell(basis.Count == 0
            ? $"{found.Steps} Lanczos steps found no negative curvature; the least, {found.Lowest.Value:G4}, is uncertain by {error:G2}. {Needed(found)}"
            : $"{basis.Count} eigenvalues are zero to working accuracy, and {products.Limit} products did not tell them from the rest; up to {space.Dimension} for each may (MaxProducts)");
        return null;
    }

    // ‖g‖/λ bounds the distance of the critical point, as far as the curvature does not change much over it.
    private bool IsNear(LanczosCertificate found)
    {
        if (!found.IsPositiveLikely && !found.IsNegativeLikely)
            return false;
        double least = found.IsPositiveLikely ? found.LowerBound : -found.UpperBound, distance = Vectors.Norm(polish.Gradient) / least;
        double[] weakest = found.IsPositiveLikely ? found.Lowest.Vector : found.Highest.Vector;
        return PositionError.Within(space, distance, weakest, products) < 0.5 * least;
    }

    private string Needed(LanczosCertificate found) => found.Needed(failure) is { } steps
        ? $"If the least is what it seems, {steps} steps would have told (MaxProducts)"
        : $"Up to {space.Dimension} steps tell more (MaxProducts)";

    private Escape? ByHigherOrder(NullSpace kernel, ref RandomStream random)
    {
        double uncertainty = Vectors.Norm(polish.Remaining) * (polish.IsQuadratic ? 1 : 3);
        HigherOrderVerdict found =
            new HigherOrder(space, polish.Point, polish.Value, polish.Gradient, uncertainty, kernel, products).Decide(ref random);
        bool isLikely = found.Kind == CriticalPointKind.Minimum && found.Proof == CriticalPointProof.Proven;
        verdict.Decide(found.Kind, isLikely ? CriticalPointProof.Probable : found.Proof, found.Found);
        return found.Descent is null ? null : Escape.Along(space, polish.Point, polish.Gradient, found.Descent, found.DescentLength);
    }

    private void Report(LanczosCertificate found)
    {
        if (found.Lowest.Vector.Length == 0)
            return;
        Findings.Lowest = found.Lowest with { Vector = space.Direction(found.Lowest.Vector) };
        Findings.Highest = found.Highest with { Vector = space.Direction(found.Highest.Vector) };
        Findings.Resolution = double.IsFinite(found.LowerBound) ? Math.Max(0, -found.LowerBound) : double.NaN;
        Findings.Tell("The residual of a Ritz pair proves that some eigenvalue lies so near, not that it is the extreme one");
    }
}
