using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>What an examination has found so far; a verdict can be made of it at any moment.</summary>
internal sealed class Findings(double[] x, double failureProbability)
{
    private readonly List<string> _evidence = [];

    public double[] X { get; set; } = x;

    public double Value { get; set; } = double.NaN;

    public double GradientNorm { get; set; } = double.NaN;

    public CriticalPointKind Kind { get; private set; } = CriticalPointKind.Undecided;

    public CriticalPointProof Proof { get; private set; }

    public bool IsDegenerate { get; set; }

    public bool IsNonIsolated { get; set; }

    /// <summary>Whether it is certain that the point is no minimum, though not whether it is a saddle or a maximum.</summary>
    public bool IsNoMinimum { get; private set; }

    /// <summary>Extreme eigenpairs, their vectors in all variables.</summary>
    public RitzPair Lowest { get; set; } = RitzPair.None;

    public RitzPair Highest { get; set; } = RitzPair.None;

    public int? Index { get; set; }

    /// <summary>How many zero modes belong to f, and what its motions are called.</summary>
    public int ZeroModes { get; private set; }

    public string Motions { get; private set; } = "";

    public double Resolution { get; set; } = double.NaN;

    /// <summary>What is found from now on is found on the complement of <paramref name="count"/> zero modes.</summary>
    public void TakeOut(int count, string motions)
    {
        (ZeroModes, Motions) = (count, motions);
        IsNonIsolated |= count > 0;
    }

    /// <summary>"1 rigid motion", "6 rigid motions".</summary>
    public static string Counted(int count, string plural) => $"{count} {(count == 1 && plural.EndsWith('s') ? plural[..^1] : plural)}";

    /// <summary>Tells which zero modes are taken out.</summary>
    public void TakeOut(int count, Symmetry symmetry, bool isDeclared, double coupling)
    {
        TakeOut(count, symmetry.ToString());
        Tell($"{Counted(count, "zero modes")} of the Hessian (‖H·t‖ = {coupling:G2}) {(count == 1 ? "is" : "are")} due to the {symmetry} {(isDeclared ? "declared" : "that f was found to be invariant under")}; what follows holds on their complement");
    }

    /// <summary>Tells that a declared symmetry is none here.</summary>
    public void Refuse(Symmetry symmetry, double coupling, double allowed) =>
        Tell($"The {symmetry} that are declared do not leave f as it is to working accuracy (‖H·t‖ = {coupling:G3} along them, more than {allowed:G2}), and were not taken out");

    /// <summary>Adds a sentence.</summary>
    public void Tell(string sentence) => _evidence.Add(sentence + ".");

    public void Decide(CriticalPointKind kind, CriticalPointProof proof, string why)
    {
        (Kind, Proof) = (kind, proof);
        Tell(why);
        if (ZeroModes > 0 && kind is (CriticalPointKind.Minimum or CriticalPointKind.Maximum))
            Tell($"It is a {(kind == CriticalPointKind.Minimum ? "minimum" : "maximum")} up to {Counted(ZeroModes, Motions)}");
    }

    /// <summary>Takes the verdict back.</summary>
    public void Doubt(string why) => Decide(CriticalPointKind.Undecided, CriticalPointProof.None, why);

    /// <summary>What is not known of f leaves nothing proven.</summary>
    public void Hide(string why)
    {
        if (Proof == CriticalPointProof.Proven)
            Proof = CriticalPointProof.Numerical;
        Tell(why);
    }

    /// <summary>Takes note that the point is no minimum, where more than that cannot be told.</summary>
    public void RuleOutMinimum(string why)
    {
        IsNoMinimum = true;
        Tell(why);
    }

    public CriticalPoint ToCriticalPoint(Counts counts) => new()
    {
        Kind = Kind,
        Proof = Proof,
        IsDegenerate = IsDegenerate,
        IsNonIsolated = IsNonIsolated,
        IsNoMinimum = IsNoMinimum || Kind is CriticalPointKind.Saddle or CriticalPointKind.Maximum,
        X = X,
        Value = Value,
        GradientNorm = GradientNorm,
        LowestEigenvalue = Lowest.Value,
        LowestEigenvalueError = Lowest.Error,
        LowestDirection = Lowest.Vector,
        HighestEigenvalue = Highest.Value,
        HighestEigenvalueError = Highest.Error,
        HighestDirection = Highest.Vector,
        Index = Index,
        ZeroModes = ZeroModes,
        Motions = Motions,
        Resolution = Resolution,
        FailureProbability = failureProbability,
        Counts = counts,
        Evidence = string.Join(' ', _evidence),
    };

    /// <summary>Tells what ended the examination early.</summary>
    public void Interrupt(RunEnded end, int products)
    {
        string cause = end.Status switch
        {
            OptimizationStatus.Cancelled => "it was cancelled",
            OptimizationStatus.LimitTime => "the time was over",
            OptimizationStatus.LimitEvaluations =>
                $"its {products} products were used up, and what it was about would have taken more (MaxProducts)",
            OptimizationStatus.NonFiniteHessian when end.InnerException is null => "a derivative was not finite",
            OptimizationStatus.ObjectiveThrew or OptimizationStatus.NonFiniteHessian =>
                $"the objective threw ({end.InnerException?.GetType().Name}: {end.InnerException?.Message.TrimEnd('.')})",
            _ => end.Status.ToString(),
        };
        Tell($"The examination ended early: {cause}");
    }
}
