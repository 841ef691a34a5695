using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>Problems 7–12: three variables.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>7: minimum at (1, 0, 0); θ jumps by 1 across the half plane x₁ = 0.</summary>
    public static LeastSquaresProblem HelicalValley() => Problem(7, "helical valley", 3,
        x =>
        {
            Var turn = x[0] == 0 ? 0.25 : Math.Atan(x[1] / x[0]) / (2 * Math.PI) + (x[0] < 0 ? 0.5 : 0);
            return VarVector.Of(10 * (x[2] - 10 * turn), 10 * (Math.Sqrt(x[0] * x[0] + x[1] * x[1]) - 1), x[2]);
        },
        [-1, 0, 0], [0]);

    /// <summary>8: minimum near (0.08241, 1.133, 2.344), another at (0.8406, −∞, −∞).</summary>
    public static LeastSquaresProblem Bard()
    {
        VarVector y = MghMeasurements.Bard(), u = Multiples(15, 1);
        VarVector v = Map(Multiples(15, 1), i => 16 - i), w = Map(Multiples(15, 1), i => Math.Min(i, 16 - i));
        return Problem(8, "Bard", 15,
            x => y - (x[0] + u / (v * x[1] + w * x[2])),
            [1, 1, 1], [8.214877306578975e-3, 17.428693333333335], "17.4286… is the infimum as x₂, x₃ → −∞: the fit by a constant.");
    }

    /// <summary>9: minimum near (0.398956, 1.00002, 0).</summary>
    public static LeastSquaresProblem Gaussian()
    {
        VarVector y = MghMeasurements.Gaussian(), t = Map(Multiples(15, 1), i => (8 - i) / 2);
        return Problem(9, "Gaussian", 15,
            x => x[0] * Math.Exp(-0.5 * x[1] * Math.Square(t - x[2])) - y,
            [0.4, 1, 0], [1.127932769618648e-8]);
    }

    /// <summary>10: minimum near (0.00560964, 6181.35, 345.224).</summary>
    public static LeastSquaresProblem Meyer()
    {
        VarVector y = MghMeasurements.Meyer(), t = Map(Multiples(16, 5), five => 45 + five);
        return Problem(10, "Meyer", 16,
            x => x[0] * Math.Exp(x[1] / (t + x[2])) - y,
            [0.02, 4000, 250], [87.94585517085112]);
    }

    /// <summary>11: minimum at (50, 25, 1.5).</summary>
    public static LeastSquaresProblem Gulf(int m = 99)
    {
        double[] fractions = Fractions(m, 100);
        VarVector t = fractions, y = Map(fractions, s => 25 + Math.Pow(-50 * Math.Log(s), 2.0 / 3));
        return Problem(11, "Gulf research and development", m,
            x => Math.Exp(-Math.Pow(Math.Abs(y - x[1]), x[2]) / x[0]) - t,
            [5, 2.5, 0.15], [0],
            "yᵢ − x₂, as the authors' program has it; the paper prints yᵢmix₂. The residual i = 100 would have no second derivative at the minimum.");
    }

    /// <summary>12: zero at (1, 10, 1), at (10, 1, −1) and wherever x₁ = x₂, x₃ = 0.</summary>
    public static LeastSquaresProblem Box(int m = 10)
    {
        double[] tenths = Fractions(m, 10);
        VarVector t = tenths, scale = Map(tenths, s => Math.Exp(-s) - Math.Exp(-10 * s));
        return Problem(12, "Box three-dimensional", m,
            x => Math.Exp(-t * x[0]) - Math.Exp(-t * x[1]) - x[2] * scale,
            [0, 10, 20], [0]);
    }
}
