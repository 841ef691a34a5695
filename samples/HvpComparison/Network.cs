namespace AutoDiff.Samples.Digits;

/// <summary>A network of one hidden tanh layer; its parameters are one flat vector: W₁, b₁, W₂, b₂.</summary>
internal sealed record Network(int Inputs, int Hidden, int Outputs)
{
    private int HiddenBias => Hidden * Inputs;
    private int OutputWeights => HiddenBias + Hidden;
    private int OutputBias => OutputWeights + Outputs * Hidden;

    public int ParameterCount => OutputBias + Outputs;

    /// <summary>The outputs for a batch of inputs, one a row: a plain lambda's worth of array operations.</summary>
    public VarMatrix Logits(VarVector parameters, VarMatrix inputs)
    {
        VarMatrix hiddenWeights = parameters.Matrix(0, Hidden, Inputs), outputWeights = parameters.Matrix(OutputWeights, Outputs, Hidden);
        VarMatrix hidden = Math.Tanh(inputs.MatMul(hiddenWeights.Transpose()) + parameters.Slice(HiddenBias, Hidden));
        return hidden.MatMul(outputWeights.Transpose()) + parameters.Slice(OutputBias, Outputs);
    }

    /// <summary>The mean softmax cross-entropy over a set of digits, with a little weight decay so that the Hessian is not singular.</summary>
    public Objective Loss(Digits digits, double decay = 1e-4) => Objective.Of(parameters =>
        Logits(parameters, digits.Images).CrossEntropy(digits.Labels).Mean() + 0.5 * decay * parameters.SquaredNorm());

    /// <summary>The share of digits whose largest output is their label's.</summary>
    public double Accuracy(ReadOnlySpan<double> parameters, Digits digits)
    {
        double[] logits = VectorFunction.Of(p => Logits(p, digits.Images).Flatten()).Value(parameters);
        int right = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            ReadOnlySpan<double> row = logits.AsSpan(i * Outputs, Outputs);
            right += row.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(row)) == digits.Labels[i] ? 1 : 0;
        }
        return (double)right / digits.Count;
    }

    /// <summary>Weights uniform in ±1/√fan-in, biases zero.</summary>
    public double[] Start(Random random)
    {
        double[] parameters = new double[ParameterCount];
        Fill(parameters.AsSpan(0, HiddenBias), Inputs, random);
        Fill(parameters.AsSpan(OutputWeights, Outputs * Hidden), Hidden, random);
        return parameters;
    }

    private static void Fill(Span<double> weights, int fanIn, Random random)
    {
        foreach (ref double weight in weights)
            weight = (2 * random.NextDouble() - 1) / Math.Sqrt(fanIn);
    }
}
