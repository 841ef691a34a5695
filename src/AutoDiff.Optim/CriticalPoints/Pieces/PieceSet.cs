using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>The pieces of f that meet at a point.</summary>
internal sealed record PieceSet
{
    public required double[] X { get; init; }

    /// <summary>f(X).</summary>
    public required double Value { get; init; }

    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>Whether these are all.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What can be said against examining pieces at all, in words; empty: nothing.</summary>
    public string Obstacle { get; init; } = "";

    /// <summary>The kinks in words.</summary>
    public string Kinks { get; init; } = "";

    /// <summary>The normals of the bounds that X lies on, into the feasible side.</summary>
    public IReadOnlyList<double[]> BoundNormals { get; init; } = [];

    /// <summary>The size of the gradients.</summary>
    public double Scale => Pieces.Count == 0 ? 0 : Pieces.Max(piece => Vectors.Norm(piece.Gradient));

    /// <summary>Whether 0 lies outside of the convex hull of the gradients of the pieces that can be reached, bounds allowed for: then the
    /// point is not critical in the sense of F. H. Clarke (Optimization and Nonsmooth Analysis, 1983).</summary>
    public bool IsSteep
    {
        get
        {
            double scale = Scale;
            if (!(scale > 0) || !IsComplete)
                return false;
            List<double[]> columns = [];
            foreach (Piece piece in Pieces)
            {
                if (CanBeReached(piece))
                    columns.Add(Unit([.. piece.Gradient.Select(g => g / scale), 1]));
            }
            foreach (double[] normal in BoundNormals)
                columns.Add([.. normal.Select(c => -c), 0]);
            return columns.Count > 0 && Vectors.Norm(new NonnegativeLeastSquares(columns, [.. new double[X.Length], 1]).Residual) > 1e-6;
        }
    }

    // A cone of affine sides without interior (Gordan: a convex combination of the normals vanishes) is the face of others.
    private static bool CanBeReached(Piece piece)
    {
        List<double[]> columns = [];
        foreach (Side side in piece.Sides)
        {
            double norm = Vectors.Norm(side.Gradient);
            if (!(norm > 0) || side.Hessian is not null && !IsZero(side.Hessian()))
                return true;
            columns.Add(Unit([.. side.Gradient.Select(c => c / norm), 1]));
        }
        return Vectors.Norm(new NonnegativeLeastSquares(columns, [.. new double[piece.Gradient.Length], 1]).Residual) > 1e-9;
    }

    private static bool IsZero(double[,] matrix)
    {
        foreach (double element in matrix)
        {
            if (element != 0)
                return false;
        }
        return true;
    }

    private static double[] Unit(double[] v)
    {
        Vectors.Scale(1 / Vectors.Norm(v), v, v);
        return v;
    }
}
