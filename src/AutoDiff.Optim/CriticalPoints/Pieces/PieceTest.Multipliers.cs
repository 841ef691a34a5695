using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <content>The choice among multipliers that are not unique.</content>
internal sealed partial class PieceTest
{
    // The multipliers that make the least eigenvalue largest, among those that explain the gradient.
    private double[] Best(double[,] form, double[][,] bends, double[][] normals, double[] start, DenseCurvature whole, double error)
    {
        if (normals.Length == 0 || Array.TrueForAll(bends, bend => Norm(bend) == 0))
            return start;
        double[][] freedom = Freedom(normals);
        if (freedom.Length == 0)
            return start;
        double[] best = [.. start];
        double height = Least(best, out double[] vector);
        for (int search = 0; search < MostSearches && height <= whole.Error; search++)
        {
            double before = height;
            double[] uphill = new double[best.Length];
            for (int i = 0; i < best.Length; i++)
                uphill[i] = -Quadratic(bends[i], vector);
            double[] direction = new double[best.Length];
            foreach (double[] q in freedom)
                Vectors.AddScaled(Vectors.Dot(q, uphill), q, direction);
            TryAlong(direction);
            foreach (double[] q in freedom)
                TryAlong(q);
            if (!(height > before + 1e-6 * whole.Norm))
                break;
        }
        return best;

        double Least(double[] weights, out double[] lowest)
        {
            DenseSymmetric eigen = new(Combined(form, bends, weights));
            eigen.CopyVector(0, lowest = new double[form.GetLength(0)]);
            return eigen.Values[0];
        }

        // A concave function on the part of the line where all multipliers are ≥ 0, by thirds.
        void TryAlong(double[] direction)
        {
            double size = Norm(Combined(new double[form.GetLength(0), form.GetLength(0)], bends, direction));
            if (!(size > 0))
                return;
            double reach = 8 * Math.Max(whole.Norm, Norm(form)) / size, low = -reach, high = reach;
            for (int i = 0; i < direction.Length; i++)
            {
                if (direction[i] > 0)
                    low = Math.Max(low, -best[i] / direction[i]);
                else if (direction[i] < 0)
                    high = Math.Min(high, -best[i] / direction[i]);
            }
            double[] origin = [.. best], trial = new double[best.Length];
            for (int i = 0; i < MostTrials && high > low; i++)
            {
                double third = (high - low) / 3, left = low + third, right = high - third;
                if (At(left) < At(right))
                    low = left;
                else
                    high = right;
            }

            double At(double t)
            {
                for (int i = 0; i < trial.Length; i++)
                    trial[i] = Math.Max(0, origin[i] + t * direction[i]);
                double least = Least(trial, out double[] lowest);
                if (least > height && IsExplained(trial))
                {
                    (height, vector) = (least, lowest);
                    trial.CopyTo(best, 0);
                }
                return least;
            }
        }

        bool IsExplained(double[] weights)
        {
            double[] rest = [.. _piece.Gradient];
            for (int i = 0; i < weights.Length; i++)
                Vectors.AddScaled(-weights[i], normals[i], rest);
            // What is not held has multipliers of rounding size, which this leaves.
            return Vectors.Norm(rest) <= Math.Max(error, LeastMultiplier * _scale);
        }
    }

    // The changes of multipliers that leave Σ μᵢ∇cᵢ as it is.
    private double[][] Freedom(double[][] normals)
    {
        List<double[]> rows = [];
        for (int k = 0; k < _n; k++)
        {
            double[] row = [.. normals.Select(normal => normal[k])];
            double norm = Vectors.Norm(row);
            if (!(norm > 1e-10))
                continue;
            Vectors.Scale(1 / norm, row, row);
            rows.Add(row);
        }
        return new RowSpace(rows, normals.Length).Complement();
    }
}
