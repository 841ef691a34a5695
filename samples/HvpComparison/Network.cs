using System.Numerics.Tensors;

namespace AutoDiff.Samples.Digits;

/// <summary>A network of one hidden tanh layer; its parameters are named blocks of one flat vector.</summary>
internal sealed class Network
{
    private readonly ParameterLayout _layout = new();
    private readonly MatrixBlock _hiddenWeights, _outputWeights;
    private readonly VectorBlock _hiddenBias, _outputBias;

    public Network(int inputs, int hidden, int outputs)
    {
        _hiddenWeights = _layout.Matrix("hidden weights", hidden, inputs);
        _hiddenBias = _layout.Vector("hidden bias", hidden);
        _outputWeights = _layout.Matrix("output weights", outputs, hidden);
        _outputBias = _layout.Vector("output bias", outputs);
    }

    public int ParameterCount => _layout.Length;

    /// <summary>Weights uniform in ±1/√fan-in, biases zero.</summary>
    public double[] Start(int seed) => _layout.Initialize((ulong)seed);

    /// <summary>The outputs for a batch of inputs, one a row.</summary>
    public VarMatrix Logits(VarVector parameters, VarMatrix inputs)
    {
        VarMatrix hidden = Math.Tanh(inputs.MatMul(_hiddenWeights.In(parameters).Transpose()) + _hiddenBias.In(parameters));
        return hidden.MatMul(_outputWeights.In(parameters).Transpose()) + _outputBias.In(parameters);
    }

    /// <summary>The mean softmax cross-entropy over a set of digits, with a little weight decay so that the Hessian is not
    /// singular.</summary>
    public Objective Loss(Digits digits, double decay = 1e-4) => Objective.Of(parameters =>
        Logits(parameters, digits.Images).CrossEntropy(digits.Labels).Mean() + 0.5 * decay * parameters.SquaredNorm());

    /// <summary>The same loss as a mean over digits, one a row with its label last, which has mini-batches.</summary>
    public DataObjective LossByDigit(Digits digits, double decay = 1e-4)
    {
        double[,] rows = new double[digits.Count, Digits.PixelCount + 1];
        for (int i = 0; i < digits.Count; i++)
        {
            for (int j = 0; j < Digits.PixelCount; j++)
                rows[i, j] = digits.Images[i, j];
            rows[i, Digits.PixelCount] = digits.Labels[i];
        }
        return Objective.Mean(rows, (parameters, row) =>
        {
            VarVector pixels = row[..Digits.PixelCount];
            VarVector hidden = Math.Tanh(_hiddenWeights.In(parameters).MatMul(pixels) + _hiddenBias.In(parameters));
            VarVector logits = _outputWeights.In(parameters).MatMul(hidden) + _outputBias.In(parameters);
            return logits.CrossEntropy(row.Label(Digits.PixelCount)) + 0.5 * decay * parameters.SquaredNorm();
        });
    }

    /// <summary>The share of digits whose largest output is their label's.</summary>
    public double Accuracy(ReadOnlySpan<double> parameters, Digits digits)
    {
        double[] logits = VectorFunction.Of(p => Logits(p, digits.Images).Flatten()).Value(parameters);
        int outputs = _outputBias.Length, right = 0;
        for (int i = 0; i < digits.Count; i++)
            right += TensorPrimitives.IndexOfMax<double>(logits.AsSpan(i * outputs, outputs)) == digits.Labels[i] ? 1 : 0;
        return (double)right / digits.Count;
    }
}
