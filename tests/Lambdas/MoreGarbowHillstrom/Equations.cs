namespace AutoDiff.Lambdas;

/// <summary>Problems 28–31 and 35: systems of equations of any dimension.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>28: −y″ + ½(y + t + 1)³ = 0 with y(0) = y(1) = 0, by differences.</summary>
    public static LeastSquaresProblem DiscreteBoundaryValue(int n = 10)
    {
        VarVector nodes = Fractions(n, n + 1), border = new double[1];
        double h = 1.0 / (n + 1);
        return Problem(28, "discrete boundary value", n,
            x =>
            {
                VarVector z = VarVector.Concat(border, x, border);
                return 2 * x - z[..^2] - z[2..] + 0.5 * h * h * Cube(x + nodes + 1);
            },
            Bent(n), [0]);
    }

    /// <summary>29: the same as an integral equation.</summary>
    public static LeastSquaresProblem DiscreteIntegral(int n = 10)
    {
        VarVector nodes = Fractions(n, n + 1);
        double h = 1.0 / (n + 1);
        double[,] kernel = new double[n, n];
        for (int i = 1; i <= n; i++)
        {
            for (int j = 1; j <= n; j++)
                kernel[i - 1, j - 1] = 0.5 * h * (1 - Math.Max(i, j) * h) * Math.Min(i, j) * h;
        }
        return Problem(29, "discrete integral equation", n,
            x => x + ((VarMatrix)kernel).MatMul(Cube(x + nodes + 1)),
            Bent(n), [0]);
    }

    /// <summary>30.</summary>
    public static LeastSquaresProblem BroydenTridiagonal(int n = 10)
    {
        VarVector border = new double[1];
        return Problem(30, "Broyden tridiagonal", n,
            x =>
            {
                VarVector z = VarVector.Concat(border, x, border);
                return (3 - 2 * x) * x - z[..^2] - 2 * z[2..] + 1;
            },
            Repeat(n, -1), [0]);
    }

    /// <summary>31: five subdiagonals, one superdiagonal.</summary>
    public static LeastSquaresProblem BroydenBanded(int n = 10)
    {
        VarVector before = new double[5], after = new double[1];
        return Problem(31, "Broyden banded", n,
            x =>
            {
                VarVector neighbours = VarVector.Concat(before, x * (1 + x), after);
                VarVector r = x * (2 + 5 * x * x) + 1 - neighbours[6..];
                for (int k = 0; k < 5; k++)
                    r -= neighbours.Slice(k, n);
                return r;
            },
            Repeat(n, -1), [0]);
    }

    /// <summary>35: rᵢ = (1/n)Σⱼ Tᵢ(xⱼ) − ∫₀¹Tᵢ with Chebyshev polynomials shifted to [0, 1]; zeros exist for n = m ≤ 7 and 9.</summary>
    public static LeastSquaresProblem Chebyquad(int n = 8, int? m = null)
    {
        int count = m ?? n;
        return Problem(35, "Chebyquad", count,
            x =>
            {
                VarVector twice = 4 * x - 2, last = twice / 2, beforeLast = Repeat(n, 1);
                Var[] r = new Var[count];
                for (int i = 1; i <= count; i++)
                {
                    r[i - 1] = i % 2 == 0 ? last.Mean() + 1.0 / (i * i - 1) : last.Mean();
                    (beforeLast, last) = (last, twice * last - beforeLast);
                }
                return VarVector.Of(r);
            },
            Fractions(n, n + 1), (n, count) switch
            {
                (8, 8) => [3.516873725677932e-3],
                (10, 10) => [4.772713696375349e-3, 6.503954800882306e-3],
                _ when n == count && n is <= 7 or 9 => [0],
                _ => [],
            });
    }

    private static VarVector Cube(VarVector x) => x * x * x;

    /// <summary>tᵢ(tᵢ − 1).</summary>
    private static double[] Bent(int n) => Map(Fractions(n, n + 1), t => t * (t - 1));
}
