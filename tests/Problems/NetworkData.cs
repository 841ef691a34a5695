namespace AutoDiff.Problems;

/// <summary>
/// A batch for a network of one hidden layer: inputs uniform in [0, 1), row by row; the label of row r is r mod k.
/// Parameters: W₁[h][d], b₁[h], W₂[k][h], b₂[k].
/// </summary>
public sealed class NetworkData
{
    private readonly double[] _features;
    private readonly int[] _labels;

    /// <summary>Draws a batch from SplitMix64; by default the digits' sizes 784-128-10.</summary>
    public NetworkData(int inputs = 784, int hidden = 128, int classes = 10, int batch = 64, ulong seed = 7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (InputCount, HiddenCount, ClassCount, BatchSize) = (inputs, hidden, classes, batch);
        var random = new SplitMix64(seed);
        _features = new double[batch * inputs];
        for (int i = 0; i < _features.Length; i++) _features[i] = random.NextUnit();
        _labels = new int[batch];
        for (int r = 0; r < batch; r++) _labels[r] = r % classes;
    }

    /// <summary>d.</summary>
    public int InputCount { get; }

    /// <summary>h.</summary>
    public int HiddenCount { get; }

    /// <summary>k.</summary>
    public int ClassCount { get; }

    /// <summary>The number of rows.</summary>
    public int BatchSize { get; }

    /// <summary>hd + h + kh + k.</summary>
    public int ParameterCount => OutputBiasOffset + ClassCount;

    /// <summary>Where b₁ starts; W₁ starts at 0.</summary>
    public int HiddenBiasOffset => HiddenCount * InputCount;

    /// <summary>Where W₂ starts.</summary>
    public int OutputWeightOffset => HiddenBiasOffset + HiddenCount;

    /// <summary>Where b₂ starts.</summary>
    public int OutputBiasOffset => OutputWeightOffset + ClassCount * HiddenCount;

    /// <summary>All inputs, row by row.</summary>
    public ReadOnlySpan<double> Features => _features;

    /// <summary>The class of each row.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The inputs of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => _features.AsSpan(row * InputCount, InputCount);

    /// <summary>Weights (2u − 1)/√(fan-in) from one SplitMix64 stream, W₁ then W₂; biases 0.</summary>
    public double[] Start(ulong seed = 42)
    {
        var random = new SplitMix64(seed);
        double[] x = new double[ParameterCount];
        foreach (ref double w in x.AsSpan(0, HiddenBiasOffset)) w = random.NextSigned() / Math.Sqrt(InputCount);
        foreach (ref double w in x.AsSpan(OutputWeightOffset, ClassCount * HiddenCount)) w = random.NextSigned() / Math.Sqrt(HiddenCount);
        return x;
    }
}
