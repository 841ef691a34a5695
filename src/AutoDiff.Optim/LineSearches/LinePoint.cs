namespace AutoDiff.Optim.LineSearches;

/// <summary>A point of a line with all that was evaluated there.</summary>
internal sealed class LinePoint(int dimension)
{
    public double[] X { get; } = new double[dimension];

    public double[] Gradient { get; } = new double[dimension];

    public double Value { get; set; }

    public LineSample Sample { get; set; }
}
