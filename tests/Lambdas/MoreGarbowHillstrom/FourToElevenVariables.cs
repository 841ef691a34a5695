using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>Problems 13–19: four to eleven variables.</summary>
public static partial class MoreGarbowHillstrom
{
    /// <summary>13: minimum at 0, where the Hessian has rank two.</summary>
    public static LeastSquaresProblem PowellSingular() => Problem(13, "Powell singular", 4,
        x =>
            VarVector.Of(x[0] + 10 * x[1], Math.Sqrt(5) * (x[2] - x[3]), Math.Square(x[1] - 2 * x[2]),
            Math.Sqrt(10) * Math.Square(x[0] - x[3])),
        [3, -1, 0, 1], [0]);

    /// <summary>14: minimum at (1, 1, 1, 1); a saddle with f ≈ 7.877 stands in the way.</summary>
    public static LeastSquaresProblem Wood() => Problem(14, "Wood", 6,
        x => VarVector.Of(
            10 * (x[1] - x[0] * x[0]), 1 - x[0], Math.Sqrt(90) * (x[3] - x[2] * x[2]), 1 - x[2],
            Math.Sqrt(10) * (x[1] + x[3] - 2), (x[1] - x[3]) / Math.Sqrt(10)),
        [-3, -1, -3, -1], [0]);

    /// <summary>15: minimum near (0.1928, 0.1913, 0.1231, 0.1361), another at (+∞, −14.07…, −∞, −∞).</summary>
    public static LeastSquaresProblem KowalikOsborne()
    {
        VarVector y = MghMeasurements.KowalikOsborne(), u = MghMeasurements.KowalikOsborneArguments();
        return Problem(15, "Kowalik and Osborne", 11,
            x => y - x[0] * (u * (u + x[1])) / (u * (u + x[2]) + x[3]),
            [0.25, 0.39, 0.415, 0.39], [3.075056038492374e-4, 1.0273430486954567e-3],
            "1.02734…e-3 is the infimum at infinity: the fit by (u² + ux₂)/(au + b).");
    }

    /// <summary>16: for m = 20 minimum near (−11.5944, 13.2036, −0.403439, 0.236779).</summary>
    public static LeastSquaresProblem BrownDennis(int m = 20)
    {
        double[] fifths = Fractions(m, 5);
        VarVector t = fifths, exp = Map(fifths, Math.Exp), sin = Map(fifths, Math.Sin), cos = Map(fifths, Math.Cos);
        return Problem(16, "Brown and Dennis", m,
            x => Math.Square(x[0] + t * x[1] - exp) + Math.Square(x[2] + x[3] * sin - cos),
            [25, 5, -5, -1], m == 20 ? [85822.20162635634] : m == 10 ? [1.443225458570779] : []);
    }

    /// <summary>17: minimum near (0.3754, 1.9358, −1.4647, 0.01287, 0.02212).</summary>
    public static LeastSquaresProblem Osborne1()
    {
        VarVector y = MghMeasurements.Osborne1(), t = Map(Multiples(33, 10), ten => ten - 10);
        return Problem(17, "Osborne 1", 33,
            x => y - (x[0] + x[1] * Math.Exp(-t * x[3]) + x[2] * Math.Exp(-t * x[4])),
            [0.5, 1.5, -1, 0.01, 0.02], [5.464894697482906e-5]);
    }

    /// <summary>18: minimum at (1, 10, 1, 5, 4, 3).</summary>
    public static LeastSquaresProblem BiggsExp6(int m = 13)
    {
        double[] tenths = Fractions(m, 10);
        VarVector t = tenths, y = Map(tenths, s => Math.Exp(-s) - 5 * Math.Exp(-10 * s) + 3 * Math.Exp(-4 * s));
        return Problem(18, "Biggs EXP6", m,
            x => x[2] * Math.Exp(-t * x[0]) - x[3] * Math.Exp(-t * x[1]) + x[5] * Math.Exp(-t * x[4]) - y,
            [1, 2, 1, 1, 1, 1], [0],
            "The paper's second value 5.65565e-3 is a saddle (λ_min = −9.8e-3). The start's symmetry x₁ = x₅, x₃ = x₆ leads descent there. As x₂ → ∞, f may tend to 0.30637.",
            m == 13 ? [5.655649925499929e-3] : []);
    }

    /// <summary>19: minimum near (1.310, 0.4316, 0.6337, 0.5994, 0.7542, 0.9043, 1.3658, 4.8237, 2.3987, 4.5689, 5.6753).</summary>
    public static LeastSquaresProblem Osborne2()
    {
        VarVector y = MghMeasurements.Osborne2(), t = Map(Multiples(65, 1), i => (i - 1) / 10);
        return Problem(19, "Osborne 2", 65,
            x =>
            {
                VarVector model = x[0] * Math.Exp(-t * x[4]);
                for (int k = 1; k <= 3; k++)
                    model += x[k] * Math.Exp(-Math.Square(t - x[k + 7]) * x[k + 4]);
                return y - model;
            },
            [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], [4.013773629354774e-2],
            "Descent from ten times the start may end at f = 1.78981, the three bells outside the data.");
    }
}
