using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>Piecewise smooth functions at points where pieces meet: abs, relu, max, comparisons and masks in affine and in curved
/// coordinates.</summary>
internal static class KinkedPoints
{
    private sealed record Case(string Name, int Least, Truth Kind, Func<VarVector, Var> Of, bool Decidable = true);

    public static IEnumerable<KnownPoint> From(ulong shift)
    {
        ulong seed = 60_000 + shift;
        foreach (Case c in Cases())
        {
            foreach ((int more, double bend) in new[] { (0, 0.0), (1, 0.3), (3, 0.0), (6, 0.3) })
            {
                seed += 2;
                SplitMix64 random = new(seed);
                double scale = StrictPoints.Power(ref random, more == 3 ? 10 : 0);
                int least = c.Least, n = least + more;
                Coordinates coordinates = new(n, seed, bend, 1, bend > 0 || more == 3);
                Objective f = Objective.Of(x =>
                {
                    VarVector z = coordinates.Of(x);
                    Var value = c.Of(z);
                    if (n > least)
                        value += 0.7 * z[least..].SquaredNorm();
                    return scale * value;
                });
                // Beside directions along which f rises, a maximum is a saddle.
                Truth kind = more > 0 && c.Kind is Truth.Maximum ? Truth.Saddle : c.Kind;
                yield return new KnownPoint("kink", FormattableString.Invariant($"seed {seed}, {c.Name}, f ~ {scale:G2}{(bend == 0 ? "" : ", bent")}"), f, coordinates.Centre, kind, c.Decidable, scale);
            }
        }
    }

