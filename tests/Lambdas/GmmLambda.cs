using System.Runtime.InteropServices;
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

    /// <summary>Operations on whole matrices: the factors Q of all components stand one below the other, so that one product gives
    /// every Qx.</summary>
    public static Objective Arrays(GmmData data)
    {
        int dimension = data.Dimension, components = data.ComponentCount, stacked = components * dimension;
        double[,] points = new double[data.PointCount, dimension];
        data.Points.CopyTo(MemoryMarshal.CreateSpan(ref points[0, 0], points.Length));
        int[] places = [.. DiagonalPlaces(components, dimension), .. LowerPlaces(components, dimension)];
        int[] meanOfRow = [.. Enumerable.Range(0, stacked * dimension).Select(
            i => i / (dimension * dimension) * dimension + i % dimension)];
        return Objective.Of(x =>
        {
            VarVector alphas = x[..components], means = x.Slice(data.MeanOffset(0), stacked);
            VarMatrix shapes = x.Matrix(data.LogDiagonalOffset(0), components, dimension + data.LowerCount);
            VarMatrix logDiagonals = shapes[.., ..dimension], diagonals = Math.Exp(logDiagonals), lower = shapes[.., dimension..];
            VarVector logDeterminants = logDiagonals.SumColumns();

            VarMatrix factors = VarVector.Concat(diagonals.Flatten(), lower.Flatten()).ScatterAdd(places, stacked * dimension).Reshape(
                stacked, dimension);
            VarVector centres = (factors * means.Gather(meanOfRow).Reshape(stacked, dimension)).SumColumns();
            VarMatrix residuals = ((VarMatrix)points).MatMul(factors.Transpose()) - centres;
            VarVector squares = Math.Square(residuals).Reshape(data.PointCount * components, dimension).SumColumns();
            VarMatrix terms = alphas + logDeterminants - 0.5 * squares.Reshape(data.PointCount, components);

            Var prior = 0.5 * data.Gamma * data.Gamma * (
                diagonals.SquaredNorm() + lower.SquaredNorm()) - data.ExtraFreedom * logDeterminants.Sum();
            return terms.LogSumExp().Sum() - data.PointCount * alphas.LogSumExp() + prior + data.Constant;
        });
    }

    /// <summary>Where the diagonal elements of every Q stand among the elements of all.</summary>
    private static IEnumerable<int> DiagonalPlaces(int components, int dimension) =>
        from k in Enumerable.Range(0, components)
        from d in Enumerable.Range(0, dimension)
        select (k * dimension + d) * dimension + d;

    /// <summary>Where the elements below the diagonal, column by column, stand among the elements of all.</summary>
    private static IEnumerable<int> LowerPlaces(int components, int dimension) =>
        from k in Enumerable.Range(0, components)
        from column in Enumerable.Range(0, dimension)
        from row in Enumerable.Range(column + 1, dimension - column - 1)
        select (k * dimension + row) * dimension + column;

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
