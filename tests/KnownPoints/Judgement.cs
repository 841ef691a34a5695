using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>How a verdict compares with the truth.</summary>
public enum Outcome
{
    /// <summary>The kind is right.</summary>
    Right,

    /// <summary>It says that the gradient does not vanish: no statement on the kind, and right beside the point.</summary>
    NotCritical,

    /// <summary>It says that it does not know.</summary>
    Undecided,

    /// <summary>It says what is not so.</summary>
    Wrong,
}

/// <summary>One verdict, at a known point or a little beside it, and how it compares with the truth.</summary>
public sealed record Judgement(KnownPoint Point, double Perturbation, CriticalPoint Verdict, Outcome Outcome)
{
    /// <summary>The distances from the point, in its units, at which verdicts are asked for.</summary>
    public static readonly double[] Perturbations = [0, 1e-8, 1e-6, 1e-3];

    /// <summary>Asks the library.</summary>
    public static Judgement Of(KnownPoint point, double perturbation, ulong seed = 1)
    {
        SplitMix64 random = new(seed);
        double[] direction = [.. point.X.Select(_ => random.NextSigned())];
        double step = perturbation * point.Unit / Math.Sqrt(direction.Sum(d => d * d));
        double[] x = [.. point.X.Zip(direction, (c, d) => c + step * d)];
        point.Bounds?.Project(x, x);
        // Beside the point the gradient is that of the perturbation; the examination polishes it away. The tolerance is also a relative
        // change of x.
        VerdictOptions options = new() { MaxProducts = point.MaxProducts };
        if (perturbation > 0)
            options = options with { GradientTolerance = Math.Min(Math.Max(1e-8, perturbation * 100 * point.Scale / point.Unit), 0.01) };
        CriticalPoint verdict = CriticalPoint.Classify(point.F, x, options, point.Bounds);
        return new Judgement(point, perturbation, verdict, Judge(point, perturbation, verdict));
    }

    private static Outcome Judge(KnownPoint point, double perturbation, CriticalPoint verdict)
    {
        // A verdict on a point elsewhere, where polishing led to, says nothing on this one.
        double away = Math.Sqrt(point.X.Zip(verdict.X, (a, b) => (a - b) * (a - b)).Sum());
        bool elsewhere = away > 30 * point.Unit * Math.Max(perturbation, 1e-6);
        if (verdict.Kind == CriticalPointKind.Undecided
            || (verdict.Kind != CriticalPointKind.NotCritical && elsewhere
            && point.Truth is not (Truth.MinimumContinuum or Truth.MaximumContinuum)))
            return Outcome.Undecided;
        if (verdict.Kind == CriticalPointKind.NotCritical)
            return perturbation > 0 || point.Truth is Truth.NoMinimum || point.Family.StartsWith("kink", StringComparison.Ordinal)
                ? Outcome.NotCritical : Outcome.Wrong;
        bool continuum = verdict.IsNonIsolated || verdict.Evidence.Contains("up to", StringComparison.Ordinal);
        bool right = point.Truth switch
        {
            Truth.Minimum => verdict.Kind == CriticalPointKind.Minimum && !verdict.IsNonIsolated,
            Truth.Maximum => verdict.Kind == CriticalPointKind.Maximum && !verdict.IsNonIsolated,
            Truth.Saddle => verdict.Kind == CriticalPointKind.Saddle,
            Truth.MinimumContinuum => verdict.Kind == CriticalPointKind.Minimum && continuum,
            Truth.MaximumContinuum => verdict.Kind == CriticalPointKind.Maximum && continuum,
            _ => verdict.Kind != CriticalPointKind.Minimum,
        };
        return right ? Outcome.Right : Outcome.Wrong;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Outcome}: {Point}, {Point.Truth}, beside by {Perturbation:G1} → {Verdict.Proof} {Verdict}");
}
