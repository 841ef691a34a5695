namespace AutoDiff.Lambdas;

/// <summary>Problems 1–6: two variables.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>1: minimum at (1, 1).</summary>
    public static LeastSquaresProblem Rosenbrock() => Problem(1, "Rosenbrock", 2,
        x => VarVector.Of(10 * (x[1] - x[0] * x[0]), 1 - x[0]),
        [-1.2, 1], [0]);

    /// <summary>2: minimum at (5, 4), local minimum near (11.4128, −0.896805).</summary>
    public static LeastSquaresProblem FreudensteinRoth() => Problem(2, "Freudenstein and Roth", 2,
        x => VarVector.Of(-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]),
        [0.5, -2], [0, 48.98425367924002]);

    /// <summary>3: minimum near (1.098e-5, 9.106).</summary>
    public static LeastSquaresProblem PowellBadlyScaled() => Problem(3, "Powell badly scaled", 2,
        x => VarVector.Of(1e4 * x[0] * x[1] - 1, Math.Exp(-x[0]) + Math.Exp(-x[1]) - 1.0001),
        [0, 1], [0]);

    /// <summary>4: minimum at (1e6, 2e-6).</summary>
    public static LeastSquaresProblem BrownBadlyScaled() => Problem(4, "Brown badly scaled", 3,
        x => VarVector.Of(x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2),
        [1, 1], [0]);

    /// <summary>5: minimum at (3, ½).</summary>
    public static LeastSquaresProblem Beale() => Problem(5, "Beale", 3,
        x =>
        {
            Var square = x[1] * x[1];
            return VarVector.Of(1.5 - x[0] * (1 - x[1]), 2.25 - x[0] * (1 - square), 2.625 - x[0] * (1 - square * x[1]));
        },
        [1, 1], [0], "Descent from ten times the start may run to x₁ → −∞, x₂ → 1, where f → 0.45201.");

    /// <summary>6: for m = 10 minimum near x₁ = x₂ = 0.2578.</summary>
    public static LeastSquaresProblem JennrichSampson(int m = 10)
    {
        double[] i = Multiples(m, 1);
        VarVector multiples = i, constants = Map(i, k => 2 + 2 * k);
        return Problem(6, "Jennrich and Sampson", m,
            x => constants - (Math.Exp(multiples * x[0]) + Math.Exp(multiples * x[1])),
            [0.3, 0.4], m == 10 ? [124.3621823556149] : m == 5 ? [9.775806312440463] : [],
            "For m = 10 descent from ten times the start may run to x₁ → −∞, where f → 259.58: the fit by one exponential.");
    }
}
