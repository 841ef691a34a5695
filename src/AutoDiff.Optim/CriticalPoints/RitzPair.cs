namespace AutoDiff.Optim.CriticalPoints;

/// <summary>An approximate eigenvalue, a bound on its distance to an eigenvalue, and its unit vector.</summary>
internal sealed record RitzPair(double Value, double Error, double[] Vector)
{
    public static RitzPair None { get; } = new(double.NaN, double.NaN, []);
}
