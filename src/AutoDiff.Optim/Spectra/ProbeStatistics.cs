namespace AutoDiff.Optim.Spectra;

/// <summary>Mean and scatter of independent samples (Welford 1962).</summary>
internal struct ProbeStatistics
{
    private double _squares;

    public int Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>The standard error of the mean; infinite for fewer than two samples.</summary>
    public readonly double StandardError => Count < 2 ? double.PositiveInfinity : Math.Sqrt(_squares / (Count - 1) / Count);

    public void Add(double sample)
    {
        Count++;
        double difference = sample - Mean;
        Mean += difference / Count;
        _squares += difference * (sample - Mean);
    }
}
