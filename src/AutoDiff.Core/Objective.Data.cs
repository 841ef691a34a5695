namespace AutoDiff;

// Sums over rows of data.
public abstract partial class Objective
{
    /// <summary>f(x) = (1/n) Σᵢ ℓ(x, rowᵢ); 0 if there are no rows. The rows are referred to, not copied.</summary>
    /// <remarks>ℓ runs at a few rows and the others repeat what it did there, many at once, so it must be a function of x, the row and
    /// declared parameters; the order of addition is fixed (see <see cref="DataObjective"/>).</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static DataObjective Mean(double[,] rows, Func<VarVector, DataVector, Var> term) => Over(rows, term, true);

    /// <summary>f(x) = Σᵢ ℓ(x, rowᵢ). The rows are referred to, not copied.</summary>
    /// <remarks>ℓ runs at a few rows and the others repeat what it did there, many at once, so it must be a function of x, the row and
    /// declared parameters; the order of addition is fixed (see <see cref="DataObjective"/>).</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static DataObjective Sum(double[,] rows, Func<VarVector, DataVector, Var> term) => Over(rows, term, false);

    private static DataObjective Over(double[,] rows, Func<VarVector, DataVector, Var> term, bool mean)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(term);
        return new DataObjective(rows, null, term, mean);
    }
}
