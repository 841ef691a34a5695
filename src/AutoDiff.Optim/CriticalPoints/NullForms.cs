using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The extremes of C and Q over the unit sphere of N: of one direction exactly, of two by the roots in the angle, of more by a
/// search from many starts, which is numerical; that Q is positive may be proven beside it.</summary>
internal sealed class NullForms
{
    // Of larger N's, or without the products for the tensors, a few great circles may show that there is a way down.
    private const int LargestTensor = 24, CirclesPerDimension = 6, ProductsPerCircle = 150, ProductsEach = 10;

    // Random directions that show whether there is anything to look for: a polynomial that vanishes on one vanishes.
    private const int Probes = 4;

    private readonly FreeSpace _space;
    private readonly NullSpace _kernel;
    private double[][]? _bends;
    private NullCircle? _only;

    private NullForms(FreeSpace space, NullSpace kernel)
    {
        (_space, _kernel) = (space, kernel);
        Steepest = Lowest = Highest = null!;
    }

    /// <summary>Where |C| is largest.</summary>
    public NullSpaceJet Steepest { get; private set; }

    /// <summary>Where Q is lowest.</summary>
    public NullSpaceJet Lowest { get; private set; }

    /// <summary>Where Q is highest.</summary>
    public NullSpaceJet Highest { get; private set; }

    public double CubicError { get; private set; }

    public double QuarticError { get; private set; }

    /// <summary>Whether no direction was left out, or none can have been: Q is proven to be of one sign.</summary>
    public bool IsExhaustive { get; private set; }

    /// <summary>Whether the search was not even made, for want of products: the extremes found say nothing of other directions.</summary>
    public bool IsCursory { get; private set; }

    /// <summary>How the extremes were found; empty if exactly.</summary>
    public string How { get; private set; } = "";

    /// <summary>The largest |Q|.</summary>
    public double Size => Math.Max(Math.Abs(Lowest.Quartic), Math.Abs(Highest.Quartic));

    public static NullForms Of(FreeSpace space, NullSpace kernel, ProductBudget products, ref RandomStream random)
    {
        NullForms forms = new(space, kernel);
        int m = kernel.Dimension;
        if (m == 1)
            forms.Take(forms.Along([1]), isExhaustive: true);
        else if (m > 2 && forms.Flat(ref random) is { } flat)
            forms.Take(flat, isExhaustive: false);
        else if (m > 2 && m <= LargestTensor && products.Allows(NullTensor.Products(m) + 3 * ProductsEach))
            forms.Search(NullTensor.Of(space, kernel), ref random);
        else
            forms.Circle(products, ref random);
        return forms;
    }

    private NullSpaceJet Along(double[] c)
    {
        NullSpaceJet jet = NullSpaceJet.Along(_kernel.Combine(c), c.Length == 2 ? Bend(c) : null, _space, _kernel);
        (CubicError, QuarticError) = (Math.Max(CubicError, 2 * jet.CubicError), Math.Max(QuarticError, 2 * jet.QuarticError));
        return jet;
    }

    // H⁺f³[n, n, ·] is a quadratic form in the coefficients of n: of two directions three solutions are enough, which Lanczos has to pay
    // for.
    private double[] Bend(double[] c)
    {
        if (_bends is null)
        {
            double half = Math.Sqrt(0.5);
            _bends = [Solve([1, 0]), Solve([0, 1]), Solve([half, half])];
            Vectors.AddScaled(-0.5, _bends[0], _bends[2]);
            Vectors.AddScaled(-0.5, _bends[1], _bends[2]);
        }
        double[] bend = new double[_bends[0].Length];
        Vectors.AddScaled(c[0] * c[0], _bends[0], bend);
        Vectors.AddScaled(c[1] * c[1], _bends[1], bend);
        Vectors.AddScaled(2 * c[0] * c[1], _bends[2], bend);
        return bend;

        double[] Solve(double[] along)
        {
            double[] n = _kernel.Combine(along), solution = new double[n.Length];
            _kernel.ApplyPseudoInverse(_space.Expand(n, 2).Third, solution);
            return solution;
        }
    }

