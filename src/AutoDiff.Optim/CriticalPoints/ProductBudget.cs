using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>How many products an examination may still take: polishing, expansions, null spaces and the pieces at kinks share
/// them.</summary>
/// <param name="oracle">What counts them.</param>
/// <param name="limit">The most, which the oracle's meter holds too.</param>
internal sealed class ProductBudget(Oracle oracle, int limit)
{
    private const int MostPerStep = 200;

    // What a verdict may take however little the minimization took: products times variables, a Hessian or two where it is formed, a run of
    // Lanczos.
    private const int LeastWork = 50_000, LeastHessians = 2, Beside = 50, LeastForLanczos = 100;

    // What Classify may take, which no minimization went before.
    private const int MostHessians = 100, BesideThem = 3_000, MostWork = 1_000_000;

    // Numbers in a Krylov basis: half a gigabyte.
    private const long LargestBasis = 1 << 26;

    /// <summary>The default where the minimization took <paramref name="cost"/> gradients and products: as many, or what a small problem
    /// needs if that is more; null: what <see cref="CriticalPoint.Classify"/> may take.</summary>
    public static int Usual(long? cost, int dimension, int denseLimit)
    {
        bool isDense = dimension <= denseLimit;
        long least = isDense ? Math.Max(LeastHessians * dimension + Beside, LeastWork / dimension) : LeastForLanczos;
        long usual = cost ?? (isDense ? MostHessians * (long)dimension + BesideThem : Math.Min(dimension, MostWork / dimension));
        return (int)Math.Min(int.MaxValue, Math.Max(least, usual));
    }

    /// <summary>The most products.</summary>
    public int Limit => limit;

    public bool Allows(int products) => Left >= products;

    /// <summary>For one run of Lanczos: what is left but a few, as far as its basis fits into memory.</summary>
    public int ForLanczos => (int)Math.Min(Math.Max(Left - Beside / 4, 0), Math.Max(1, LargestBasis / oracle.Dimension));

    /// <summary>Forms the Hessian as long as there are products for it.</summary>
    public Func<Curvature?> FormDense(FreeSpace space) =>
        () => Allows(space.Dimension) ? new DenseCurvature(space.DenseHessian(), space.Complement()) : null;

    /// <summary>The same from half of what is left.</summary>
    public Func<Curvature?> FormDenseFromHalf(FreeSpace space)
    {
        long end = Spent + Left / 2;
        return () => end - Spent >= space.Dimension ? new DenseCurvature(space.DenseHessian(), space.Complement()) : null;
    }

    /// <summary>Newton steps by Krylov spaces, from a quarter of the products.</summary>
    public Func<Curvature?> FormKrylov(FreeSpace space)
    {
        long end = Spent + Left / 4;
        return () =>
        {
            long left = Math.Min(end - Spent, MostPerStep);
            return left > 0 ? new KrylovCurvature(space.Hessian, (int)left, space.Complement()?.Vectors ?? []) : null;
        };
    }

    private long Spent => oracle.Meter.Counts.HessianVectorProducts;

    private long Left => limit - Spent;
}
