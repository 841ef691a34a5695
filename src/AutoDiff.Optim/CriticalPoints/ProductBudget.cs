using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>How many products an examination may still take.</summary>
/// <param name="oracle">What counts them.</param>
/// <param name="limit">What the caller set, which nothing exceeds; null: no more than forming small Hessians takes.</param>
/// <param name="usual">What a run of Lanczos may take where the caller set nothing.</param>
internal sealed class ProductBudget(Oracle oracle, int? limit, int usual)
{
    private const int MostPerStep = 200;

    public bool Allows(int products) => Left >= products;

    /// <summary>For one run of Lanczos.</summary>
    public int ForLanczos => (int)Math.Min(Left, limit is null ? usual : int.MaxValue);

    /// <summary>Forms the Hessian as long as there are products for it.</summary>
    public Func<Curvature?> FormDense(FreeSpace space) =>
        () => Allows(space.Dimension) ? new DenseCurvature(space.DenseHessian(), space.Complement()) : null;

    /// <summary>Newton steps by Krylov spaces, from half of the products.</summary>
    public Func<Curvature?> FormKrylov(FreeSpace space)
    {
        long end = oracle.Meter.Counts.HessianVectorProducts + ForLanczos / 2;
        return () =>
        {
            long left = Math.Min(end - oracle.Meter.Counts.HessianVectorProducts, MostPerStep);
            return left > 0 ? new KrylovCurvature(space.Hessian, (int)left, space.Complement()?.Vectors ?? []) : null;
        };
    }

    private long Left => limit is null ? long.MaxValue : limit.Value - oracle.Meter.Counts.HessianVectorProducts;
}
