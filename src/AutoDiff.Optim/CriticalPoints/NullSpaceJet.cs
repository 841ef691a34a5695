using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// f along the valley (or ridge) that leaves the point in a null direction n, where the other variables follow:
/// f(x + tn + ½t²m) = f + ⅙C t³ + Q t⁴/24 + …, with C = f³[n, n, n], m = −H⁺f³[n, n, ·] and
/// Q = f⁴[n, n, n, n] − 3 f³[n, n, ·]ᵀH⁺f³[n, n, ·].
/// </summary>
/// <remarks>The correction of f⁴ is what the bend of the valley brings: minimizing f + ½t²f³[n, n, ·]ᵀy + ½yᵀHy over y. Without it Peano's
/// surface (y − x²)(y − 2x²) passes for a minimum.</remarks>
internal sealed class NullSpaceJet
{
    private NullSpaceJet(double[] direction, double[] bend, double cubic, double quartic, double cubicError, double quarticError) =>
        (Direction, Bend, Cubic, Quartic, CubicError, QuarticError) = (direction, bend, cubic, quartic, cubicError, quarticError);

    /// <summary>n.</summary>
    public double[] Direction { get; }

    /// <summary>m.</summary>
    public double[] Bend { get; }

    /// <summary>C.</summary>
    public double Cubic { get; }

    /// <summary>Q.</summary>
    public double Quartic { get; }

    /// <summary>What rounding and the tilt of n make uncertain in C.</summary>
    public double CubicError { get; }

    /// <summary>What they make uncertain in Q, measured against the terms that it is the difference of.</summary>
    public double QuarticError { get; }

    /// <summary>The jet at the point linearized last; one expansion of third order, charged as ten products.</summary>
    public static NullSpaceJet Along(double[] n, FreeSpace space, NullSpace kernel) => Along(n, null, space, kernel);

    /// <summary>The same where H⁺f³[n, n, ·] is known.</summary>
    public static NullSpaceJet Along(double[] n, double[]? solved, FreeSpace space, NullSpace kernel)
    {
        LineJet line = space.Expand(n, 3);
        double[] bend = solved ?? new double[n.Length];
        if (solved is null)
            kernel.ApplyPseudoInverse(line.Third, bend);
        double correction = 3 * Vectors.Dot(line.Third, bend), fourth = line.Quartic(n), third = Vectors.Norm(line.Third);
        Vectors.Negate(bend, bend);
        double rounding = 10 * ReductionRatio.UnitRoundOff * Math.Sqrt(n.Length);
        double cubicError = third * (rounding + 3 * kernel.Tilt);
        double quarticError = (Math.Abs(fourth) + Math.Abs(correction)) * (10 * rounding + 10 * kernel.Tilt)
            + 4 * kernel.Tilt * Vectors.Norm(line.Fourth);
        double cubic = line.Cubic(n), quartic = fourth - correction;
        if (Math.Abs(cubic) > cubicError || Math.Abs(quartic) > quarticError)
        {
            (double thirdNoise, double fourthNoise) = Noise(line, n, space);
            cubicError += thirdNoise;
            quarticError += fourthNoise + 6 * thirdNoise * Vectors.Norm(bend);
        }
        return new NullSpaceJet(n, bend, cubic, quartic, cubicError, quarticError);
    }

    // What rounding leaves of terms that cancel inside f: along a symmetry nothing else is left. The multiples round otherwise.
    private static (double Third, double Fourth) Noise(LineJet line, double[] n, FreeSpace space)
    {
        double third = 0, fourth = 0;
        double[] multiple = new double[n.Length];
        foreach (double factor in (ReadOnlySpan<double>)[1.3, 0.7])
        {
            Vectors.Scale(factor, n, multiple);
            LineJet other = space.Expand(multiple, 3);
            third = Math.Max(third, Difference(other.Third, factor * factor, line.Third));
            fourth = Math.Max(fourth, Difference(other.Fourth, factor * factor * factor, line.Fourth));
        }
        return (10 * third, 10 * fourth);

        static double Difference(double[] scaled, double scale, double[] plain)
        {
            double[] difference = new double[plain.Length];
            Vectors.Scale(1 / scale, scaled, difference);
            return Vectors.Distance(difference, plain);
        }
    }

    /// <summary>z + tn + ½t²m.</summary>
    public void Move(ReadOnlySpan<double> z, double t, Span<double> result)
    {
        Vectors.Move(z, t, Direction, result);
        Vectors.AddScaled(0.5 * t * t, Bend, result);
    }
}
