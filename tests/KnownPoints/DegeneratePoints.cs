using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>
/// Singular Hessians: F·(Σ ½λᵢwᵢ² + φ(u)), z = (w, u) in curved coordinates and φ a form of the third to sixth order on the null space,
/// whose kind is known from how it is written. Maxima are minima negated.
/// </summary>
internal static class DegeneratePoints
{
    private sealed record Form(string Name, int M, int Order, Truth Kind, Func<VarVector, Var> Of, bool Decidable);

    public static IEnumerable<KnownPoint> From(ulong shift)
    {
        ulong seed = 20_000 + shift;
        foreach (int m in new[] { 1, 2, 3, 4, 6, 8, 10, 12 })
        {
            foreach (Form form in Forms(m, seed))
            {
                foreach (int range in m <= 4 ? new[] { 0, 1, 3, 9 } : [2])
                {
                    seed += 3;
                    yield return Make(form, range, seed, seed % 5 == 0);
                }
            }
        }
        // Larger ones, where Lanczos has to find the null space.
        foreach (Form form in Forms(1, 3).Concat(Forms(2, 3)).Where(f => f.Decidable))
        {
            foreach (int range in new[] { 60, 230, 498 })
                yield return Make(form, range, seed += 3, false);
        }
    }

    private static KnownPoint Make(Form form, int range, ulong seed, bool negate)
    {
        SplitMix64 random = new(seed);
        double scale = StrictPoints.Power(ref random, seed % 3 == 0 ? 10 : 0),
            unit = StrictPoints.Power(ref random, seed % 7 == 0 ? 10 : 0);
        double bend = seed % 4 == 0 ? 0 : 0.3;
        Coordinates coordinates = new(form.M + range, seed, bend, unit);
        double[] lambda = new double[range];
        for (int i = 0; i < range; i++)
            lambda[i] = Math.Pow(30, random.NextUnit()) / 5;
        VarVector weights = lambda;
        double sign = negate ? -1 : 1;
        Objective f = Objective.Of(x =>
        {
            VarVector z = coordinates.Of(x);
            Var value = form.Of(z[range..]);
            if (range > 0)
                value += 0.5 * weights.Dot(z[..range] * z[..range]);
            return sign * scale * value;
        });
        Truth kind = !negate ? form.Kind : form.Kind == Truth.Minimum ? Truth.Maximum : form.Kind == Truth.Maximum ? Truth.Minimum
            : form.Kind;
        // Below all positive curvature, a form that falls makes a saddle of a maximum.
        if (range > 0 && form.Kind == Truth.Maximum)
            kind = Truth.Saddle;
        string name = FormattableString.Invariant($"seed {seed}, {form.Name}, m = {form.M}, {range} more, f ~ {sign * scale:G2}, x ~ {unit:G2}{(bend == 0 ? "" : ", bent")}");
        return new KnownPoint($"order {form.Order}", name, f, coordinates.Centre, kind, form.Decidable, scale, unit)
        {
            MaxProducts = range > 200 ? 600 : null,
        };
    }

    private static IEnumerable<Form> Forms(int m, ulong seed)
    {
        SplitMix64 random = new(seed + (ulong)m);
        double[] a = Numbers(ref random, m), cubic = Numbers(ref random, m * m * m), squares = Numbers(ref random, 2 * m * m);
        double norm = Math.Sqrt(a.Sum(v => v * v));
        VarVector direction = a.Select(v => v / norm).ToArray();
        Turn turn = new(m, seed + 9);
        Var Power4(VarVector u) => u.SquaredNorm() * u.SquaredNorm();
        VarVector Turned(VarVector u) => m == 1 ? u : turn.Apply(u);

        yield return new("cubic", m, 3, Truth.Saddle,
            u => u.Dot(VarVector.Of([.. Enumerable.Range(0, m).Select(i => u.QuadraticForm(Matrix(cubic, i, m)))])), m <= 6);
        yield return new("sum of squares", m, 4, Truth.Minimum, u => Math.Square(u.QuadraticForm(Matrix(squares, 0, m)))
            + Math.Square(u.QuadraticForm(Matrix(squares, 1, m))) + 0.2 * Power4(u), true);
        yield return new("−|u|⁴", m, 4, Truth.Maximum, u => -Power4(u), true);
        if (m > 1)
        {
            yield return new("|u|⁴ − 1.3(a·u)⁴", m, 4, Truth.Saddle, u => Power4(u) - 1.3 * Math.Pow(u.Dot(direction), 4), true);
            yield return new("|u|⁴ − 0.8(a·u)⁴", m, 4, Truth.Minimum, u => Power4(u) - 0.8 * Math.Pow(u.Dot(direction), 4), true);
            yield return new("|u|⁴ − 0.9Σvᵢ⁴ − 0.2v₀⁴", m, 4, Truth.Saddle, u =>
            {
                VarVector v = Turned(u), v2 = v * v;
                return Power4(u) - 0.9 * v2.SquaredNorm() - 0.2 * Math.Square(v2[0]);
            }, true);
            yield return new("|u|⁴ − 0.9Σvᵢ⁴", m, 4, Truth.Minimum, u =>
            {
                VarVector v = Turned(u), v2 = v * v;
                return Power4(u) - 0.9 * v2.SquaredNorm();
            }, true);
        }
        if (m is 1 or 2)
        {
            yield return new("u₀⁴ or ⁵", m, 5, Truth.Saddle, u => Math.Pow(u[0], 5) + (m > 1 ? Math.Pow(u[1], 4) : 0), false);
            yield return new("u₀⁶", m, 6, Truth.Minimum, u => Math.Pow(u[0], 6) + (m > 1 ? Math.Pow(u[1], 4) : 0), false);
            yield return new("−u₀⁶", m, 6, m > 1 ? Truth.Saddle
                : Truth.Maximum, u => -Math.Pow(u[0], 6) + (m > 1 ? Math.Pow(u[1], 4) : 0), false);
        }
    }

    private static VarMatrix Matrix(double[] entries, int which, int m)
    {
        double[,] matrix = new double[m, m];
        for (int i = 0; i < m * m; i++)
            matrix[i / m, i % m] = entries[which * m * m + i];
        return matrix;
    }

    private static double[] Numbers(ref SplitMix64 random, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextSigned();
        return values;
    }
}
