using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>ADBench's elementwise LSTM as lambdas (see <see cref="Lstm"/> for the formula).</summary>
public static class LstmLambda
{
    /// <summary>Loops over scalars.</summary>
    public static Objective Scalar(LstmData data) => Objective.Of(x =>
    {
        int width = data.Width;
        Var[] state = new Var[data.InitialState.Length], predictions = new Var[width];
        for (int i = 0; i < state.Length; i++)
            state[i] = data.InitialState[i];
        VarVector extra = x[data.ExtraOffset..];
        Var sum = 0;
        for (int t = 0; t < data.StepCount - 1; t++)
        {
            ReadOnlySpan<double> input = data.Input(t), target = data.Input(t + 1);
            Var partition = 2;
            for (int j = 0; j < width; j++)
            {
                Var signal = input[j] * extra[j];
                for (int layer = 0; layer < data.LayerCount; layer++)
                {
                    VarVector weights = x.Slice(data.LayerOffset(layer), 4 * width), biases = x.Slice(data.LayerOffset(layer) + 4 * width, 4 * width);
                    int hidden = 2 * width * layer + j, cell = hidden + width;
                    Var forget = Math.Sigmoid(signal * weights[j] + biases[j]);
                    Var ingate = Math.Sigmoid(state[hidden] * weights[width + j] + biases[width + j]);
                    Var outgate = Math.Sigmoid(signal * weights[2 * width + j] + biases[2 * width + j]);
                    Var change = Math.Tanh(state[hidden] * weights[3 * width + j] + biases[3 * width + j]);
                    state[cell] = state[cell] * forget + ingate * change;
                    signal = state[hidden] = outgate * Math.Tanh(state[cell]);
                }
                predictions[j] = signal * extra[width + j] + extra[2 * width + j];
                partition += Math.Exp(predictions[j]);
            }
            Var logPartition = Math.Log(partition);
            for (int j = 0; j < width; j++)
                sum += target[j] * (predictions[j] - logPartition);
        }
        return -sum / ((data.StepCount - 1) * width);
    });
}
