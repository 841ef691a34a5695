using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>The reference network as a lambda over array variables (see <see cref="Network"/>).</summary>
public static class NetworkLambda
{
    /// <summary>tanh layer, linear outputs, mean softmax cross-entropy.</summary>
    public static Objective Arrays(NetworkData data)
    {
        double[,] inputs = new double[data.BatchSize, data.InputCount];
        for (int i = 0; i < data.BatchSize; i++)
        {
            for (int j = 0; j < data.InputCount; j++)
                inputs[i, j] = data.Row(i)[j];
        }
        int[] labels = [.. data.Labels];
        return Objective.Of(x =>
        {
            VarMatrix hiddenWeights = x.Matrix(0, data.HiddenCount, data.InputCount);
            VarMatrix outputWeights = x.Matrix(data.OutputWeightOffset, data.ClassCount, data.HiddenCount);
            VarVector hiddenBias = x.Slice(data.HiddenBiasOffset, data.HiddenCount),
                outputBias = x.Slice(data.OutputBiasOffset, data.ClassCount);
            VarMatrix hidden = Math.Tanh(((VarMatrix)inputs).MatMul(hiddenWeights.Transpose()) + hiddenBias);
            return (hidden.MatMul(outputWeights.Transpose()) + outputBias).CrossEntropy(labels).Mean();
        });
    }

    /// <summary>The same as a mean over rows, the last number of which is the label.</summary>
    public static DataObjective ByRow(NetworkData data)
    {
        int inputs = data.InputCount;
        double[,] rows = new double[data.BatchSize, inputs + 1];
        for (int i = 0; i < data.BatchSize; i++)
        {
            for (int j = 0; j < inputs; j++)
                rows[i, j] = data.Row(i)[j];
            rows[i, inputs] = data.Labels[i];
        }
        return Objective.Mean(rows, (x, row) =>
        {
            VarMatrix hiddenWeights = x.Matrix(0, data.HiddenCount, inputs),
                outputWeights = x.Matrix(data.OutputWeightOffset, data.ClassCount, data.HiddenCount);
            VarVector hidden = Math.Tanh(hiddenWeights.MatMul(row[..inputs]) + x.Slice(data.HiddenBiasOffset, data.HiddenCount));
            return (outputWeights.MatMul(hidden) + x.Slice(data.OutputBiasOffset, data.ClassCount)).CrossEntropy(row.Label(inputs));
        });
    }
}
