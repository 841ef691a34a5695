using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>ADBench's Gaussian mixture as lambdas (see <see cref="Gmm"/> for the formula).</summary>
public static class GmmLambda
{
    /// <summary>Loops over scalars.</summary>
    public static Objective Scalar(GmmData data) => Objective.Of(x =>
    {
        int dimension = data.Dimension, components = data.ComponentCount;
        Var[] logDeterminants = new Var[components], offsets = new Var[components], diagonals = new Var[components * dimension];
        for (int k = 0; k < components; k++)
        {
            Var sum = 0;
            for (int d = 0; d < dimension; d++)
            {
                Var q = x[data.LogDiagonalOffset(k) + d];
                sum += q;
                diagonals[k * dimension + d] = Math.Exp(q);
            }
            logDeterminants[k] = sum;
            offsets[k] = x[k] + sum;
        }

        Var total = 0;
        Var[] terms = new Var[components], centred = new Var[dimension];
        for (int i = 0; i < data.PointCount; i++)
        {
            ReadOnlySpan<double> point = data.Point(i);
            for (int k = 0; k < components; k++)
            {
                int mean = data.MeanOffset(k), lower = data.LowerOffset(k);
                for (int d = 0; d < dimension; d++)
                    centred[d] = point[d] - x[mean + d];
                Var squares = 0;
                for (int row = 0; row < dimension; row++)
                {
                    Var product = diagonals[k * dimension + row] * centred[row];
                    for (int column = 0, entry = lower + row - 1; column < row; entry += dimension - column - 2, column++)
                        product += x[entry] * centred[column]; // Below the diagonal, column by column.
                    squares += product * product;
                }
                terms[k] = offsets[k] - 0.5 * squares;
            }
            total += LogSumExp(terms);
        }

        Var[] weights = new Var[components];
        Var prior = 0;
        for (int k = 0; k < components; k++)
        {
            weights[k] = x[k];
            Var squares = 0;
            for (int d = 0; d < dimension; d++)
                squares += diagonals[k * dimension + d] * diagonals[k * dimension + d];
            for (int l = 0; l < data.LowerCount; l++)
                squares += x[data.LowerOffset(k) + l] * x[data.LowerOffset(k) + l];
            prior += 0.5 * data.Gamma * data.Gamma * squares - data.ExtraFreedom * logDeterminants[k];
        }
        return total - data.PointCount * LogSumExp(weights) + prior + data.Constant;
    });

    private static Var LogSumExp(Var[] terms)
    {
        Var largest = terms[0];
        foreach (Var term in terms)
            largest = term > largest ? term : largest;
        Var sum = 0;
        foreach (Var term in terms)
            sum += Math.Exp(term - largest);
        return largest + Math.Log(sum);
    }
}
