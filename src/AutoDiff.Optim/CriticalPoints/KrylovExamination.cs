using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The verdict by Lanczos, where the Hessian is too large to form.</summary>
internal sealed class KrylovExamination(FreeSpace space, Polish polish, PolishEnd end, FaceVerdict verdict, ProductBudget products, double failure)
{
    private const int StepsAlong = 10;

    private Findings Findings => verdict.Findings;

    /// <summary>The way down, if there is one.</summary>
    /// <param name="direction">One to begin with; empty if there is none.</param>
    /// <param name="random">For Lanczos' start.</param>
    public Escape? Decide(double[] direction, ref RandomStream random)
    {
        LanczosCertificate found = new(space.Hessian, failure);
        try
        {
            if (direction.Length > 0)
                found.LookAlong(direction, Math.Min(StepsAlong, products.ForLanczos / 4));
            if (!(found.IsNegativeProven && found.HasPositive))
                found.Run(ref random, products.ForLanczos, []);
        }
        finally
        {
            Report(found);
        }
        double low = found.Lowest.Value, high = found.Highest.Value;
        if (end == PolishEnd.Lost)
            return Unlocated.Decide(space, polish, found.Error, found.Lowest.Vector, low, high, verdict);
        if (found.HasNegative && found.HasPositive)
            verdict.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven, $"Directions of curvature {low:G6} and {high:G6} are at hand, beyond an error of {found.Error:G2}; there may be lower ones");
        else if (found.IsPositiveLikely)
            verdict.Decide(CriticalPointKind.Minimum, CriticalPointProof.Probable, $"{found.Steps} Lanczos steps from a random start leave no eigenvalue below {found.LowerBound:G4}, with probability 1 − {failure:G2}");
        else if (found.IsNegativeLikely)
            verdict.Decide(CriticalPointKind.Maximum, CriticalPointProof.Probable, $"{found.Steps} Lanczos steps from a random start leave no eigenvalue above {found.UpperBound:G4}, with probability 1 − {failure:G2}");
        else if (found.HasNegative)
            Findings.Tell($"It is no minimum: there is a direction of curvature {low:G6}. Whether any is positive {found.Steps} Lanczos steps have not shown");
        else
            Findings.Tell($"{found.Steps} Lanczos steps found no negative curvature (least {low:G4}), and could not rule out eigenvalues down to {found.LowerBound:G4}. More products (MaxProducts) tell more");
        return found.HasNegative ? Escape.Along(space, polish.Point, polish.Gradient, found.Lowest.Vector, low) : null;
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
