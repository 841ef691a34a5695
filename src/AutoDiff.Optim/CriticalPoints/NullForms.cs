using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The extremes of C and Q over the unit sphere of N: of one direction exactly, of two by the roots in the angle, of more by a search
/// along great circles from many starts, which is numerical.</summary>
internal sealed class NullForms
{
    private const int CirclesPerDimension = 6;

    private NullForms(NullSpaceJet steepest, NullSpaceJet lowest, NullSpaceJet highest, double cubicError, double quarticError, bool isExhaustive) =>
        (Steepest, Lowest, Highest, CubicError, QuarticError, IsExhaustive) = (steepest, lowest, highest, cubicError, quarticError, isExhaustive);

    /// <summary>Where |C| is largest.</summary>
    public NullSpaceJet Steepest { get; }

    /// <summary>Where Q is lowest.</summary>
    public NullSpaceJet Lowest { get; }

    /// <summary>Where Q is highest.</summary>
    public NullSpaceJet Highest { get; }

    public double CubicError { get; }

    public double QuarticError { get; }

    /// <summary>Whether no direction was left out.</summary>
    public bool IsExhaustive { get; }

    /// <summary>The largest |Q|.</summary>
    public double Size => Math.Max(Math.Abs(Lowest.Quartic), Math.Abs(Highest.Quartic));

    public static NullForms Of(FreeSpace space, NullSpace kernel, ref RandomStream random)
    {
        double[][] basis = kernel.Basis;
        NullSpaceJet jet = NullSpaceJet.Along(basis[0], space, kernel);
        if (basis.Length == 1)
            return new NullForms(jet, jet, jet, jet.CubicError, jet.QuarticError, isExhaustive: true);
        double[] steepest = basis[0], lowest = basis[0], highest = basis[0];
        double cubicError = 0, quarticError = 0;
        int circles = basis.Length == 2 ? 1 : CirclesPerDimension * basis.Length;
        for (int k = 0; k < circles; k++)
        {
            // Each pass improves the best directions found; every third begins anew.
            steepest = Turn(steepest, k, ref random, static (c, angle) => Math.Abs(c.Cubic(angle)));
            lowest = Turn(lowest, k, ref random, static (c, angle) => -c.Quartic(angle));
            highest = Turn(highest, k, ref random, static (c, angle) => c.Quartic(angle));
        }
        return new NullForms(
            NullSpaceJet.Along(steepest, space, kernel), NullSpaceJet.Along(lowest, space, kernel), NullSpaceJet.Along(highest, space, kernel),
            cubicError, quarticError, basis.Length == 2);

        double[] Turn(double[] best, int k, ref RandomStream stream, Func<NullCircle, double, double> form)
        {
            double[] second = basis.Length == 2 ? basis[1] : Across(best, basis, k, ref stream);
            NullCircle circle = NullCircle.Through(best, second, space, kernel);
            cubicError = Math.Max(cubicError, circle.CubicError);
            quarticError = Math.Max(quarticError, circle.QuarticError);
            return NullSpace.Mix(best, second, NullCircle.Largest(angle => form(circle, angle)));
        }
    }

    // A unit vector of N across n: the basis in turn, then random ones.
    private static double[] Across(double[] n, double[][] basis, int k, ref RandomStream random)
    {
        double[] across = new double[n.Length];
        do
        {
            across.AsSpan().Clear();
            if (k < basis.Length)
                basis[k++].CopyTo(across, 0);
            else
            {
                foreach (double[] vector in basis)
                    Vectors.AddScaled(random.NextNormal(), vector, across);
            }
            Vectors.AddScaled(-Vectors.Dot(across, n), n, across);
        }
        while (Vectors.Norm(across) < 0.1);
        Vectors.Scale(1 / Vectors.Norm(across), across, across);
        Vectors.AddScaled(-Vectors.Dot(across, n), n, across);
        Vectors.Scale(1 / Vectors.Norm(across), across, across);
        return across;
    }
}
