namespace AutoDiff.Problems;

/// <summary>Rows of features with a label 0 or 1 each.</summary>
public sealed class LogisticRegressionData
{
    private readonly double[] _features, _labels;

    /// <summary>Takes the features row by row and one label a row.</summary>
    public LogisticRegressionData(int features, ReadOnlySpan<double> rows, ReadOnlySpan<double> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Require.Length(rows, labels.Length * features);
        foreach (double y in labels)
        {
            if (y is not (0 or 1)) throw new ArgumentException($"The label {y} is neither 0 nor 1.", nameof(labels));
        }
        FeatureCount = features;
        _features = rows.ToArray();
        _labels = labels.ToArray();
    }

    /// <summary>The number of features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _labels.Length;

    /// <summary>Weights, one a feature, then the intercept.</summary>
    public int ParameterCount => FeatureCount + 1;

    /// <summary>All features, row by row.</summary>
    public ReadOnlySpan<double> Features => _features;

    /// <summary>The labels, 0 or 1.</summary>
    public ReadOnlySpan<double> Labels => _labels;

    /// <summary>The features of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => _features.AsSpan(row * FeatureCount, FeatureCount);

    /// <summary>Features uniform in [−1, 1); the label of a row is 1 when a noisy linear score of it is positive.</summary>
    public static LogisticRegressionData Synthetic(int rows, int features, ulong seed = 3)
    {
        var random = new SplitMix64(seed);
        double[] x = new double[rows * features], y = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            double score = 0;
            for (int j = 0; j < features; j++)
            {
                double value = random.NextSigned();
                x[r * features + j] = value;
                score += value * Math.Cos(j + 1);
            }
            y[r] = score + 0.5 * random.NextSigned() > 0 ? 1 : 0;
        }
        return new LogisticRegressionData(features, x, y);
    }
}
