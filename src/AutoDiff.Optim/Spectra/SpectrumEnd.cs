namespace AutoDiff.Optim;

/// <summary>An end of a real spectrum.</summary>
public enum SpectrumEnd
{
    /// <summary>The smallest eigenvalues: the most negative ones, if there are any.</summary>
    Smallest,

    /// <summary>The largest eigenvalues.</summary>
    Largest,
}
