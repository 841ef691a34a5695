using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>
/// Points on bounds tᵢ = xᵢ − lᵢ ≥ 0: F·(Σ μᵢtᵢ + h(t) + ½Σ λⱼzⱼ²) with z the other variables, bent by t. Multipliers μ of exactly 0 leave
/// the decision to h.
/// </summary>
internal static class BoundedPoints
{
    private sealed record Case(string Name, int Bounded, Truth Kind, Func<VarVector, VarVector, Var> Of, bool Decidable = true);

    public static IEnumerable<KnownPoint> From(ulong shift)
    {
        ulong seed = 80_000 + shift;
        foreach (Case c in Cases())
        {
            foreach (int free in new[] { 1, 2, 6 })
            {
                seed += 2;
                SplitMix64 random = new(seed);
                double scale = StrictPoints.Power(ref random, free == 2 ? 10 : 0);
                int k = c.Bounded, n = k + free;
                double[] lower = new double[n], upper = new double[n], x = new double[n];
                for (int i = 0; i < n; i++)
                {
                    double at = i < k && free == 1 ? 0 : random.NextSigned();
                    (lower[i], upper[i], x[i]) = i < k ? (at, at + 2, at) : (double.NegativeInfinity, double.PositiveInfinity, at);
                }
                VarVector centre = x;
                double bend = free == 6 ? 0.3 : 0;
                Objective f = Objective.Of(v =>
                {
                    VarVector d = v - centre, t = d[..k], z = d[k..] + bend * t[0] * t[0] + bend * t[0] * d[k];
                    return scale * (c.Of(t, z) + 0.5 * z.SquaredNorm());
                });
                yield return new KnownPoint(
                    "bounds", FormattableString.Invariant($"seed {seed}, {c.Name}, {free} free, f ~ {scale:G2}"), f, x, c.Kind, c.Decidable,
                    scale) { Bounds = new Bounds(lower, upper) };
            }
        }
    }

    private static IEnumerable<Case> Cases()
    {
        yield return new("multipliers positive", 2, Truth.Minimum, (t, z) => t[0] + 0.3 * t[1] - 2 * t[0] * t[0]);
        yield return new("a positive multiplier, falling curvature beyond it", 1, Truth.Minimum, (t, z) => 0.5 * t[0] - 3 * t[0] * t[0]);
        yield return new("zero multiplier, t²", 1, Truth.Minimum, (t, z) => t[0] * t[0]);
        yield return new("zero multiplier, −t²", 1, Truth.NoMinimum, (t, z) => -t[0] * t[0]);
        yield return new("zero multiplier, −0.01t²", 1, Truth.NoMinimum, (t, z) => -0.01 * t[0] * t[0]);
        yield return new("a rounded zero multiplier, −t²", 1, Truth.NoMinimum, (t, z) => 0.1 * t[0]
            + 0.2 * t[0] - 0.3 * t[0] - t[0] * t[0]);
        yield return new("zero multiplier, t³", 1, Truth.Minimum, (t, z) => Math.Pow(t[0], 3));
        yield return new("zero multiplier, −t³", 1, Truth.NoMinimum, (t, z) => -Math.Pow(t[0], 3));
        yield return new("zero multiplier, t⁴", 1, Truth.Minimum, (t, z) => Math.Pow(t[0], 4));
        yield return new("zero multiplier, −t⁴", 1, Truth.NoMinimum, (t, z) => -Math.Pow(t[0], 4));
        yield return new("copositive, indefinite", 2, Truth.Minimum, (t, z) => t[0] * t[0] + 4 * t[0] * t[1] + t[1] * t[1]);
        yield return new("not copositive", 2, Truth.NoMinimum, (t, z) => t[0] * t[0] - 4 * t[0] * t[1] + t[1] * t[1]);
        yield return new("barely not copositive", 2, Truth.NoMinimum, (t, z) => t[0] * t[0] - 2.1 * t[0] * t[1] + t[1] * t[1]);
        yield return new("barely copositive", 2, Truth.Minimum, (t, z) => t[0] * t[0] - 1.9 * t[0] * t[1] + t[1] * t[1]);
        yield return new("t₀t₁, positive quadrant only", 2, Truth.NoMinimum, (t, z) => -t[0] * t[1]);
        yield return new("coupled to a free one, falls", 1, Truth.NoMinimum, (t, z) => 2 * t[0] * z[0] + t[0] * t[0]);
        yield return new("coupled to a free one, rises", 1, Truth.Minimum, (t, z) => t[0] * z[0] + t[0] * t[0]);
        yield return new("one positive, one zero multiplier falling", 2, Truth.NoMinimum, (t, z) => t[0] - t[1] * t[1]);
        yield return new("one positive, one zero multiplier rising", 2, Truth.Minimum, (t, z) => t[0] + t[1] * t[1]);
        yield return new("a negative multiplier", 1, Truth.NoMinimum, (t, z) => -0.1 * t[0]);
        yield return new("a free direction falls", 1, Truth.NoMinimum, (t, z) => t[0] - 2 * z[0] * z[0]);
        yield return new("a free direction falls at a zero multiplier", 1, Truth.NoMinimum, (t, z) => t[0] * t[0] - 2 * z[0] * z[0]);
        yield return new("three zero multipliers", 3, Truth.Minimum, (t, z) => t.SquaredNorm() + 3 * t[0] * t[1] - 0.5 * t[1] * t[2]);
        yield return new("three zero multipliers, falling", 3, Truth.NoMinimum,
            (t, z) => t.SquaredNorm() - 1.2 * (t[0] * t[1] + t[1] * t[2] + t[0] * t[2]));
    }
}
