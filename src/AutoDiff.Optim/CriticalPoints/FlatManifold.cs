using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Follows a null direction from one point to the next, back into the valley each time: if f and the vanishing gradient stay,
/// the point is one
/// of a continuum.</summary>
internal static class FlatManifold
{
    private const int Steps = 8, Corrections = 6;

    // Steps of this part of the point's own size; of 1/8 at the origin, where nothing sets a length.
    private const double StepFraction = 1.0 / 32, StepAtOrigin = 1.0 / 8;

    // Up to 4¹⁰ steps off where the valley is straight: its tangent turns by no more than this.
    private const int FarSteps = 10;
    private const double Straight = 1e-10;

    private const double Noisy = 30;

    /// <summary>Whether f is flat along n for a distance of about ‖z‖/4, and whether <paramref name="nullity"/> eigenvalues are zero all the way. Where rounding
    /// hides a fall of high order, it is flat.</summary>
    public static FlatPath Follow(FreeSpace space, ReadOnlySpan<double> z, double value, ReadOnlySpan<double> n, int nullity)
    {
        FlatPath path = FlatPath.Regular;
        double size = Vectors.Norm(z), length = size > 0 ? StepFraction * size : StepAtOrigin;
        double[] point = z.ToArray(), tangent = n.ToArray(), gradient = new double[z.Length], step = new double[z.Length];
        for (int i = 0; i < Steps; i++)
        {
            Vectors.AddScaled(length, tangent, point);
            if (!Return(space, point, gradient, step, tangent, length * (i + 2) + size, value, out int zeros))
                return FlatPath.None;
            if (!IsLevel(space, point, gradient, tangent))
                return FlatPath.None;
            if (zeros != nullity)
                path = FlatPath.Irregular;
        }
        bool isStraight = Vectors.Distance(tangent, n) <= Straight;
        return isStraight && (!StaysLevel(space, z, value, n, length, 1) || !StaysLevel(space, z, value, n, length, -1)) ? FlatPath.None : path;
    }

    // Along the tangent the gradient is what rounding makes of it: another number at a point a few roundings off. A slope that stays is none of rounding's,
    // however small.
    private static bool IsLevel(FreeSpace space, double[] point, double[] gradient, double[] tangent)
    {
        double slope = Vectors.Dot(gradient, tangent), noise = 0;
        double[] beside = new double[point.Length], there = new double[point.Length];
        for (int sample = 0; sample < 2 && slope != 0; sample++)
        {
            for (int i = 0; i < point.Length; i++)
                beside[i] = point[i] * (1 + ((i * 7 + sample) % 3 - 1) * 4 * ReductionRatio.UnitRoundOff);
            if (double.IsFinite(space.Gradient(beside, there)))
                noise = Math.Max(noise, Math.Abs(Vectors.Dot(there, tangent) - slope));
        }
        return Math.Abs(slope) <= Noisy * noise + 100 * ReductionRatio.UnitRoundOff * Vectors.Norm(gradient);
    }

    // A valley that runs straight is looked at farther off too: nothing says in which units its floor begins to rise or fall.
    private static bool StaysLevel(FreeSpace space, ReadOnlySpan<double> z, double value, ReadOnlySpan<double> n, double length, int side)
    {
        double[] point = new double[z.Length], gradient = new double[z.Length];
        double scale = double.IsFinite(space.Linearize(z, gradient)) ? new DenseCurvature(space.DenseHessian()).Norm : 0;
        for (int i = 1; i <= FarSteps; i++)
        {
            double distance = length * Math.ScaleB(1, 2 * i), offset = 100 * ReductionRatio.UnitRoundOff * distance;
            Vectors.Move(z, side * distance, n, point);
            double there = space.Value(point);
            if (double.IsFinite(there) && Math.Abs(there - value) > 100 * ReductionRatio.UnitRoundOff * (Math.Abs(there) + Math.Abs(value)) + scale * offset * offset)
                return false;
        }
        return true;
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
