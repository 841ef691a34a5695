using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim;

/// <summary>
/// A continuous group of motions of x that leaves f as it is: the rigid motions of a molecule, the scale of a Rayleigh quotient, the gauge
/// of a factorization. Along its tangents t(x) the gradient has no part, and at a critical point the Hessian has the eigenvalue zero, H·t =
/// 0. Whoever knows the symmetry works on the complement of these zero modes.
/// </summary>
/// <remarks>
/// <para>Declared by <see cref="Optimizer.Symmetry"/> for a run, by <see cref="VerdictOptions.Symmetry"/> for a verdict alone. Where none
/// is declared a verdict on a singular Hessian tries rigid motions in space and in the plane, translations, rotations and scale, at the
/// price of four gradients, and then follows the directions that are left.</para>
/// <para>Discrete symmetries, such as the exchange of equal atoms or of hidden units, leave no zero modes and need not be declared.</para>
/// <para>Tangents of which less than 1e-7 of their length is left beside the others count as dependent: a linear molecule has five rigid
/// motions, not six. All methods are safe for use by several threads, if the user's functions are.</para>
/// </remarks>
public abstract class Symmetry
{
    private protected Symmetry()
    {
    }

    /// <summary>No symmetry: the verdict looks for none either.</summary>
    public static Symmetry None { get; } = new NoSymmetry();

    /// <summary>x → cx, where f is homogeneous of degree zero, xᵀ∇f = 0, as the Rayleigh quotient is.</summary>
    public static Symmetry Scale { get; } = new ScaleSymmetry();

    /// <summary>Translations and rotations of points in the plane or in space, whose Cartesian coordinates follow each other point by
    /// point: x₀ y₀ z₀ x₁ …. Three zero modes in the plane; six in space, five where all points lie on a line.</summary>
    /// <param name="dimensions">2 or 3, coordinates of a point.</param>
    /// <exception cref="ArgumentOutOfRangeException">dimensions is neither.</exception>
    public static Symmetry RigidMotions(int dimensions = 3) => Motions.Rigid(Motions.CheckedForRotations(dimensions));

    /// <summary>The same shift of all points, whose coordinates follow each other point by point.</summary>
    /// <param name="dimensions">The coordinates of a point; 1: all variables move alike.</param>
    /// <exception cref="ArgumentOutOfRangeException">dimensions is below 1.</exception>
    public static Symmetry Translations(int dimensions = 3) => Motions.Shifts(Require.AtLeast(dimensions, 1));

    /// <summary>Rotations of all points about the origin.</summary>
    /// <param name="dimensions">2 or 3, coordinates of a point.</param>
    /// <exception cref="ArgumentOutOfRangeException">dimensions is neither.</exception>
    public static Symmetry Rotations(int dimensions = 3) => Motions.Turns(Motions.CheckedForRotations(dimensions));

    /// <summary>The gauge of a product A·B, which (A·G)·(G⁻¹·B) leaves as it is. x holds A row by row, then B row by row.</summary>
    /// <param name="rows">Rows of A.</param>
    /// <param name="rank">Columns of A and rows of B; the gauge has rank² zero modes, rank(rank − 1)/2 if it is orthogonal.</param>
    /// <param name="columns">Columns of B; 0: x holds A alone, and f depends on A·Aᵀ.</param>
    /// <param name="isOrthogonal">Only orthogonal G leave f as it is, as with a penalty on ‖A‖² + ‖B‖².</param>
    /// <exception cref="ArgumentException">Without a B the gauge is orthogonal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or columns below 0.</exception>
    public static Symmetry Factorization(int rows, int rank, int columns, bool isOrthogonal = false) =>
        columns > 0 || isOrthogonal
            ? new FactorizationSymmetry(Require.AtLeast(rows, 1), Require.AtLeast(rank, 1), Require.NotNegative(columns), isOrthogonal)
            : throw new ArgumentException(
                $"A factorization A·Aᵀ (columns = {columns}) has an orthogonal gauge only. Set isOrthogonal, or give the columns of B.",
                nameof(columns));

    /// <summary>Tangents given as functions of x.</summary>
    /// <param name="name">What they are, in the plural, as the verdict is to call them: "a minimum up to 2 <i>name</i>".</param>
    /// <param name="tangents">Gives at x the tangents, of any length and in any number; a zero vector stands for none.</param>
    public static Symmetry Tangents(string name, Func<double[], IReadOnlyList<double[]>> tangents)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tangents);
        return new TangentSymmetry(name, tangents);
    }

    /// <summary>Both symmetries together.</summary>
    public static Symmetry operator &(Symmetry left, Symmetry right) => left.And(right);

    /// <summary>Both symmetries together.</summary>
    public Symmetry And(Symmetry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new CombinedSymmetry(this, other);
    }

    /// <summary>This symmetry of the variables start … start + length − 1 alone; the others stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">start is negative or length below 1.</exception>
    public Symmetry On(int start, int length) => new PartialSymmetry(this, Require.NotNegative(start), Require.AtLeast(length, 1));

    /// <summary>An orthonormal basis of the tangents at x: as many vectors as there are zero modes. O(n·k²).</summary>
    /// <exception cref="ArgumentException">x has a number of variables on which this symmetry cannot act, or a tangent is not
    /// finite.</exception>
    public double[][] TangentBasis(ReadOnlySpan<double> x)
    {
        List<double[]> tangents = [];
        AddTangents(x, tangents);
        return TangentSpace.Orthonormal(tangents);
    }

    /// <summary>A symmetric operator confined to the complement of the tangents at x, as an operator on n − k coordinates: its spectrum
    /// lacks the zero modes. All of <see cref="Spectrum"/> works with it, and gives eigenvectors in all n variables.</summary>
    /// <exception cref="ShapeMismatchException">The operator acts on another number of variables than x has.</exception>
    public ComplementOperator Complement(ILinearOperator a, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.Dimension != x.Length)
            throw new ShapeMismatchException($"The operator acts on {a.Dimension} variables and the point has {x.Length}.");
        return new ComplementOperator(a, new OrthogonalComplement(x.Length, TangentBasis(x)));
    }

    /// <summary>What its motions are called.</summary>
    public sealed override string ToString() => Name;

    /// <summary>In the plural.</summary>
    internal abstract string Name { get; }

    /// <summary>Adds the tangents at x, the longest of each kind of length one.</summary>
    internal abstract void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents);
}
