namespace AutoDiff.Tests.Optim.NewtonMethods;

/// <summary>A few objectives whose minima are known.</summary>
internal static class Functions
{
    public static readonly Objective Rosenbrock = Objective.Of(x => RosenbrockSum(x));

    /// <summary>Powell 1962; minimum 0 at the origin, where the Hessian is singular.</summary>
    public static readonly Objective PowellSingular = Objective.Of(x =>
        Square(x[0] + 10 * x[1]) + 5 * Square(x[2] - x[3]) + Square(Square(x[1] - 2 * x[2])) + 10 * Square(Square(x[0] - x[3])));

    /// <summary>Beale 1958; minimum 0 at (3, ½).</summary>
    public static readonly Objective Beale = Objective.Of(x =>
        Square(1.5 - x[0] * (1 - x[1])) + Square(2.25 - x[0] * (1 - x[1] * x[1])) + Square(2.625 - x[0] * (1 - x[1] * x[1] * x[1])));

    /// <summary>Σ (xᵢ − ln xᵢ), NaN for negative x; minimum n at 1.</summary>
    public static readonly Objective LogBarrier = Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] - Math.Log(x[i]);
        return sum;
    });

    public static Var RosenbrockSum(VarVector x)
    {
        Var sum = 0;
        for (int i = 0; i + 1 < x.Length; i += 2)
            sum += 100 * Square(x[i + 1] - x[i] * x[i]) + Square(1 - x[i]);
        return sum;
    }

    public static Var Square(Var a) => a * a;

    public static double[] Repeat(int n, params double[] pattern) => [.. Enumerable.Range(0, n).Select(i => pattern[i % pattern.Length])];
}
