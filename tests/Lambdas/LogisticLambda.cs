using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>Logistic regression as lambdas (see <see cref="LogisticRegression"/>).</summary>
public static class LogisticLambda
{
    /// <summary>Operations on whole arrays.</summary>
    public static Objective Arrays(LogisticRegressionData data)
    {
        double[,] rows = new double[data.RowCount, data.FeatureCount];
        double[] labels = [.. data.Labels];
        for (int i = 0; i < data.RowCount; i++)
        {
            for (int j = 0; j < data.FeatureCount; j++)
                rows[i, j] = data.Row(i)[j];
        }
        return Objective.Of(x =>
        {
            VarVector scores = ((VarMatrix)rows).MatMul(x[..^1]) + x[^1];
            return (Math.Softplus(scores) - labels * scores).Mean();
        });
    }
}
