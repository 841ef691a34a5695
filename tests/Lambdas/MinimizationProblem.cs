namespace AutoDiff.Lambdas;

/// <summary>A function to be minimized, with its start and what is known of its minimum.</summary>
/// <param name="Name">The usual name.</param>
/// <param name="Objective">f.</param>
/// <param name="Start">The usual start.</param>
/// <param name="Minimum">The smallest value f*; NaN where it is not known in this dimension.</param>
/// <param name="Minimizer">A point where f takes it, if known in closed form.</param>
public sealed record MinimizationProblem(string Name, Objective Objective, double[] Start, double Minimum, double[]? Minimizer = null)
{
    /// <summary>The number of variables.</summary>
    public int N => Start.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {N}";
}
