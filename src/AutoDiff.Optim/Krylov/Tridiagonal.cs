using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>Symmetric tridiagonal matrices T, given as their diagonal (k numbers) and the couplings beside it (k − 1). Nothing here squares
/// a number of T, so that no scale over- or underflows; near the largest and the smallest numbers T is scaled first
/// (<see cref="Scale"/>).</summary>
internal static class Tridiagonal
{
    /// <summary>2⁻⁵², the distance from 1 to the next number.</summary>
    public const double Epsilon = 1.0 / (1L << 52);

    // The residual of a twisted eigenvector, relative to ‖T‖, above which it is computed otherwise.
    private const double Acceptable = 1e-13;

    // Within these powers of two a few sums and quotients of T's numbers stay normal.
    private const int LeastExponent = -700, LargestExponent = 900;

    /// <summary>The power of two next to T's largest element if that is too near to the ends of the range to be computed with; 1 otherwise,
    /// and for T = 0.</summary>
    public static double Scale(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings)
    {
        double largest = Math.Max(Vectors.LargestMagnitude(diagonal), Vectors.LargestMagnitude(couplings));
        if (largest == 0 || !double.IsFinite(largest) || Math.ILogB(largest) is >= LeastExponent and <= LargestExponent)
            return 1;
        return Math.ScaleB(1, Math.ILogB(largest));
    }

