using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Turns what holds of the free variables into the verdict on the point, bounds included.</summary>
internal sealed class FaceVerdict(
    Findings findings, Face face, Bounds? bounds, MultiplierErrors errors, Oracle oracle, VerdictOptions options, PolishEnd end)
{
    public Findings Findings => findings;

    /// <summary>A way down into the bounds, if one was found.</summary>
    public Escape? Descent { get; private set; }

    /// <summary>Whether the same variables are free at the point that <paramref name="space"/> was linearized at.</summary>
    public bool HoldsAt(FreeSpace space, ReadOnlySpan<double> z)
    {
        if (bounds is null)
            return true;
        Face there = Face.At(space.Full(z), space.FullGradient, bounds, errors.And(space.GradientNorm));
        return (there.Free ?? []).AsSpan().SequenceEqual(face.Free ?? []) && there.Strong == face.Strong;
    }

    /// <summary>No variable is free.</summary>
    public void AtVertex() => Decide(CriticalPointKind.Minimum, CriticalPointProof.Proven, "No variable is free");

    public void Decide(CriticalPointKind kind, CriticalPointProof proof, string why)
    {
        if (end == PolishEnd.Contracting)
            findings.Tell("Newton steps still shrink: the point is near the critical one, not on it");
        if (end == PolishEnd.Interrupted)
            findings.Tell("There were no products left to polish the point further");
        if (kind == CriticalPointKind.Minimum && face.Weak.Length > 0)
            DecideWeak(why);
        else if (kind == CriticalPointKind.Maximum && face.Strong > 0)
            findings.Decide(CriticalPointKind.Saddle, proof,
                $"{why}; but f rises where the {face.Strong} variables at their bounds leave them");
        else if (kind == CriticalPointKind.Maximum && face.Weak.Length > 0)
            DecideBelow(why);
        else
            findings.Decide(kind, proof, face.Strong > 0 ? $"{why}; {face.Strong} variables are held at their bounds by their multipliers"
                : why);
    }

    // A maximum by the free variables: a saddle if f rises in another.
    private void DecideBelow(string why)
    {
        string weak = $"{face.Weak.Length} variables at their bounds have multipliers that are zero to rounding";
        if (face.FreeAndWeak.Length <= options.DenseLimit && new CriticalCone(oracle, bounds!, face, findings.X).Rise is > 0 and var rise)
            findings.Decide(CriticalPointKind.Saddle, CriticalPointProof.Numerical,
                $"{why}; but {weak}, and along one of them f rises with a curvature of {rise:G4}");
        else
            findings.RuleOutMinimum($"{why}; {weak}, so it is no minimum, but nothing more is known");
    }

    // Variables with zero multipliers may move: what f does in the directions that lead into the bounds decides.
    private void DecideWeak(string why)
    {
        string weak = $"{face.Weak.Length} variables at their bounds have multipliers that are zero to rounding";
        if (face.FreeAndWeak.Length > options.DenseLimit)
        {
            findings.Tell($"{why}; but {weak}, too many to look at");
            return;
        }
        CriticalCone cone = new(oracle, bounds!, face, findings.X);
        (CriticalPointProof proof, string found) = cone.Examine();
        Descent = cone.Descent;
        if (Descent is not null && face.Free is { Length: > 0 })
            findings.Decide(CriticalPointKind.Saddle, CriticalPointProof.Proven, $"{why}; but {weak}, and {found}: it is no minimum");
        else if (Descent is not null)
            findings.RuleOutMinimum($"{why}; but {weak}, and {found}: it is no minimum");
        else if (proof == CriticalPointProof.None)
            findings.Tell($"{why}; but {weak}, and {found}");
        else
            findings.Decide(CriticalPointKind.Minimum, proof, $"{why}; {weak}, and {found}");
    }
}
