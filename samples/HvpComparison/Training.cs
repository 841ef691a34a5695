namespace AutoDiff.Samples.Digits;

/// <summary>Adam on mini-batches: enough of an optimizer for a sample (D. P. Kingma, J. Ba, Adam: a method for stochastic optimization,
/// 2015).</summary>
internal sealed class Training(Network network, Digits digits, int batchSize, double learningRate, Random random)
{
    private const double MeanDecay = 0.9, SquareDecay = 0.999, Floor = 1e-8;

    private readonly double[] _gradient = new double[network.ParameterCount];
    private readonly double[] _mean = new double[network.ParameterCount];
    private readonly double[] _square = new double[network.ParameterCount];
    private readonly int[] _order = [.. Enumerable.Range(0, digits.Count)];
    private int _step;

    /// <summary>Takes one step from <paramref name="parameters"/> and returns the loss of its batch.</summary>
    public double Step(double[] parameters)
    {
        random.Shuffle(_order);
        double loss = network.Loss(digits.Select(_order.AsSpan(0, Math.Min(batchSize, _order.Length)))).Gradient(parameters, _gradient);
        _step++;
        double rate = learningRate * Math.Sqrt(1 - Math.Pow(SquareDecay, _step)) / (1 - Math.Pow(MeanDecay, _step));
        for (int i = 0; i < parameters.Length; i++)
        {
            _mean[i] = MeanDecay * _mean[i] + (1 - MeanDecay) * _gradient[i];
            _square[i] = SquareDecay * _square[i] + (1 - SquareDecay) * _gradient[i] * _gradient[i];
            parameters[i] -= rate * _mean[i] / (Math.Sqrt(_square[i]) + Floor);
        }
        return loss;
    }
}