    private static IEnumerable<Case> Cases()
    {
        static Var Q(VarVector z, int k) => 0.5 * z[..k].SquaredNorm();
        yield return new("2|z| + q", 1, Truth.Minimum, z => 2 * Math.Abs(z[0]) + Q(z, 1));
        yield return new("0.01|z| + q", 1, Truth.Minimum, z => 0.01 * Math.Abs(z[0]) + Q(z, 1));
        yield return new("−|z| + q", 1, Truth.Maximum, z => -Math.Abs(z[0]) + Q(z, 1));
        yield return new("−0.05|z| + q", 1, Truth.Maximum, z => -0.05 * Math.Abs(z[0]) + Q(z, 1));
        yield return new("|z₀| + 0.5|z₁| − q", 2, Truth.Minimum, z => Math.Abs(z[0]) + 0.5 * Math.Abs(z[1]) - Q(z, 2));
        yield return new("relu + q", 1, Truth.Minimum, z => 1.5 * Math.Relu(z[0]) + Q(z, 1));
        yield return new("−relu + q", 1, Truth.NoMinimum, z => -1.5 * Math.Relu(z[0]) + Q(z, 1));
        yield return new("relu(z) − relu(−z) + q", 1, Truth.NoMinimum, z => Math.Relu(z[0]) - Math.Relu(-z[0]) + Q(z, 1));
        foreach (double c in new[] { 3, 0.4, -0.4, -0.7, -3 })
            yield return new(FormattableString.Invariant($"q + {c}relu²"), 1, c > -0.5 ? Truth.Minimum
                : Truth.NoMinimum, z => Q(z, 1) + c * Math.Square(Math.Relu(z[0])));
        foreach (double c in new[] { 10, 0.8, -0.8, -1.3, -10 })
            yield return new(FormattableString.Invariant($"q + {c}|z₀z₁|"), 2, c > -1 ? Truth.Minimum
                : Truth.Saddle, z => Q(z, 2) + c * Math.Abs(z[0] * z[1]));
        foreach ((double a, double b) in new[] { (2.0, -1.0), (1, 1), (0.5, -2), (-1, -1), (3, -2.9) })
            yield return new(FormattableString.Invariant($"max(z₀ + {a}z₁², −z₀ + {b}z₁²) + z₀²"), 2, a + b > 0 ? Truth.Minimum
                : Truth.Saddle,
                z => Math.Max(z[0] + a * z[1] * z[1], -z[0] + b * z[1] * z[1]) + z[0] * z[0]);
        foreach ((double a, double b) in new[] { (1.0, 2.0), (1, -2), (-1, 1), (-1, -2) })
        {
            Truth kind = a > 0 && b > 0 ? Truth.Minimum : a < 0 && b < 0 ? Truth.Maximum : Truth.NoMinimum;
            yield return new(FormattableString.Invariant($"z > 0 ? {a}z² : {b}z²"), 1, kind, z => z[0] > 0 ? a * z[0] * z[0]
                : b * z[0] * z[0]);
            yield return new(FormattableString.Invariant($"Where(z > 0, {a}z², {b}z²)"), 2, kind is Truth.NoMinimum ? Truth.Saddle : kind,
                z => Math.Where(z[..2] > 0, a * z[..2] * z[..2], b * z[..2] * z[..2]).Sum());
        }
        yield return new("z == 0 ? z² : −z²", 1, Truth.NoMinimum, z => z[0] == 0 ? z[0] * z[0] : -z[0] * z[0], false);
        yield return new("max of three affine, a triangle", 2, Truth.Minimum,
            z => Math.Max(Math.Max(z[0], -0.5 * z[0] + z[1]), -0.5 * z[0] - z[1]));
        yield return new("max of three affine, open", 2, Truth.NoMinimum,
            z => Math.Max(Math.Max(z[0], 0.5 * z[0] + z[1]), 0.5 * z[0] - z[1]) + Q(z, 2));
        yield return new("|z₀ − z₁²| − ½z₁²", 2, Truth.Saddle, z => Math.Abs(z[0] - z[1] * z[1]) - 0.5 * z[1] * z[1]);
        yield return new("|z₀ − z₁²| + ½z₁² + z₀²", 2, Truth.Minimum, z => Math.Abs(z[0] - z[1] * z[1]) + 0.5 * z[1] * z[1] + z[0] * z[0]);
        yield return new("z|z|", 1, Truth.NoMinimum, z => z[0] * Math.Abs(z[0]));
        yield return new("q − 3relu(min(z, −z))", 1, Truth.Minimum, z => Q(z, 1) - 3 * Math.Relu(Math.Min(z[0], -z[0])));
        yield return new("|z − 0.1| + z + q", 1, Truth.Minimum, z => Math.Abs(z[0] - 0.1) + z[0] + Q(z, 1));
        yield return new("Σ|zᵢ| of five + q", 5, Truth.Minimum, z => Math.Abs(z[..5]).Sum() + Q(z, 5));
        yield return new("Σ|zᵢ| of five − 2|z₂| + q", 5, Truth.Saddle, z => Math.Abs(z[..5]).Sum() - 2 * Math.Abs(z[2]) + Q(z, 5));
        yield return new("largest element + q", 4, Truth.NoMinimum, z => z[..4].Max() + Q(z, 4));
        yield return new("largest |element| + q", 3, Truth.Minimum, z => Math.Abs(z[..3]).Max() + Q(z, 3));
        yield return new("½z₀² − |z₀|² + q", 2, Truth.Saddle, z => 0.5 * z[0] * z[0] - Math.Square(Math.Abs(z[0])) + 0.5 * z[1] * z[1]);
        yield return new("cosh norm − 0.4 squared norm", 2, Truth.Minimum, z => Math.Cosh(z[..2].Norm()) - 0.4 * z[..2].SquaredNorm(),
            false);
        yield return new("z₂² + 0.4(z₀² + z₁²) − ½hypot²", 3, Truth.Saddle, z => z[2] * z[2]
            + 0.4 * z[..2].SquaredNorm() - 0.5 * Math.Square(Math.Hypot(z[0], z[1])), false);
        yield return new("norm + q", 2, Truth.Minimum, z => z[..2].Norm() + Q(z, 2), false);
        yield return new("clamp below its end", 1, Truth.Minimum, z => Math.Square(Math.Clamp(z[0], -1, 1)));
        yield return new("(v·relu(w) − 1)² + small", 2, Truth.NoMinimum, z => Math.Square(z[0] * Math.Relu(z[1]) - 1)
            + 0.01 * z[..2].SquaredNorm());
    }
}
