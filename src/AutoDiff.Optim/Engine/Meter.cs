namespace AutoDiff.Optim.Engine;

/// <summary>Counts of evaluations, and the limits on them.</summary>
internal sealed class Meter(long? maxValues = null, long? maxGradients = null, long? maxProducts = null)
{
    private readonly long _maxValues = maxValues ?? long.MaxValue, _maxGradients = maxGradients ?? long.MaxValue,
        _maxProducts = maxProducts ?? long.MaxValue;

    public Counts Counts { get; set; }

    /// <summary>Charges evaluations before they are made.</summary>
    /// <exception cref="RunEnded">They would exceed a limit; nothing is charged.</exception>
    public void Charge(int values = 0, int gradients = 0, int products = 0, int jacobianProducts = 0, int transposeProducts = 0)
    {
        Counts c = Counts;
        if (c.Values + values > _maxValues || c.Gradients + gradients > _maxGradients || c.HessianVectorProducts + products > _maxProducts)
            throw new RunEnded(OptimizationStatus.LimitEvaluations);
        Counts = new Counts(
            c.Values + values, c.Gradients + gradients, c.HessianVectorProducts + products,
            c.JacobianVectorProducts + jacobianProducts, c.VectorJacobianProducts + transposeProducts);
    }
}
