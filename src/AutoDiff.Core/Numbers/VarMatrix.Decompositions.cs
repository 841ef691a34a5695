using AutoDiff.Rules;

namespace AutoDiff;

// Systems of equations, decompositions, and what goes along the diagonal. A matrix without the asked-for solution gives NaN, not an
// exception: an optimizer that steps to such a point then steps back.
public readonly partial struct VarMatrix
{
    /// <summary>The n × n identity, a constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public static VarMatrix Identity(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        double[,] identity = new double[n, n];
        for (int i = 0; i < n; i++)
            identity[i, i] = 1;
        return identity;
    }

    /// <summary>The square matrix with the given diagonal and zeros elsewhere.</summary>
    public static VarMatrix Diagonal(VarVector diagonal) =>
        diagonal.ScatterAdd(Places(diagonal.Length, diagonal.Length), checked(diagonal.Length * diagonal.Length)).Reshape(
            diagonal.Length, diagonal.Length);

    /// <summary>The elements aᵢᵢ, as many as the matrix has rows or columns, whichever are fewer.</summary>
    public VarVector Diagonal() => Flat.Gather(Places(Math.Min(Rows, Columns), Block.Columns));

    /// <summary>Σ aᵢᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public Var Trace() => Diagonal()[..Order(nameof(Trace))].Sum();

    /// <summary>
    /// x with A·x = b, by LU factors with partial pivoting, which are kept: n³/3 multiplications once, and 2n² for each gradient, 4n² for
    /// each Hessian-vector product. All NaN if A is singular, that is, if a pivot is exactly 0.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square, or b not as long as it.</exception>
    public VarVector Solve(VarVector b) => Solve(b.AsColumn()).Flat;

    /// <summary>X with A·X = B; see <see cref="Solve(VarVector)"/>.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square, or B has not as many rows.</exception>
    public VarMatrix Solve(VarMatrix b)
    {
        int n = Order(nameof(Solve), b);
        return Structured.Composite<LinearSolve>(
            Block, b.View, 1, n * b.Columns + LinearSolver.FactorLength(n), n, b.Columns, _transposed ? 1 : 0).Matrix(0, n, b.Columns);
    }

    /// <summary>
    /// x with T·x = b, or Tᵀ·x = b, for a triangular T; the other triangle is not read, nor is the diagonal if it is said to be all ones. A
    /// zero on the diagonal divides as IEEE 754 has it.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square, or b not as long as it.</exception>
    public VarVector SolveTriangular(VarVector b, bool lower = true, bool transposed = false, bool unitDiagonal = false) =>
        SolveTriangular(b.AsColumn(), lower, transposed, unitDiagonal).Flat;

    /// <summary>X with T·X = B, or Tᵀ·X = B; see <see cref="SolveTriangular(VarVector, bool, bool, bool)"/>.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square, or B has not as many rows.</exception>
    public VarMatrix SolveTriangular(VarMatrix b, bool lower = true, bool transposed = false, bool unitDiagonal = false)
    {
        int n = Order(nameof(SolveTriangular), b);
        int kind = (lower != _transposed ? 1 : 0) | (transposed != _transposed ? 2 : 0) | (unitDiagonal ? 4 : 0);
        return Structured.Composite<TriangularSolve>(Block, b.View, n, b.Columns, n, b.Columns, kind).Reshape(n, b.Columns);
    }

    /// <summary>
    /// The lower factor L of A = L·Lᵀ, for a symmetric positive definite A, of which the lower triangle is read. n³/6 multiplications. All
    /// NaN if A is not positive definite; adding a multiple of <see cref="Identity"/> makes it so.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public VarMatrix Cholesky()
    {
        int n = Order(nameof(Cholesky));
        return Structured.Composite<Cholesky>(View, n, n, n).Reshape(n, n);
    }

    /// <summary>ln|det A| through A⁻¹, which its derivatives need; −∞ if A is singular, with derivatives that are NaN.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public Var LogDeterminant()
    {
        int n = Order(nameof(LogDeterminant));
        return Structured.Composite<LogDeterminant>(View, 1, 1 + n * n, n)[0];
    }

    /// <summary>ln det A for a symmetric positive definite A, of which the lower triangle is read: 2 Σ ln Lᵢᵢ by <see cref="Cholesky"/>;
    /// NaN if A is not positive definite.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public Var LogDeterminantPositiveDefinite() => 2 * VarVector.Apply<Log>(Cholesky().Diagonal()).Sum();

    /// <summary>det A, with the adjugate as its derivative. Both are polynomials in A: all derivatives are right at singular matrices too,
    /// by sums of minors up to 6 × 6, beyond by the singular vectors where A is nearly singular. Beyond the range of
    /// <see cref="double"/> it is infinite or zero where <see cref="LogDeterminant"/> is not; NaN if an element is not finite.</summary>
    /// <remarks>Cost: that of A⁻¹ where ‖A‖·‖A⁻¹‖ ≤ 1000; at larger matrices nearer to singular ones some ten times as much.</remarks>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public Var Determinant()
    {
        int n = Order(nameof(Determinant));
        return Structured.Composite<Determinant>(View, 1, 1 + n * n, n)[0];
    }

    /// <summary>A⁻¹. To solve equations <see cref="Solve(VarMatrix)"/> is faster and more accurate. All NaN if A is singular.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    public VarMatrix Inverse()
    {
        int n = Order(nameof(Inverse));
        return Structured.Composite<Inverse>(View, n, n, n).Reshape(n, n);
    }

    private int Order(string operation) => Rows == Columns
        ? Rows
        : throw new ShapeMismatchException($"{operation}: the matrix is {Rows} × {Columns} and would have to be square.");

    private int Order(string operation, VarMatrix b) => b.Rows == Order(operation)
        ? Rows
        : throw new ShapeMismatchException(
            $"{operation}: a matrix of {Rows} × {Columns} and a right-hand side of {b.Rows} rows; they must be as many.");

    private static int[] Places(int count, int columns)
    {
        int[] places = new int[count];
        for (int i = 0; i < count; i++)
            places[i] = i * (columns + 1);
        return places;
    }
}
