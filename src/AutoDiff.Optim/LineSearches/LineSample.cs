namespace AutoDiff.Optim.LineSearches;

/// <summary>φ along a line: α, φ(α) − φ(0), φ′(α).</summary>
internal readonly record struct LineSample(double Alpha, double Value, double Slope)
{
    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Slope);

    /// <summary>The same of φ(α) − cα.</summary>
    public LineSample Tilted(double c) => new(Alpha, Value - Alpha * c, Slope - c);
}
