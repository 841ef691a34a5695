using AutoDiff.Hvp;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>Asks for the kinks at a point that has been examined as if f were smooth there, and examines the pieces if there are
/// any.</summary>
internal sealed class KinkExamination(Oracle oracle, VerdictOptions options, Bounds? bounds)
{
    private const int MostKinks = 24, Signs = 3;

    // A point that came to lie on kinks lies no farther from them than this part of its size, and of the tolerance where that is nothing.
    private static readonly double[] s_reaches = [1e-2, 1, 1e2];

    private readonly KinkedPoint _kinked = new(oracle, bounds, options.DenseLimit);

    /// <summary>A point that is lower beyond rounding, if one was found.</summary>
    public double[]? Lower { get; private set; }

    /// <summary>The findings at the same point, by its pieces where kinks are active; the given ones where there are none.</summary>
    /// <param name="findings">Those of the smooth examination.</param>
    /// <param name="error">How far the critical point may lie from theirs.</param>
    /// <param name="reach">How far Newton's steps would still lead.</param>
    /// <param name="random">For directions.</param>
    public Findings Examine(Findings findings, double error, double reach, ref RandomStream random)
    {
        if (!double.IsFinite(findings.Value))
            return findings;
        double rounding = 4 * ReductionRatio.UnitRoundOff * Vectors.Norm(findings.X), radius = error + rounding;
        KinkReport report = oracle.Kinks(findings.X);
        Kink[] active = [.. report.TakeWhile(kink => kink.Distance <= radius)];
        if (active.Length == 0 && report.Count > 0 && report[0].Distance <= reach)
        {
            if (findings.Kind != CriticalPointKind.Undecided)
                findings.Doubt($"But a kink lies at a distance of {report[0].Distance:G3}, and Newton's steps would lead beyond it: no critical point has been located");
            return findings;
        }
        if (active.Length == 0)
            return Unseen(findings, report, ref random);
        if (Array.TrueForAll(active, kink => kink.Kind == KinkKind.Singularity) && FollowsItsModel(findings, ref random))
            return findings;
        Findings found = new([.. findings.X], options.FailureProbability) { Value = findings.Value, GradientNorm = findings.GradientNorm };
        if (active.Length > MostKinks)
        {
            found.Tell($"{active.Length} kinks lie here, too many to look at all pieces that meet ({KinkedPoint.Name(active)})");
            Sample(found, ref random);
            return found;
        }
        if (_kinked.Settle(findings.X, radius) is not { } place)
        {
            if (active[^1].Distance > 1e3 * rounding)
            {
                found.Tell($"Kinks lie nearer than the point is known, and where they meet was not found ({KinkedPoint.Name(active)})");
                Sample(found, ref random);
                return found;
            }
            place = ([.. findings.X], 0);
        }
        Decide(found, place.X, Math.Max(place.Error, Active(place.X, active.Length)), place.Error, report, ref random);
        if (found.Kind == CriticalPointKind.Undecided && Lower is null)
            Sample(found, ref random);
        return found;
    }

    /// <summary>The verdict on a point with a gradient, if it has been brought onto kinks where f is least or largest; null if it has
    /// not.</summary>
    public Findings? Rescue(ReadOnlySpan<double> x, ref RandomStream random)
    {
        double[] point = x.ToArray();
        KinkReport report = oracle.Kinks(x);
        int before = 0;
        foreach (double reach in s_reaches)
        {
            double radius = (options.GradientTolerance ?? CriticalPoint.Accuracy) * Math.Max(reach * Vectors.Norm(x), Math.Min(reach, 1));
            int count = report.TakeWhile(kink => kink.Distance <= radius).Count();
            if (count == before || count > MostKinks)
                continue;
            before = count;
            if (_kinked.Settle(point, radius) is not { } place)
                continue;
            Findings found = new(place.X, options.FailureProbability);
            Decide(found, place.X, Math.Max(place.Error, Active(place.X, count)), place.Error, report, ref random);
            if (found.Kind is CriticalPointKind.Minimum or CriticalPointKind.Maximum)
                return found;
        }
        return null;
    }

    private void Decide(Findings found, double[] x, double radius, double error, KinkReport report, ref RandomStream random)
    {
        PieceSet set = _kinked.At(x, radius, error, ref random);
        PiecewiseVerdict verdict = PiecewiseVerdict.Of(set, Search(x, set.Value, ref random));
        double moved = Vectors.Distance(x, found.X);
        double[] gradient = new double[x.Length];
        found.X = x;
        found.Value = oracle.Linearize(x, gradient);
        found.GradientNorm = bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
        if (moved > 0)
            found.Tell($"Moved by {moved:G3} to where kinks meet");
        CriticalPointProof proof = verdict.Kind == CriticalPointKind.Undecided ? CriticalPointProof.None
            : report.EscapedValue is null && report.Opaque.Count == 0 ? CriticalPointProof.Proven : CriticalPointProof.Numerical;
        found.Decide(verdict.Kind, proof, verdict.Why);
        Lower = verdict.Lower;
        if (Lower is not null && verdict.Kind == CriticalPointKind.Undecided)
            found.RuleOutMinimum("So it is no minimum");
        if (report.EscapedValue is not null || report.Opaque.Count > 0)
            found.Tell(Hidden(report));
    }

