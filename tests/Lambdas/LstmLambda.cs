using System.Runtime.InteropServices;
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
                    VarVector weights = x.Slice(data.LayerOffset(layer), 4 * width),
                        biases = x.Slice(data.LayerOffset(layer) + 4 * width, 4 * width);
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

    /// <summary>Operations on the four gates of a layer at once, and on all steps at once where no step needs the one before.</summary>
    public static Objective Arrays(LstmData data)
    {
        int width = data.Width, steps = data.StepCount - 1;
        double[,] inputs = Rows(data, 0), targets = Rows(data, 1);
        double[] targetSums = [.. Enumerable.Range(0, steps).Select(t => Enumerable.Range(0, width).Sum(j => targets[t, j]))];
        return Objective.Of(x =>
        {
            VarVector[] hidden = new VarVector[data.LayerCount], cell = new VarVector[data.LayerCount], outputs = new VarVector[steps];
            for (int layer = 0; layer < data.LayerCount; layer++)
            {
                hidden[layer] = data.InitialState.Slice(2 * width * layer, width).ToArray();
                cell[layer] = data.InitialState.Slice(2 * width * layer + width, width).ToArray();
            }
            VarVector inputWeights = x.Slice(data.ExtraOffset, width), outputWeights = x.Slice(data.ExtraOffset + width, width);
            VarVector outputBiases = x.Slice(data.ExtraOffset + 2 * width, width);
            VarMatrix signals = (VarMatrix)inputs * inputWeights;
            for (int t = 0; t < steps; t++)
            {
                VarVector signal = signals.Row(t);
                for (int layer = 0; layer < data.LayerCount; layer++)
                {
                    // Forget and ingate in the first row, outgate and change in the second: in each, one of the signal and one of the
                    // state.
                    VarMatrix weights = x.Matrix(data.LayerOffset(layer), 2, 2 * width),
                        biases = x.Matrix(data.LayerOffset(layer) + 4 * width, 2, 2 * width);
                    VarVector gates = (VarVector.Concat(signal, hidden[layer]) * weights + biases).Flatten();
                    VarVector open = Math.Sigmoid(gates[..(3 * width)]), change = Math.Tanh(gates[(3 * width)..]);
                    cell[layer] = cell[layer] * open[..width] + open.Slice(width, width) * change;
                    signal = hidden[layer] = open.Slice(2 * width, width) * Math.Tanh(cell[layer]);
                }
                outputs[t] = signal;
            }
            VarMatrix predictions = VarMatrix.Stack(outputs) * outputWeights + outputBiases;
            VarVector logPartitions = Math.Log(2 + Math.Exp(predictions).SumColumns());
            return (logPartitions.Dot(targetSums) - (predictions * targets).Sum()) / (steps * width);
        });
    }

    private static double[,] Rows(LstmData data, int first)
    {
        double[,] rows = new double[data.StepCount - 1, data.Width];
        data.Inputs.Slice(first * data.Width, rows.Length).CopyTo(MemoryMarshal.CreateSpan(ref rows[0, 0], rows.Length));
        return rows;
    }
}
