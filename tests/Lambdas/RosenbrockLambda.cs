namespace AutoDiff.Lambdas;

/// <summary>The chained Rosenbrock function as lambdas.</summary>
public static class RosenbrockLambda
{
    /// <summary>A loop over scalars, as a person would write it.</summary>
    public static Objective Scalar() => Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
            sum += 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
        return sum;
    });

    /// <summary>Operations on whole vectors.</summary>
    public static Objective Arrays() => Objective.Of(x =>
    {
        VarVector here = x[..^1], next = x[1..];
        return (100 * Math.Pow(next - here * here, 2) + Math.Pow(1 - here, 2)).Sum();
    });
}
