namespace AutoDiff.Lambdas;

/// <summary>Problems 20–27: any number of variables, minimized.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>20, 2 ≤ n ≤ 31: rᵢ = Σⱼ(j−1)xⱼtᵢʲ⁻² − (Σⱼxⱼtᵢʲ⁻¹)² − 1, a polynomial fitted to y′ − y² = 1.</summary>
    public static LeastSquaresProblem Watson(int n = 6)
    {
        double[,] powers = new double[29, n], slopes = new double[29, n];
        for (int i = 0; i < 29; i++)
        {
            double t = (i + 1) / 29.0;
            for (int j = 0; j < n; j++)
            {
                powers[i, j] = Math.Pow(t, j);
                slopes[i, j] = j == 0 ? 0 : j * Math.Pow(t, j - 1);
            }
        }
        return Problem(20, "Watson", 31,
            x =>
            {
                VarVector value = ((VarMatrix)powers).MatMul(x), slope = ((VarMatrix)slopes).MatMul(x);
                return VarVector.Concat(slope - value * value - 1, VarVector.Of(x[0], x[1] - x[0] * x[0] - 1));
            },
            new double[n], n switch
            {
                6 => [2.287670053552436e-3],
                9 => [1.399760138099020e-6],
                12 => [4.722381105891757e-10],
                _ => [],
            });
    }

    /// <summary>21, n even: minimum at (1, …, 1).</summary>
    public static LeastSquaresProblem ExtendedRosenbrock(int n = 10) => Problem(21, "extended Rosenbrock", n,
        x =>
        {
            Var[] r = new Var[n];
            for (int i = 0; i < n; i += 2)
                (r[i], r[i + 1]) = (10 * (x[i + 1] - x[i] * x[i]), 1 - x[i]);
            return VarVector.Of(r);
        },
        Repeat(n, -1.2, 1), [0]);

    /// <summary>22, n a multiple of 4: minimum at 0, where the Hessian has rank n/2.</summary>
    public static LeastSquaresProblem ExtendedPowellSingular(int n = 12) => Problem(22, "extended Powell singular", n,
        x =>
        {
            Var[] r = new Var[n];
            for (int i = 0; i < n; i += 4)
            {
                (r[i], r[i + 1]) = (x[i] + 10 * x[i + 1], Math.Sqrt(5) * (x[i + 2] - x[i + 3]));
                (r[i + 2], r[i + 3]) = (Math.Square(x[i + 1] - 2 * x[i + 2]), Math.Sqrt(10) * Math.Square(x[i] - x[i + 3]));
            }
            return VarVector.Of(r);
        },
        Repeat(n, 3, -1, 0, 1), [0]);

    /// <summary>23, m = n + 1.</summary>
    public static LeastSquaresProblem Penalty1(int n = 4) => Problem(23, "penalty I", n + 1,
        x => VarVector.Concat(Math.Sqrt(1e-5) * (x - 1), VarVector.Of(x.SquaredNorm() - 0.25)),
        Multiples(n, 1), n == 4 ? [2.249977500899937e-5] : n == 10 ? [7.087651467090369e-5] : []);

    /// <summary>24, m = 2n.</summary>
    public static LeastSquaresProblem Penalty2(int n = 4)
    {
        VarVector y = Map(Multiples(n - 1, 1), i => Math.Exp((i + 1) / 10) + Math.Exp(i / 10)),
            weights = Map(Multiples(n, 1), j => n - j + 1);
        double root = Math.Sqrt(1e-5), floor = Math.Exp(-0.1);
        return Problem(24, "penalty II", 2 * n,
            x =>
            {
                VarVector e = Math.Exp(x / 10);
                return VarVector.Concat(
                    VarVector.Of(x[0] - 0.2), root * (e[1..] + e[..^1] - y), root * (e[1..] - floor), VarVector.Of(weights.Dot(x * x) - 1));
            },
            Repeat(n, 0.5), n == 4 ? [9.376293007355442e-6] : n == 10 ? [2.936605374567459e-4] : []);
    }

    /// <summary>25, m = n + 2: minimum at (1, …, 1).</summary>
    public static LeastSquaresProblem VariablyDimensioned(int n = 10)
    {
        VarVector j = Multiples(n, 1);
        return Problem(25, "variably dimensioned", n + 2,
            x =>
            {
                VarVector distance = x - 1;
                Var s = j.Dot(distance);
                return VarVector.Concat(distance, VarVector.Of(s, s * s));
            },
            Map(Fractions(n, n), fraction => 1 - fraction), [0]);
    }

    /// <summary>26.</summary>
    public static LeastSquaresProblem Trigonometric(int n = 10)
    {
        VarVector i = Multiples(n, 1);
        return Problem(26, "trigonometric", n,
            x =>
            {
                VarVector cos = Math.Cos(x);
                return n - cos.Sum() + i * (1 - cos) - Math.Sin(x);
            },
            Repeat(n, 1.0 / n), n == 10 ? [0, 2.795056121879456e-5, 4.218633887923726e-5]
                : [0], "For n = 10 minimizers often end at 2.795…e-5.");
    }

    /// <summary>
    /// 27: minimum at (α, …, α, α¹⁻ⁿ) with nαⁿ − (n+1)αⁿ⁻¹ + 1 = 0, such as α = 1; the paper also lists the value 1 at (0, …, 0, n+1).
    /// </summary>
    public static LeastSquaresProblem BrownAlmostLinear(int n = 10) => Problem(27, "Brown almost-linear", n,
        x => VarVector.Concat(x[..^1] + (x.Sum() - (n + 1)), VarVector.Of(x.Product() - 1)),
        Repeat(n, 0.5), [0],
        "Along (a, …, a, n+1−na), a > 0, f falls from 1 like aⁿ⁻¹: no minimum, though no derivative below that order shows it.", [1]);
}
