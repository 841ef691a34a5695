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

    /// <summary>A mean over rows, the last number of which is the label: a loop over the features.</summary>
    public static DataObjective Loop(LogisticRegressionData data)
    {
        int features = data.FeatureCount;
        return Objective.Mean(Rows(data), (x, row) =>
        {
            Var z = x[features];
            for (int j = 0; j < features; j++)
                z += x[j] * row[j];
            return Math.Softplus(z) - row[features] * z;
        });
    }

    /// <summary>The same with a product of vectors.</summary>
    public static DataObjective ByRow(LogisticRegressionData data) => Objective.Mean(Rows(data), (x, row) =>
    {
        Var z = x[..^1].Dot(row[..^1]) + x[^1];
        return Math.Softplus(z) - row[^1] * z;
    });

    private static double[,] Rows(LogisticRegressionData data)
    {
        double[,] rows = new double[data.RowCount, data.FeatureCount + 1];
        for (int i = 0; i < data.RowCount; i++)
        {
            for (int j = 0; j < data.FeatureCount; j++)
                rows[i, j] = data.Row(i)[j];
            rows[i, data.FeatureCount] = data.Labels[i];
        }
        return rows;
    }
}