    // How far the kinks that were meant are from where they were found to meet.
    private double Active(double[] x, int count)
    {
        double farthest = 0;
        foreach (Kink kink in oracle.Kinks(x).Take(count))
            farthest = Math.Max(farthest, kink.Distance);
        double rounding = 4 * ReductionRatio.UnitRoundOff * Vectors.Norm(x);
        return farthest <= 1e3 * rounding ? Math.Max(farthest, rounding) : rounding;
    }

    // What left the recording, or ran outside of it, may hide kinks: f itself is looked at.
    private Findings Unseen(Findings findings, KinkReport report, ref RandomStream random)
    {
        if (report.EscapedValue is null && report.Opaque.Count == 0)
            return findings;
        int sign = findings.Kind == CriticalPointKind.Minimum ? 1 : -1;
        if (findings.Kind is CriticalPointKind.Minimum or CriticalPointKind.Maximum
            && HiddenKink.Find(oracle, findings.X, Inner(findings.X), bounds, sign, ref random) is { } kink)
        {
            findings.Doubt($"But f changes by {kink.Change:G3} at a distance of {kink.Distance:G3}, against what its derivatives say: "
                + "there is a kink or a jump here, which they do not show");
        }
        findings.Hide(Hidden(report));
        return findings;
    }

    private int[]? Inner(double[] x) =>
        bounds is null ? null : [.. Enumerable.Range(0, x.Length).Where(i => x[i] > bounds.Lower[i] && x[i] < bounds.Upper[i])];

    private static string Hidden(KinkReport report) =>
        report.EscapedValue is { } value
        ? $"A number left the recording ({value}), so kinks that follow from it are not seen and nothing is proven"
        : $"{string.Join(", ", report.Opaque.Distinct())} may have kinks that are not seen, so nothing is proven";

    // Where the products are linear in the direction and f goes the way they say, a norm at 0 was one only of the way f is written.
    private bool FollowsItsModel(Findings findings, ref RandomStream random)
    {
        if (findings.IsDegenerate)
            return false;
        int n = findings.X.Length;
        double[] x = findings.X, gradient = new double[n], v = new double[n], w = new double[n];
        double[] hv = new double[n], hw = new double[n], sum = new double[n];
        double value = oracle.Linearize(x, gradient), size = Vectors.Norm(x);
        for (int sample = 0; sample < Signs; sample++)
        {
            random.FillNormal(v);
            random.FillNormal(w);
            oracle.Relinearize(x);
            oracle.Hessian.Apply(v, hv);
            oracle.Hessian.Apply(w, hw);
            double curvature = Vectors.Dot(v, hv), slope = Vectors.Dot(v, gradient);
            double scale = Vectors.Norm(hv) + Vectors.Norm(hw);
            Vectors.AddScaled(1, v, w);
            oracle.Hessian.Apply(w, sum);
            Vectors.AddScaled(-1, hv, sum);
            Vectors.AddScaled(-1, hw, sum);
            if (Vectors.Norm(sum) > 1e-10 * scale)
                return false;
            bool follows = false;
            for (int e = -6; e >= -24 && !follows; e -= 2)
            {
                double t = Math.ScaleB(size > 0 ? size : 1, e) / Vectors.Norm(v);
                Vectors.Move(x, t, v, w);
                bounds?.Project(w, w);
                double change = oracle.Value(w) - value, expected = t * slope + 0.5 * t * t * curvature;
                follows = Math.Abs(change - expected) <= 0.05 * Math.Abs(expected)
                    && Math.Abs(expected) > 1e3 * ReductionRatio.UnitRoundOff * Math.Abs(value);
            }
            if (!follows)
                return false;
        }
        return true;
    }

    private void Sample(Findings found, ref RandomStream random)
    {
        double[] gradient = new double[found.X.Length];
        double value = oracle.Linearize(found.X, gradient);
        if (Search(found.X, value, ref random).Sample(ref random, Gradient) is not { } lower)
            return;
        Lower = lower;
        found.RuleOutMinimum($"f is lower at a distance of {Vectors.Distance(lower, found.X):G3}: it is no minimum");

        void Gradient(double[] x, double[] g) => oracle.Gradient(x, g);
    }

    private LowerPoint Search(double[] x, double value, ref RandomStream random)
    {
        double jitter = 0;
        double[] point = new double[x.Length];
        for (int sample = 0; sample < Signs; sample++)
        {
            random.FillSigns(point);
            for (int i = 0; i < x.Length; i++)
                point[i] = x[i] * (1 + 4 * ReductionRatio.UnitRoundOff * point[i]);
            jitter = Math.Max(jitter, Math.Abs(Value(point) - value));
        }
        return new LowerPoint(Value, x, value, double.IsFinite(jitter) ? jitter : 0);

        double Value(double[] z)
        {
            bounds?.Project(z, z);
            return oracle.Value(z);
        }
    }
}
