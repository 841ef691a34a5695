namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>Makes a failing case smaller as long as it fails in the same mode: drops steps, results, rows and variables' worth of arrays,
/// and makes numbers round.</summary>
public static class Shrinker
{
    private static readonly int[] s_lengths = [1, 2, 3, 4, 8, 9, 16, 17, 33, 65, 129, 257];

    /// <summary>A case none of whose simplifications fails any more, after at most <paramref name="attempts"/> trials.</summary>
    public static Case Shrink(Case failing, string mode, int attempts = 600) =>
        Shrink(failing, c => Comparison.Of(c).Found.Any(d => d.Mode == mode), attempts);

    /// <summary>The same for any kind of failing.</summary>
    public static Case Shrink(Case failing, Func<Case, bool> fails, int attempts)
    {
        bool smaller = true;
        while (smaller && attempts > 0)
        {
            smaller = false;
            foreach (Case candidate in Simpler(failing))
            {
                if (attempts-- <= 0)
                    break;
                if (Fails(candidate, fails))
                {
                    (failing, smaller) = (candidate, true);
                    break;
                }
            }
        }
        return failing;
    }

    private static bool Fails(Case c, Func<Case, bool> fails)
    {
        try
        {
            return fails(c);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static IEnumerable<Case> Simpler(Case c)
    {
        Routine p = c.Program;
        foreach (Routine q in Simpler(p))
            yield return c with { Program = q };
        if (p.Inputs > 1)
        {
            int n = p.Inputs - 1;
            yield return c with { Program = p with { Inputs = n }, Points = [.. c.Points.Select(x => x[..n])], V = c.V[..n], U = c.U[..n] };
        }
        for (int i = 0; i < c.V.Length; i++)
        {
            if (c.V[i] is not (0 or 1))
                yield return c with { V = [.. c.V.Select((e, k) => k == i ? 1 : e)] };
        }
        for (int k = 0; k < c.Points.Length; k++)
        {
            double[] rounded = [.. c.Points[k].Select(e => Math.Round(2 * e) / 2)];
            if (!rounded.SequenceEqual(c.Points[k]))
                yield return c with { Points = [.. c.Points.Select((x, j) => j == k ? rounded : x)] };
        }
    }

    private static IEnumerable<Routine> Simpler(Routine p)
    {
        foreach (Step[] body in Simpler(p.Body))
            yield return p with { Body = body };
        for (int bit = 0; bit < 24; bit++)
        {
            if ((p.Results >> bit & 1) != 0 && (bit < p.Scalars || (bit >= 16 && bit < 16 + p.Lengths.Length)))
                yield return p with { Results = p.Results & ~(1 << bit) };
        }
        for (int k = 0; k < p.Lengths.Length; k++)
        {
            foreach (int length in s_lengths.Where(l => l < p.Lengths[k]))
                yield return p with { Lengths = [.. p.Lengths.Select((l, j) => j == k ? length : l)] };
        }
        if (p.RowLength > 0)
        {
            int count = p.Rows.Length / p.RowLength;
            for (int fewer = 1; fewer < count; fewer = Math.Max(fewer + 1, fewer * 2))
                yield return p with { Rows = p.Rows[..(fewer * p.RowLength)] };
        }
    }

    private static IEnumerable<Step[]> Simpler(Step[] body)
    {
        for (int half = body.Length / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i + half <= body.Length; i += half)
                yield return [.. body[..i], .. body[(i + half)..]];
        }
        for (int i = 0; i < body.Length; i++)
        {
            foreach (Step step in Simpler(body[i]))
                yield return [.. body[..i], step, .. body[(i + 1)..]];
            if (body[i].Then.Length > 0)
                yield return [.. body[..i], .. body[i].Then, .. body[(i + 1)..]];
        }
    }

    private static IEnumerable<Step> Simpler(Step s)
    {
        foreach (Step[] then in Simpler(s.Then))
            yield return s with { Then = then };
        foreach (Step[] otherwise in Simpler(s.Else))
            yield return s with { Else = otherwise };
        if (s.Inner is { } inner)
        {
            foreach (Routine q in Simpler(inner))
                yield return s with { Inner = q };
        }
        if (s.Indices.Length > 1)
            yield return s with { Indices = s.Indices[..1] };
        if (s.Indices[0] > 0)
            yield return s with { Indices = [s.Indices[0] / 2, .. s.Indices[1..]] };
        if (s.Number is not (0 or 1))
            yield return s with { Number = 1 };
        if (s.Function > 0 && s.Op is not Op.CustomArray)
            yield return s with { Function = 0 };
    }
}