    /// <summary>T + λI = L·D·Lᵀ. False, with the factors incomplete, if a pivot is not positive: T + λI is not positive definite.</summary>
    public static bool TryFactor(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double lambda, Span<double> pivots, Span<double> multipliers)
    {
        double carried = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double pivot = diagonal[i] + lambda - carried;
            if (!(pivot > 0 && double.IsFinite(pivot)))
                return false;
            pivots[i] = pivot;
            if (i == couplings.Length)
                break;
            multipliers[i] = couplings[i] / pivot;
            carried = multipliers[i] * couplings[i];
        }
        return true;
    }

    /// <summary>Solves L·D·Lᵀ·x = b where <paramref name="x"/> holds b at first.</summary>
    public static void Solve(ReadOnlySpan<double> pivots, ReadOnlySpan<double> multipliers, Span<double> x)
    {
        for (int i = 1; i < x.Length; i++)
            x[i] -= multipliers[i - 1] * x[i - 1];
        for (int i = 0; i < x.Length; i++)
            x[i] /= pivots[i];
        for (int i = x.Length - 2; i >= 0; i--)
            x[i] -= multipliers[i] * x[i + 1];
    }

    /// <summary>(T + λI)·h = <paramref name="rhs"/>; false if T + λI is not positive definite.</summary>
    public static bool TrySolve(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double lambda, ReadOnlySpan<double> rhs, Span<double> h)
    {
        Span<double> work = diagonal.Length <= 256 ? stackalloc double[2 * diagonal.Length] : new double[2 * diagonal.Length];
        Span<double> pivots = work[..diagonal.Length], multipliers = work[diagonal.Length..];
        if (!TryFactor(diagonal, couplings, lambda, pivots, multipliers))
            return false;
        rhs.CopyTo(h);
        Solve(pivots, multipliers, h[..diagonal.Length]);
        return true;
    }

    /// <summary>The number of eigenvalues below <paramref name="x"/>: the negative pivots of T − xI (Sturm).</summary>
    public static int CountBelow(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double x)
    {
        return CountBelow(diagonal, couplings, x, SmallestPivot(NormBound(diagonal, couplings)));
    }

    private static int CountBelow(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double x, double floor)
    {
        int count = 0;
        double carried = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double pivot = NonZero(diagonal[i] - x - carried, floor);
            if (pivot < 0)
                count++;
            if (i < couplings.Length)
                carried = couplings[i] / pivot * couplings[i];
        }
        return count;
    }

    /// <summary>The eigenvalue of rank <paramref name="index"/>, from 0, in ascending order; by bisection, to u·‖T‖.</summary>
    public static double Eigenvalue(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, int index)
    {
        if (Scale(diagonal, couplings) is var scale and not 1)
            return scale * Eigenvalue(Divided(diagonal, scale), Divided(couplings, scale), index);
        double norm = NormBound(diagonal, couplings);
        double lower = -norm, upper = norm, width = norm * Epsilon, floor = SmallestPivot(norm);
        while (upper - lower > width)
        {
            double middle = 0.5 * lower + 0.5 * upper;
            if (middle <= lower || middle >= upper)
                break;
            if (CountBelow(diagonal, couplings, middle, floor) > index)
                upper = middle;
            else
                lower = middle;
        }
        return 0.5 * lower + 0.5 * upper;
    }

    /// <summary>The smallest eigenvalue.</summary>
    public static double Smallest(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings) => Eigenvalue(diagonal, couplings, 0);

    /// <summary>The largest eigenvalue.</summary>
    public static double Largest(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings) =>
        Eigenvalue(diagonal, couplings, diagonal.Length - 1);

    /// <summary>The smallest eigenvalue and its unit eigenvector.</summary>
    public static double Smallest(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, Span<double> vector)
    {
        double value = Smallest(diagonal, couplings);
        Eigenvector(diagonal, couplings, value, vector);
        return value;
    }

    /// <summary>The largest eigenvalue and its unit eigenvector.</summary>
    public static double Largest(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, Span<double> vector)
    {
        double value = Largest(diagonal, couplings);
        Eigenvector(diagonal, couplings, value, vector);
        return value;
    }

    /// <summary>A unit eigenvector to the eigenvalue <paramref name="theta"/>, by the twisted factorization: elimination from both ends
    /// that meets where the pivot is smallest (Dhillon and Parlett 2004, algorithm Getvec).</summary>
    public static void Eigenvector(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double theta, Span<double> vector)
    {
        if (Scale(diagonal, couplings) is var scale and not 1)
        {
            Eigenvector(Divided(diagonal, scale), Divided(couplings, scale), theta / scale, vector);
            return;
        }
        int k = diagonal.Length;
        double[] down = new double[k], up = new double[k];
        double floor = SmallestPivot(NormBound(diagonal, couplings));
        for (int i = 0; i < k; i++)
            down[i] = NonZero(diagonal[i] - theta - (i == 0 ? 0 : couplings[i - 1] / down[i - 1] * couplings[i - 1]), floor);
        for (int i = k - 1; i >= 0; i--)
            up[i] = NonZero(diagonal[i] - theta - (i == k - 1 ? 0 : couplings[i] / up[i + 1] * couplings[i]), floor);
        int twist = 0;
        double smallest = double.PositiveInfinity;
        for (int i = 0; i < k; i++)
        {
            double gamma = Math.Abs(down[i] - (diagonal[i] - theta) + up[i]);
            if (gamma < smallest)
                (smallest, twist) = (gamma, i);
        }
        vector[twist] = 1;
        for (int i = twist - 1; i >= 0; i--)
            vector[i] = -(couplings[i] / down[i]) * vector[i + 1];
        for (int i = twist + 1; i < k; i++)
            vector[i] = -(couplings[i - 1] / up[i]) * vector[i - 1];
        Vectors.Scale(1 / Vectors.Norm(vector[..k]), vector[..k], vector[..k]);
        // Where pivots are huge on both sides their sum tells nothing of the right place to meet.
        if (!(Residual(diagonal, couplings, theta, vector) <= Acceptable * NormBound(diagonal, couplings)))
            NearestEigenvector(diagonal, couplings, theta, vector);
    }

    private static double Residual(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double theta, ReadOnlySpan<double> v)
    {
        double largest = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double row = (diagonal[i] - theta) * v[i] + (i == 0 ? 0 : couplings[i - 1] * v[i - 1])
                + (i == couplings.Length ? 0 : couplings[i] * v[i + 1]);
            largest = Math.Max(largest, Math.Abs(row));
        }
        return largest;
    }

    private static void NearestEigenvector(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, double theta, Span<double> vector)
    {
        TridiagonalEigensystem t = new(diagonal, couplings, full: true);
        int nearest = 0;
        for (int i = 1; i < diagonal.Length; i++)
            nearest = Math.Abs(t.Values[i] - theta) < Math.Abs(t.Values[nearest] - theta) ? i : nearest;
        t.Vector(nearest).CopyTo(vector);
    }

    /// <summary>max (|βᵢ| + |αᵢ| + |βᵢ₊₁|) ≥ ‖T‖₂ (Gershgorin).</summary>
    public static double NormBound(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings)
    {
        double bound = 0, before = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double after = i < couplings.Length ? Math.Abs(couplings[i]) : 0;
            bound = Math.Max(bound, before + Math.Abs(diagonal[i]) + after);
            before = after;
        }
        return bound;
    }

    private static double[] Divided(ReadOnlySpan<double> elements, double scale)
    {
        double[] divided = elements.ToArray();
        for (int i = 0; i < divided.Length; i++)
            divided[i] /= scale;
        return divided;
    }

    // A pivot below u²‖T‖ is taken for a negative one of that size: a change of T far below rounding, after which nothing overflows.
    private static double NonZero(double pivot, double floor) => Math.Abs(pivot) < floor ? -floor : pivot;

    private static double SmallestPivot(double norm) => Math.Max(norm * Epsilon * Epsilon, double.Epsilon);
}
