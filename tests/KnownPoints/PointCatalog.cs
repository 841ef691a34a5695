namespace AutoDiff.Tests.KnownPoints;

/// <summary>All known points, and the verdicts on them.</summary>
internal static class PointCatalog
{
    /// <summary>All of them, in a fixed order.</summary>
    public static IReadOnlyList<KnownPoint> All { get; } = From(0);

    /// <summary>The same constructions from other seeds, shifted by as much.</summary>
    public static IReadOnlyList<KnownPoint> From(ulong shift) =>
        [.. StrictPoints.From(shift), .. DegeneratePoints.From(shift), .. ContinuumPoints.From(shift), .. KinkedPoints.From(shift),
            .. BoundedPoints.From(shift)];

    /// <summary>A table of outcomes by family, at the points themselves and beside them.</summary>
    public static string Table(IReadOnlyList<Judgement> judgements)
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine("| family | beside by | points | right | not critical | undecided, decidable | undecided, not decidable | wrong |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var group in judgements.GroupBy(j => (j.Point.Family, Near: j.Perturbation > 0)).OrderBy(g => g.Key.Near))
        {
            int Count(Func<Judgement, bool> which) => group.Count(which);
            text.AppendLine(FormattableString.Invariant(
                $"| {group.Key.Family} | {(group.Key.Near ? "1e-8 … 1e-3" : "0")} | {group.Count()} | {Count(j => j.Outcome == Outcome.Right)} | {Count(j => j.Outcome == Outcome.NotCritical)} | {Count(j => j.Outcome == Outcome.Undecided && j.Point.Decidable)} | {Count(j => j.Outcome == Outcome.Undecided && !j.Point.Decidable)} | {Count(j => j.Outcome == Outcome.Wrong)} |"));
        }
        return text.ToString();
    }
}
