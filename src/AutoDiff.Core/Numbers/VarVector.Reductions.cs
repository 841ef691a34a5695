using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Sums, products and other functions of a whole vector.
public readonly partial struct VarVector
{
    /// <summary>Σ xᵢ; 0 for an empty vector. The order of addition is fixed.</summary>
    public Var Sum() => Length == 0 ? 0 : Structured.Linear<SumAll>(View, 1, 1)[0];

    /// <summary>Σ xᵢ / n.</summary>
    /// <exception cref="InvalidOperationException">The vector is empty.</exception>
    public Var Mean() => Sum() / NonEmpty(nameof(Mean));

    /// <summary>Π xᵢ; 1 for an empty vector. Its derivatives are exact with zeros among the elements.</summary>
    public Var Product() => Length == 0 ? 1 : Structured.Composite<RowProduct>(View, 1, 1, Length)[0];

    /// <summary>The smallest element; where several tie, each has an equal share of the derivative.</summary>
    /// <exception cref="InvalidOperationException">The vector is empty.</exception>
    public Var Min()
    {
        NonEmpty(nameof(Min));
        return Structured.Composite<Extreme<Smallest>>(View, 1, 1, Length)[0];
    }

    /// <summary>The largest element; where several tie, each has an equal share of the derivative.</summary>
    /// <exception cref="InvalidOperationException">The vector is empty.</exception>
    public Var Max()
    {
        NonEmpty(nameof(Max));
        return Structured.Composite<Extreme<Largest>>(View, 1, 1, Length)[0];
    }

    /// <summary>Σ xᵢ yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
    public Var Dot(VarVector other)
    {
        if (Length != other.Length)
            throw new ShapeMismatchException($"Dot: the vectors have {Length} and {other.Length} elements.");
        return Structured.MatrixProduct(View, false, other.View, false, 1, 1, Length)[0];
    }

    /// <summary>‖x‖₂, without overflow; at x = 0 its derivative is taken as 0. For ‖x‖² use <see cref="SquaredNorm"/>, which is
    /// smooth.</summary>
    public Var Norm() => Length == 0 ? 0 : Structured.Composite<Norm>(View, 1, 1)[0];

    /// <summary>Σ xᵢ².</summary>
    public Var SquaredNorm() => Dot(this);

    /// <summary>yᵢ = x₀ + … + xᵢ.</summary>
    public VarVector CumulativeSum() => Structured.Linear<CumulativeSum>(View, 1, Length);

    /// <summary>ln Σ exp xᵢ, without overflow; −∞ for an empty vector. Where it is infinite its derivative is 0.</summary>
    public Var LogSumExp() => Length == 0 ? double.NegativeInfinity : Structured.Composite<LogSumExp>(View, 1, 1 + Length, Length)[0];

    /// <summary>exp xᵢ / Σ exp xⱼ, without overflow. NaN if the largest element is infinite.</summary>
    public VarVector Softmax() => Structured.Composite<RowSoftmax>(View, 1, Length, Length);

    /// <summary>xᵢ − ln Σ exp xⱼ, without overflow, and accurate where it is near 0. NaN if the largest element is infinite.</summary>
    public VarVector LogSoftmax() => Structured.Composite<RowLogSoftmax>(View, 2, Length, Length)[..Length];

    /// <summary>−ln softmax(x) at <paramref name="label"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is outside 0 … Length − 1.</exception>
    public Var CrossEntropy(int label) => AsRow().CrossEntropy([label])[0];

    /// <summary>yₖ = x at indices[k]; an index may repeat. The indices are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … Length − 1.</exception>
    public VarVector Gather(ReadOnlySpan<int> indices) =>
        Structured.Linear<Gather>(View, 1, indices.Length, default, Structured.CheckedIndices(indices, Length));

    /// <summary>A vector of <paramref name="length"/> zeros to which xₖ is added at indices[k]. The indices are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … length − 1.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many indices as elements.</exception>
    public VarVector ScatterAdd(ReadOnlySpan<int> indices, int length)
    {
        if (indices.Length != Length)
            throw new ShapeMismatchException($"ScatterAdd: {indices.Length} indices for {Length} elements.");
        return Structured.Linear<ScatterAdd>(View, 1, length, default, Structured.CheckedIndices(indices, length));
    }

    /// <summary>x yᵀ.</summary>
    public VarMatrix Outer(VarVector other) => AsColumn().MatMul(other.AsRow());

    /// <summary>xᵀ A x.</summary>
    /// <exception cref="ShapeMismatchException">The matrix is not square of this length.</exception>
    public Var QuadraticForm(VarMatrix matrix) => Dot(matrix.MatMul(this));

    private int NonEmpty(string operation) => Length > 0 ? Length : throw new InvalidOperationException($"{operation} of an empty vector.");
}