    private void Take(NullSpaceJet jet, bool isExhaustive)
    {
        (Steepest, Lowest, Highest, IsExhaustive) = (jet, jet, jet, isExhaustive);
        (CubicError, QuarticError) = (jet.CubicError, jet.QuarticError);
        How = isExhaustive ? "" : $", in {Probes} random directions";
    }

    // The largest of a few random directions if C and Q are zero to rounding in all of them.
    private NullSpaceJet? Flat(ref RandomStream random)
    {
        NullSpaceJet? largest = null;
        for (int k = 0; k < Probes; k++)
        {
            double[] c = new double[_kernel.Dimension];
            random.FillNormal(c);
            Vectors.Scale(1 / Vectors.Norm(c), c, c);
            NullSpaceJet jet = Along(c);
            if (Math.Abs(jet.Cubic) > jet.CubicError || Math.Abs(jet.Quartic) > jet.QuarticError)
                return null;
            if (largest is null || Math.Abs(jet.Quartic) > Math.Abs(largest.Quartic))
                largest = jet;
        }
        return largest;
    }

    private void Search(NullTensor tensor, ref RandomStream random)
    {
        SymmetricForm cubic = tensor.Cubic, quartic = tensor.Quartic, negated = quartic.Negated();
        double[] lowest = FormSearch.Lowest(quartic, ref random), highest = FormSearch.Lowest(negated, ref random);
        (Steepest, Lowest, Highest) = (Ends(FormSearch.Lowest(cubic, ref random)), Ends(lowest), Ends(highest));
        bool rises = Lowest.Quartic > QuarticError && _kernel.RangeSign >= 0, falls = Highest.Quartic < -QuarticError
            && _kernel.RangeSign <= 0;
        if (rises || falls)
        {
            double bound = QuarticCertificate.LowerBound(rises ? quartic : negated, rises ? quartic.At(lowest) : negated.At(highest));
            IsExhaustive = bound > _kernel.Dimension * _kernel.Dimension * QuarticError;
            How = IsExhaustive ? $", proven by a sum of squares to be {(rises ? "at least" : "at most")} {(rises ? bound : -bound):G4} in all of them" : "";
        }
        if (!IsExhaustive)
            How = ", by a numerical search over directions";

        // The forms are as good as they agree with the expansion itself.
        NullSpaceJet Ends(double[] c)
        {
            NullSpaceJet jet = Along(c);
            CubicError = Math.Max(CubicError, 4 * Math.Abs(cubic.At(c) - jet.Cubic));
            QuarticError = Math.Max(QuarticError, 4 * Math.Abs(quartic.At(c) - jet.Quartic));
            return jet;
        }
    }

    // Each circle goes through the best direction found: the axes in turn, then random ones. Of two null directions one circle is all there
    // is.
    private void Circle(ProductBudget products, ref RandomStream random)
    {
        int m = _kernel.Dimension, circles = 0;
        double[] steepest = Unit(m), lowest = Unit(m), highest = Unit(m);
        for (; circles < (m == 2 ? 1 : m * CirclesPerDimension)
            && (circles == 0 || products.Allows(ProductsPerCircle + 3 * ProductsEach)); circles++)
        {
            steepest = Turn(steepest, circles, static (circle, angle) => Math.Abs(circle.Cubic(angle)), ref random);
            lowest = Turn(lowest, circles, static (circle, angle) => -circle.Quartic(angle), ref random);
            highest = Turn(highest, circles, static (circle, angle) => circle.Quartic(angle), ref random);
        }
        (Steepest, Lowest, Highest) = (Along(steepest), Along(lowest), Along(highest));
        IsExhaustive = m == 2;
        IsCursory = m > 2;
        if (IsCursory)
            How = $", on {circles} circles of directions; a search over all of them would take {NullTensor.Products(m)} products";
    }

    private double[] Turn(double[] best, int k, Func<NullCircle, double, double> height, ref RandomStream random)
    {
        double[] second = Across(best, k, ref random);
        NullCircle circle = _only ?? NullCircle.Through(
            angle => Along(Mix(best, second, angle)) is var jet ? (jet.Cubic, jet.Quartic) : default);
        if (best.Length == 2)
            (_only, best, second) = (circle, [1, 0], [0, 1]);
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
