using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>What Lanczos from a random start tells, with probability 1 − δ over the start, of the eigenvalues that it has not found:
/// sharper than <see cref="LanczosProbability"/>, which knows nothing of the run but its length.</summary>
internal static class ProbabilisticBound
{
    /// <summary>
    /// A number below which no eigenvalue lies, from the run itself (van Dorsselaer, Hochstenbach and van der Vorst 2000): the monic
    /// Lanczos polynomial p has ‖p(H)v₁‖ = β₂⋯β_{k+1}; an eigenvalue λ in whose direction v₁ has the component c allows |c|·|p(λ)| no
    /// larger than that; and |c| ≥ δ√(π/2n) with probability 1 − δ. −∞ before anything is known. With <paramref name="sign"/> = −1 it is
    /// −H's.
    /// </summary>
    public static double LowerBound(Lanczos run, double failure, int sign)
    {
        if (run.Count == 0)
            return double.NegativeInfinity;
        TridiagonalEigensystem t = new(run.Diagonal, run.Couplings, full: false);
        double[] values = t.Values;
        if (sign < 0)
        {
            Vectors.Negate(values, values);
            Array.Reverse(values);
        }
        double lowest = values[0];
        if (run.NextCoupling == 0)
            return lowest;
        double allowed = Math.Log(run.NextCoupling);
        foreach (double coupling in run.Couplings)
            allowed += Math.Log(coupling);
        allowed -= Math.Log(failure) + 0.5 * Math.Log(Math.PI / (2 * run.Dimension));
        double far = run.NormBound;
        while (double.IsFinite(far) && Size(values, lowest - far) <= allowed)
            far *= 2;
        if (!double.IsFinite(far))
            return double.NegativeInfinity;
        double near = 0;
        for (int halving = 0; halving < 100; halving++)
        {
            double middle = 0.5 * (near + far);
            if (Size(values, lowest - middle) <= allowed)
                near = middle;
            else
                far = middle;
        }
        return lowest - far;
    }

    // ln|p(λ)| for λ below all θ.
    private static double Size(double[] values, double lambda)
    {
        double sum = 0;
        foreach (double value in values)
            sum += Math.Log(value - lambda);
        return sum;
    }
}
