using AutoDiff.Tests.House;
using Xunit.Abstractions;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>Verdicts on generated points of known kind: some in every test run, all of them, and beside them too, by <c>eng/night
/// points</c>.</summary>
public class KnownPointTests(ITestOutputHelper output)
{
    [Fact]
    public void There_are_at_least_four_hundred_points() => PointCatalog.All.Count.ShouldBeGreaterThanOrEqualTo(400);

    [Fact]
    public void The_truth_of_a_point_is_seen_by_sampling()
    {
        foreach (KnownPoint point in PointCatalog.All.Where(p => p.N <= 3 && !p.Name.Contains("barely") && !p.Name.Contains("==")))
            PointSampling.Check(point);
    }

    [Fact]
    public void No_verdict_at_a_known_point_is_wrong()
    {
        List<Judgement> judgements = [];
        ulong shift = (ulong)Night.Shift;
        if (Night.IsOn)
        {
            foreach (double perturbation in Judgement.Perturbations)
                judgements.AddRange(PointCatalog.From(shift).Select(point => Judgement.Of(point, perturbation, 1 + shift)));
        }
        else
        {
            KnownPoint[] points = [.. PointCatalog.All.Where(point => point.N <= 500)];
            for (int i = 0; i < points.Length; i += 2)
            {
                double perturbation = i % 6 == 0 ? Judgement.Perturbations[i / 6 % 4] : 0;
                judgements.Add(Judgement.Of(points[i], perturbation));
            }
        }
        string table = PointCatalog.Table(judgements);
        output.WriteLine(table);
        if (Night.IsOn)
        {
            File.WriteAllText(Night.Report("points.md"), table + Environment.NewLine
                + string.Join(Environment.NewLine,
                    judgements.Where(j => j.Outcome is Outcome.Wrong or Outcome.Undecided && j.Point.Decidable).OrderBy(
                    j => -(int)j.Outcome)));
        }
        Judgement[] wrong = [.. judgements.Where(j => j.Outcome == Outcome.Wrong)];
        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, wrong.Take(40)));
        if (Night.IsOn)
        {
            Judgement[] decidable = [.. judgements.Where(j => j.Perturbation == 0 && j.Point.Decidable)];
            decidable.Count(j => j.Outcome == Outcome.Undecided).ShouldBeLessThanOrEqualTo(decidable.Length / 10);
        }
    }
}
