using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Elementwise operations: one instruction each; rows, columns and scalars are repeated to the other operand's shape.
public readonly partial struct VarMatrix : IScalar<VarMatrix>
{
    /// <summary>A constant vector as a row.</summary>
    public static implicit operator VarMatrix(VarVector row) => row.AsRow();

    /// <summary>A scalar as a matrix of one element.</summary>
    public static implicit operator VarMatrix(Var scalar) => new(ArrayView.Scalar(scalar));

    /// <summary>A constant as a matrix of one element.</summary>
    public static implicit operator VarMatrix(double scalar) => new(ArrayView.Scalar(scalar));

    /// <summary>yᵢⱼ = φ(xᵢⱼ).</summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarMatrix Apply<TRule>(VarMatrix x) where TRule : struct, IUnaryRule<TRule>
    {
        // A transposed block keeps its layout: the result is transposed too.
        VarMatrix y = new(Elementwise.Apply<TRule>(x.Block));
        return x._transposed ? y.Transpose() : y;
    }

    /// <summary>zᵢⱼ = φ(xᵢⱼ, yᵢⱼ).</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarMatrix Apply<TRule>(VarMatrix x, VarMatrix y) where TRule : struct, IBinaryRule<TRule> =>
        new(Elementwise.Apply<TRule>(x.View, y.View));

    /// <summary>xᵢⱼ · yᵢⱼ + zᵢⱼ, rounded once.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarMatrix FusedMultiplyAdd(VarMatrix x, VarMatrix y, VarMatrix z) =>
        new(ElementwiseFusedMultiplyAdd.Of(x.View, y.View, z.View));

    /// <summary>xᵢⱼ + yᵢⱼ.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static VarMatrix operator +(VarMatrix x, VarMatrix y) => Apply<Add>(x, y);

    /// <summary>xᵢⱼ − yᵢⱼ.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static VarMatrix operator -(VarMatrix x, VarMatrix y) => Apply<Subtract>(x, y);

    /// <summary>xᵢⱼ · yᵢⱼ; for the matrix product see <see cref="MatMul(VarMatrix)"/>.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static VarMatrix operator *(VarMatrix x, VarMatrix y) => Apply<Multiply>(x, y);

    /// <summary>xᵢⱼ / yᵢⱼ.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static VarMatrix operator /(VarMatrix x, VarMatrix y) => Apply<Divide>(x, y);

    /// <summary>xᵢⱼ − n·yᵢⱼ with n = xᵢⱼ/yᵢⱼ rounded towards zero; derivatives 1 and −n.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static VarMatrix operator %(VarMatrix x, VarMatrix y) => Apply<Remainder>(x, y);

    /// <summary>−xᵢⱼ.</summary>
    public static VarMatrix operator -(VarMatrix x) => Apply<Negate>(x);

    // A plain number converts to a matrix of one element; rules written over any number type ask for these.

    static VarMatrix IScalar<VarMatrix>.Constant(double value) => value;

    static VarMatrix IScalar<VarMatrix>.operator +(VarMatrix x, double c) => x + (VarMatrix)c;

    static VarMatrix IScalar<VarMatrix>.operator -(VarMatrix x, double c) => x - (VarMatrix)c;

    static VarMatrix IScalar<VarMatrix>.operator *(VarMatrix x, double c) => x * (VarMatrix)c;

    static VarMatrix IScalar<VarMatrix>.operator /(VarMatrix x, double c) => x / (VarMatrix)c;

    static VarMatrix IScalar<VarMatrix>.operator +(double c, VarMatrix x) => (VarMatrix)c + x;

    static VarMatrix IScalar<VarMatrix>.operator -(double c, VarMatrix x) => (VarMatrix)c - x;

    static VarMatrix IScalar<VarMatrix>.operator *(double c, VarMatrix x) => (VarMatrix)c * x;

    static VarMatrix IScalar<VarMatrix>.operator /(double c, VarMatrix x) => (VarMatrix)c / x;
}
