using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The extremes of C and Q over the unit sphere of N: of one direction exactly, of two by the roots in the angle, of more by a search
/// along great circles from many starts, which is numerical.</summary>
internal sealed class NullForms
{
    // Of N's that are known as tensors, and of larger ones, where each sample takes an expansion.
    private const int LargestTensor = 10, CirclesPerDimension = 60, FewCirclesPerDimension = 6;

    // Random directions that show whether there is anything to look for: a polynomial that vanishes on one vanishes.
    private const int Probes = 4;

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
        int m = kernel.Dimension;
        if (m == 1)
        {
            NullSpaceJet jet = Along([1]);
            return new NullForms(jet, jet, jet, jet.CubicError, jet.QuarticError, isExhaustive: true);
        }
        if (m > 2 && Flat(m, Along, ref random) is { } flat)
            return new NullForms(flat, flat, flat, flat.CubicError, flat.QuarticError, isExhaustive: false);
        double cubicError = 0, quarticError = 0;
        NullTensor? tensor = m is > 2 and <= LargestTensor ? NullTensor.Of(space, kernel) : null;
        Func<double[], (double Cubic, double Quartic)> forms = tensor is not null ? c => tensor.At(c) : c => Keep(Along(c));
        double[] steepest = Unit(m), lowest = Unit(m), highest = Unit(m);
        int circles = m == 2 ? 1 : m * (tensor is null ? FewCirclesPerDimension : CirclesPerDimension);
        for (int k = 0; k < circles; k++)
        {
            // Each circle goes through the best direction found: the axes in turn, then random ones.
            steepest = Turn(steepest, k, forms, static (circle, angle) => Math.Abs(circle.Cubic(angle)), ref random);
            lowest = Turn(lowest, k, forms, static (circle, angle) => -circle.Quartic(angle), ref random);
            highest = Turn(highest, k, forms, static (circle, angle) => circle.Quartic(angle), ref random);
        }
        return new NullForms(Ends(steepest), Ends(lowest), Ends(highest), cubicError, quarticError, isExhaustive: m == 2);

        NullSpaceJet Along(double[] c) => NullSpaceJet.Along(kernel.Combine(c), space, kernel);

        (double, double) Keep(NullSpaceJet jet)
        {
            (cubicError, quarticError) = (Math.Max(cubicError, 2 * jet.CubicError), Math.Max(quarticError, 2 * jet.QuarticError));
            return (jet.Cubic, jet.Quartic);
        }

        // The forms are as good as they agree with the expansion itself.
        NullSpaceJet Ends(double[] c)
        {
            NullSpaceJet jet = Along(c);
            Keep(jet);
            if (tensor is not null)
            {
                (double cubic, double quartic) = tensor.At(c);
                (cubicError, quarticError) = (Math.Max(cubicError, 4 * Math.Abs(cubic - jet.Cubic)), Math.Max(quarticError, 4 * Math.Abs(quartic - jet.Quartic)));
            }
            return jet;
        }
    }

    // The largest of a few random directions if C and Q are zero to rounding in all of them.
    private static NullSpaceJet? Flat(int m, Func<double[], NullSpaceJet> along, ref RandomStream random)
    {
        NullSpaceJet? largest = null;
        for (int k = 0; k < Probes; k++)
        {
            double[] c = new double[m];
            random.FillNormal(c);
            Vectors.Scale(1 / Vectors.Norm(c), c, c);
            NullSpaceJet jet = along(c);
            if (Math.Abs(jet.Cubic) > jet.CubicError || Math.Abs(jet.Quartic) > jet.QuarticError)
                return null;
            if (largest is null || Math.Abs(jet.Quartic) > Math.Abs(largest.Quartic))
                largest = jet;
        }
        return largest;
    }

    private static double[] Turn(
        double[] best, int k, Func<double[], (double Cubic, double Quartic)> forms, Func<NullCircle, double, double> height, ref RandomStream random)
    {
        double[] second = Across(best, k, ref random);
        NullCircle circle = NullCircle.Through(angle => forms(Mix(best, second, angle)));
        return Mix(best, second, NullCircle.Largest(angle => height(circle, angle)));
    }

    private static double[] Unit(int m)
    {
        double[] unit = new double[m];
        unit[0] = 1;
        return unit;
    }

    private static double[] Mix(double[] first, double[] second, double angle)
    {
        double[] n = new double[first.Length];
        Vectors.AddScaled(Math.Cos(angle), first, n);
        Vectors.AddScaled(Math.Sin(angle), second, n);
        return n;
    }

    // A unit vector across c: the axes in turn, then random ones.
    private static double[] Across(double[] c, int k, ref RandomStream random)
    {
        double[] across = new double[c.Length];
        do
        {
            across.AsSpan().Clear();
            if (k < c.Length)
                across[k++] = 1;
            else
                random.FillNormal(across);
            Vectors.AddScaled(-Vectors.Dot(across, c), c, across);
        }
        while (Vectors.Norm(across) < 0.1);
        Vectors.Scale(1 / Vectors.Norm(across), across, across);
        Vectors.AddScaled(-Vectors.Dot(across, c), c, across);
        Vectors.Scale(1 / Vectors.Norm(across), across, across);
        return across;
    }
}
