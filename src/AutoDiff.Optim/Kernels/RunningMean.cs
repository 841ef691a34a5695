namespace AutoDiff.Optim.Kernels;

/// <summary>Mean and its standard error of independent numbers that come one by one (B. P. Welford 1962).</summary>
internal struct RunningMean
{
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>s/√n; infinite for fewer than two numbers.</summary>
    public readonly double StandardError => Count < 2 ? double.PositiveInfinity : Math.Sqrt(_squares / (Count - 1) / Count);

    public void Add(double number)
    {
        Count++;
        double deviation = number - Mean;
        Mean += deviation / Count;
        _squares += deviation * (number - Mean);
    }
}
