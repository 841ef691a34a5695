using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// What the rounding of x leaves of the gradient: changing each xᵢ by a unit round-off u changes it by u·H(x∘ξ), ξ the signs of the
/// changes. Taken componentwise, so that a large variable does not hide what a badly scaled function allows in the others.
/// </summary>
internal static class RoundOffFloor
{
    private const int Samples = 3;

    /// <summary>The largest u·‖H(x∘ξ)‖ of three random ξ; three products at the point linearized.</summary>
    public static double At(Oracle oracle, ReadOnlySpan<double> x, ref RandomStream random)
    {
        double[] change = new double[x.Length];
        double floor = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            random.FillSigns(change);
            for (int i = 0; i < change.Length; i++)
                change[i] *= x[i];
            double size = Vectors.Norm(change);
            if (size == 0)
                return 0;
            Vectors.Scale(1 / size, change, change);
            oracle.Hessian.Apply(change, change);
            floor = Math.Max(floor, ReductionRatio.UnitRoundOff * size * Vectors.Norm(change));
        }
        return floor;
    }
}
