namespace AutoDiff.Problems;

/// <summary>
/// Cameras, points, weights and the features observed: one of each, replicated. Observation i sees point i mod m with camera i mod n.
/// </summary>
public sealed class BundleAdjustmentData
{
    /// <summary>Rotation vector (3), centre (3), focal length, principal point (2), radial distortion (2).</summary>
    public const int CameraSize = 11;

    private readonly double[] _cameras, _points, _weights, _features;

    /// <summary>Reads the text of an ADBench input.</summary>
    public BundleAdjustmentData(TextReader text)
        : this(new TokenReader(text))
    {
    }

    private BundleAdjustmentData(TokenReader tokens)
    {
        int cameras = tokens.Integer(), points = tokens.Integer(), observations = tokens.Integer();
        _cameras = Repeat(tokens.Numbers(CameraSize), cameras);
        _points = Repeat(tokens.Numbers(3), points);
        _weights = Repeat(tokens.Numbers(1), observations);
        _features = Repeat(tokens.Numbers(2), observations);
        tokens.End();
    }

    /// <summary>49 cameras, 7776 points, 31843 observations.</summary>
    public static BundleAdjustmentData LoadBa1() => new(TokenReader.OfResource("ba1_n49_m7776_p31843.txt"));

    /// <summary>n.</summary>
    public int CameraCount => _cameras.Length / CameraSize;

    /// <summary>m.</summary>
    public int PointCount => _points.Length / 3;

    /// <summary>p.</summary>
    public int ObservationCount => _weights.Length;

    /// <summary>11n + 3m + p: all cameras, then all points, then all weights.</summary>
    public int ParameterCount => _cameras.Length + _points.Length + _weights.Length;

    /// <summary>The observed features, two coordinates each.</summary>
    public ReadOnlySpan<double> Features => _features;

    /// <summary>The file's parameters.</summary>
    public double[] Start() => [.. _cameras, .. _points, .. _weights];

    /// <summary>Where the camera of an observation starts among the parameters.</summary>
    public int CameraOffset(int observation) => observation % CameraCount * CameraSize;

    /// <summary>Where the point of an observation starts among the parameters.</summary>
    public int PointOffset(int observation) => _cameras.Length + observation % PointCount * 3;

    /// <summary>Where the weight of an observation stands among the parameters.</summary>
    public int WeightOffset(int observation) => _cameras.Length + _points.Length + observation;

    private static double[] Repeat(double[] block, int count)
    {
        double[] all = new double[count * block.Length];
        for (int i = 0; i < count; i++) block.CopyTo(all, i * block.Length);
        return all;
    }
}
