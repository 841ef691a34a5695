namespace AutoDiff.Samples.Greeks;

/// <summary>A mean over independent batches, with its standard error.</summary>
internal readonly record struct Estimate(double Mean, double Error)
{
    /// <summary>The mean of <paramref name="batches"/>, whose spread gives the standard error.</summary>
    public static Estimate Of(ReadOnlySpan<double> batches)
    {
        double mean = 0, squares = 0;
        foreach (double batch in batches)
            mean += batch / batches.Length;
        foreach (double batch in batches)
            squares += (batch - mean) * (batch - mean);
        return new Estimate(mean, Math.Sqrt(squares / (batches.Length - 1) / batches.Length));
    }
}
