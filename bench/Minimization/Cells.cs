using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Verdicts and statuses in a few letters.</summary>
internal static class Cells
{
    public const string Legend = "m minimum, M maximum, s saddle, u undecided, – none; d: degenerate";

    public static string Verdict(CriticalPoint verdict) => verdict.Kind switch
    {
        CriticalPointKind.Minimum => "m",
        CriticalPointKind.Maximum => "M",
        CriticalPointKind.Saddle => "s",
        CriticalPointKind.Undecided => "u",
        _ => "–",
    } + (verdict.IsDegenerate ? "d" : "");

    public static string Proof(CriticalPoint verdict) => verdict.Proof switch
    {
        CriticalPointProof.Proven => "proven",
        CriticalPointProof.Probable => "prob.",
        CriticalPointProof.Numerical => "num.",
        _ => "",
    };

    /// <summary>f/g and the products with second or first derivatives, where there were any.</summary>
    public static string Evaluations(Counts c) =>
        c.HessianVectorProducts > 0 ? $"{c.Values}/{c.Gradients}/{c.HessianVectorProducts}" : $"{c.Values}/{c.Gradients}";
}
