using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>What kind of point it is where pieces meet: a minimum if each piece rises wherever f is that piece; none only with a lower
/// point in hand.</summary>
/// <remarks>A. Griewank, On stable piecewise linearization and generalized algorithmic differentiation, Optim. Methods Softw. 28, 2013; A.
/// Griewank, A. Walther, First- and second-order optimality conditions for piecewise smooth objective functions, Optim. Methods Softw. 31,
/// 2016.</remarks>
internal sealed class PiecewiseVerdict
{
    private const int MostCurves = 40;

    private PiecewiseVerdict(CriticalPointKind kind, double[]? lower, string why) => (Kind, Lower, Why) = (kind, lower, why);

    public CriticalPointKind Kind { get; }

    /// <summary>A point that is lower beyond rounding.</summary>
    public double[]? Lower { get; }

    /// <summary>How it was found, in a sentence without its end.</summary>
    public string Why { get; }

    /// <summary>Decides.</summary>
    /// <param name="set">The pieces.</param>
    /// <param name="search">Looks at f.</param>
    public static PiecewiseVerdict Of(PieceSet set, LowerPoint search)
    {
        bool isWhole = set.IsComplete && set.Obstacle.Length == 0;
        double scale = set.Scale, size = Vectors.Norm(set.X);
        PieceOutcome[] outcomes = [.. set.Pieces.Select(piece => PieceTest.Of(piece, scale, size))];
        string where = $"{set.Pieces.Count} smooth pieces of f meet here ({set.Kinks})";
        int sharp = outcomes.Count(outcome => outcome.Rises && outcome.IsFirstOrder);
        if (isWhole && Array.TrueForAll(outcomes, outcome => outcome.Rises))
        {
            string order = sharp == outcomes.Length ? "to first order"
                : sharp == 0 ? "to second order" : $"{sharp} of them to first order, the others to second";
            return new(CriticalPointKind.Minimum, null, $"{where}, and each rises wherever f is that piece, {order}");
        }
        (double[]? lower, FallingCurve? fall) = Search(outcomes, search, 1);
        if (lower is null)
        {
            string open = set.Obstacle.Length > 0 ? set.Obstacle
                : set.IsComplete ? "which of them rise could not be told of all" : "there are more of them than were looked at";
            return new(CriticalPointKind.Undecided, null, $"{where}; {open}, and nothing lower was found");
        }
        string found = $"{where}; f is lower at a distance of {Vectors.Distance(lower, set.X):G3}, where one falls {Describe(fall!)}";
        if (isWhole && fall!.Slope != 0 && set.IsSteep)
            return new(CriticalPointKind.NotCritical, lower, $"{found}, and no convex combination of their gradients vanishes");
        PieceOutcome[] opposite = [.. set.Pieces.Select(piece => PieceTest.Of(piece.Negated(), scale, size))];
        if (isWhole && set.BoundNormals.Count == 0 && Array.TrueForAll(opposite, outcome => outcome.Rises))
            return new(CriticalPointKind.Maximum, lower, $"{found}, and each falls wherever f is that piece");
        (double[]? higher, FallingCurve? rise) = Search(opposite, search, -1);
        return higher is null
            ? new(CriticalPointKind.Undecided, lower, $"{found}; whether f rises anywhere is not known")
            : new(CriticalPointKind.Saddle, lower, $"{found}, and higher at a distance of {Vectors.Distance(higher, set.X):G3}");
    }

    private static (double[]? Point, FallingCurve? Curve) Search(PieceOutcome[] outcomes, LowerPoint search, int sign)
    {
        // Slopes before curvatures: they are the surer.
        IEnumerable<FallingCurve> all = outcomes.SelectMany(outcome => outcome.Curves);
        FallingCurve[] curves = [.. all.OrderBy(curve => curve.Slope).ThenBy(curve => curve.Curvature).Take(MostCurves)];
        foreach (FallingCurve curve in curves)
        {
            if (search.Find(curve, sign) is { } point)
                return (point, curve);
        }
        return (null, null);
    }

    private static string Describe(FallingCurve curve) =>
        curve.Slope != 0 ? $"with a slope of {curve.Slope:G3}" : $"with a curvature of {curve.Curvature:G3}";
}
