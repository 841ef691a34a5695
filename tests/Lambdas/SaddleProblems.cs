namespace AutoDiff.Lambdas;

/// <summary>
/// Problems with starts from which descent leads to a strict saddle: by a symmetry that gradients keep, or because it begins there. In all
/// of them the smallest value is known. bench/scipy_saddles.py has the same.
/// </summary>
public static class SaddleProblems
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MinimizationProblem> All { get; } = [Quartic(), Network(), Biggs(), Wells(10)];

    /// <summary>The one of that name.</summary>
    public static MinimizationProblem Get(string name) => All.Single(problem => problem.Name == name);

    /// <summary>x² − y² + y⁴/4 from the ridge: saddle 0 at the origin, minima −1 at (0, ±√2).</summary>
    public static MinimizationProblem Quartic() =>
        new("quartic", Objective.Of(x => x[0] * x[0] - x[1] * x[1] + Math.Pow(x[1], 4) / 4), [0.1, 0], -1, [0, Math.Sqrt(2)]);

    /// <summary>
    /// Two hidden units a·tanh(wt + b) that begin as copies of one another and stay so; together they could have the data exactly. The best
    /// of the equal ones is a saddle with f = 0.394489.
    /// </summary>
    public static MinimizationProblem Network()
    {
        VarVector t = (double[])[.. Enumerable.Range(-8, 17).Select(i => i / 4.0)], y = Math.Tanh(2 * t + 1) + Math.Tanh(t - 1);
        return new("network",
            Objective.Of(x => (x[0] * Math.Tanh(x[1] * t + x[2]) + x[3] * Math.Tanh(x[4] * t + x[5]) - y).SquaredNorm()),
            [0.5, 0.5, 0, 0.5, 0.5, 0], 0, [1, 2, 1, 1, 1, -1]);
    }

    /// <summary>Problem 18 of Moré, Garbow and Hillstrom from its standard start, whose symmetry leads to a saddle with f =
    /// 5.65565e-3.</summary>
    public static MinimizationProblem Biggs()
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.BiggsExp6();
        return new(problem.Name, problem.Objective, problem.Start, 0, [1, 10, 1, 5, 4, 3]);
    }

    /// <summary>A chain of double wells, Σ ¼(xᵢ² − 1)² + ½Σ(xᵢ₊₁ − xᵢ)², from the saddle 0 exactly; minima 0 at ±(1, …, 1).</summary>
    public static MinimizationProblem Wells(int n) => new("wells",
        Objective.Of(x => 0.25 * Math.Square(x * x - 1).Sum() + 0.5 * Math.Square(x[1..] - x[..^1]).Sum()),
        new double[n], 0, [.. Enumerable.Repeat(1.0, n)]);
}
