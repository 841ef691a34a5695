using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Follows a null direction from one point to the next, back into the valley each time: if f and the vanishing gradient stay,
/// the point is one
/// of a continuum.</summary>
internal static class FlatManifold
{
    private const int Steps = 8, Corrections = 6;

    // Steps of an eighth of the point's own size; of 1/8 at the origin, where nothing sets a length.
    private const double StepFraction = 1.0 / 8;

    /// <summary>Whether f is flat along n for a distance of about ‖z‖, and whether <paramref name="nullity"/> eigenvalues are zero all the way. Where rounding
    /// hides a fall of high order, it is flat.</summary>
    public static FlatPath Follow(FreeSpace space, ReadOnlySpan<double> z, double value, ReadOnlySpan<double> n, int nullity)
    {
        FlatPath path = FlatPath.Regular;
        double size = Vectors.Norm(z), length = StepFraction * (size > 0 ? size : 1);
        double[] point = z.ToArray(), tangent = n.ToArray(), gradient = new double[z.Length], step = new double[z.Length];
        for (int i = 0; i < Steps; i++)
        {
            Vectors.AddScaled(length, tangent, point);
            if (!Return(space, point, gradient, step, tangent, length * (i + 2) + size, value, out int zeros))
                return FlatPath.None;
            if (zeros != nullity)
                path = FlatPath.Irregular;
        }
        return path;
    }

    // Newton steps in the range of H until the gradient is rounding; the tangent turns with the null space.
    private static bool Return(FreeSpace space, double[] point, double[] gradient, double[] step, double[] tangent, double reach, double value, out int zeros)
    {
        zeros = 0;
        for (int correction = 0; correction < Corrections; correction++)
        {
            double here = space.Linearize(point, gradient);
            if (!double.IsFinite(here) || !Vectors.AreFinite(gradient))
                return false;
            DenseCurvature h = new(space.DenseHessian(), space.Complement());
            double rounding = 100 * ReductionRatio.UnitRoundOff;
            if (Vectors.Norm(gradient) <= rounding * h.Norm * reach)
            {
                double[] range = new double[step.Length];
                zeros = h.Dimension - Project(h, tangent, range);
                Vectors.AddScaled(-1, range, tangent);
                double left = Vectors.Norm(tangent);
                if (left < 0.5)
                    return false;
                Vectors.Scale(1 / left, tangent, tangent);
                return Math.Abs(here - value) <= rounding * (Math.Abs(here) + Math.Abs(value) + h.Norm * reach * reach * rounding);
            }
            h.NewtonStep(gradient, 1e-8, step);
            Vectors.AddScaled(1, step, point);
        }
        return false;
    }

    // Returns the rank of H.
    private static int Project(DenseCurvature h, ReadOnlySpan<double> vector, Span<double> range)
    {
        int rank = 0;
        range.Clear();
        for (int i = 0; i < h.Values.Length; i++)
        {
            if (!(Math.Abs(h.Values[i]) > Math.Max(h.Error, 1e-8 * h.Norm)))
                continue;
            Vectors.AddScaled(Vectors.Dot(h.EigenvectorRows[i], vector), h.EigenvectorRows[i], range);
            rank++;
        }
        return rank;
    }
}
