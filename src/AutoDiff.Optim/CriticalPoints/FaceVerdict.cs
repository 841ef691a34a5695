using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Turns what holds of the free variables into the verdict on the point, bounds included.</summary>
internal sealed class FaceVerdict(Findings findings, Face face, Bounds? bounds, double rounding, Oracle oracle, VerdictOptions options, PolishEnd end)
{
    public Findings Findings => findings;

    /// <summary>Whether the same variables are free at the point that <paramref name="space"/> was linearized at.</summary>
    public bool HoldsAt(FreeSpace space, ReadOnlySpan<double> z)
    {
        if (bounds is null)
            return true;
        Face there = Face.At(space.Full(z), space.FullGradient, bounds, rounding + space.GradientNorm);
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
            findings.Decide(CriticalPointKind.Saddle, proof, $"{why}; but f rises where the {face.Strong} variables at their bounds leave them");
        else if (kind == CriticalPointKind.Maximum && face.Weak.Length > 0)
            findings.RuleOutMinimum($"{why}; {face.Weak.Length} variables at their bounds have multipliers that are zero to rounding, so it is no minimum, but nothing more is known");
        else
            findings.Decide(kind, proof, face.Strong > 0 ? $"{why}; {face.Strong} variables are held at their bounds by their multipliers" : why);
    }

    // Variables with zero multipliers may move: a minimum is certain if f curves upwards in them too.
    private void DecideWeak(string why)
    {
        int[] both = face.FreeAndWeak;
        string weak = $"{face.Weak.Length} variables at their bounds have multipliers that are zero to rounding";
        if (both.Length > options.DenseLimit)
        {
            findings.Tell($"{why}; but {weak}, too many to look at");
            return;
        }
        FreeSpace space = new(oracle, null, both, findings.X);
        DenseCurvature h = new(space.DenseHessian());
        if (h.Values[0] > h.Error)
            findings.Decide(CriticalPointKind.Minimum, CriticalPointProof.Proven, $"{why}; {weak}, and the Hessian is positive definite with them too (least {h.Values[0]:G4})");
        else
            findings.Tell($"{why}; but {weak}, and the Hessian with them is not positive definite (least {h.Values[0]:G4})");
    }
}
