using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>A small logistic regression on made-up data: 53 rows (a prime), so that no batch size divides it.</summary>
internal static class Regression
{
    public const int RowCount = 53, Dimension = 4;

    public static double[,] Rows()
    {
        RandomStream random = new(77);
        double[,] rows = new double[RowCount, Dimension];
        for (int i = 0; i < RowCount; i++)
        {
            for (int j = 0; j < Dimension - 1; j++)
                rows[i, j] = random.NextNormal();
            rows[i, Dimension - 1] = rows[i, 0] - 0.5 * rows[i, 1] + 0.5 * random.NextNormal() > 0 ? 1 : -1;
        }
        return rows;
    }

    public static Var Term(VarVector x, DataVector row) =>
        Math.Softplus(-row[Dimension - 1] * (x[0] * row[0] + x[1] * row[1] + x[2] * row[2] + x[3])) + 0.05 * x.SquaredNorm();

    public static DataObjective Mean() => Objective.Mean(Rows(), Term);

    public static DataObjective Sum() => Objective.Sum(Rows(), Term);
}
