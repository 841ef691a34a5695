namespace AutoDiff.Lambdas;

/// <summary>Problems 32–34: linear residuals, m ≥ n.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>32: minimum m − n at (−1, …, −1).</summary>
    public static LeastSquaresProblem LinearFullRank(int n = 10, int m = 20)
    {
        VarVector ones = Repeat(m, 1), padding = new double[m - n];
        return Problem(32, "linear, full rank", m,
            x => VarVector.Concat(x, padding) - ones * (2.0 / m * x.Sum() + 1),
            Repeat(n, 1), [m - n]);
    }

    /// <summary>33: minimum m(m−1)/(2(2m+1)) wherever Σ j xⱼ = 3/(2m+1).</summary>
    public static LeastSquaresProblem LinearRankOne(int n = 10, int m = 20)
    {
        VarVector i = Multiples(m, 1), j = Multiples(n, 1);
        return Problem(33, "linear, rank 1", m,
            x => i * j.Dot(x) - 1,
            Repeat(n, 1), [0.5 * m * (m - 1) / (2 * m + 1)]);
    }

    /// <summary>34: minimum (m²+3m−6)/(2(2m−3)) wherever Σ j xⱼ = 3/(2m−3), j = 2…n−1.</summary>
    public static LeastSquaresProblem LinearRankOneWithZeros(int n = 10, int m = 20)
    {
        VarVector i = Map(Multiples(m, 1), k => k == m ? 0 : k - 1), j = Map(Multiples(n, 1), k => k == 1 || k == n ? 0 : k);
        return Problem(34, "linear, rank 1 with zero columns and rows", m,
            x => i * j.Dot(x) - 1,
            Repeat(n, 1), [0.5 * (m * m + 3 * m - 6) / (2 * m - 3)]);
    }
}
