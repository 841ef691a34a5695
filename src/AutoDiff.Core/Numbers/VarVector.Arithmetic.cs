using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Elementwise operations: one instruction each, scalars repeated to the vector's length.
public readonly partial struct VarVector : IScalar<VarVector>
{
    /// <summary>A constant vector of one element, which operations repeat to the other operand's length.</summary>
    public static VarVector Constant(double value) => new(null, BitConverter.DoubleToUInt64Bits(value), 1);

    /// <inheritdoc/>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarVector Apply<TRule>(VarVector x) where TRule : struct, IUnaryRule<TRule> => new(Elementwise.Apply<TRule>(x.View));

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarVector Apply<TRule>(VarVector x, VarVector y) where TRule : struct, IBinaryRule<TRule> =>
        new(Elementwise.Apply<TRule>(x.View, y.View));

    /// <summary>zᵢ = φ(xᵢ, y).</summary>
    public static VarVector Apply<TRule>(VarVector x, Var y) where TRule : struct, IBinaryRule<TRule> =>
        new(Elementwise.Apply<TRule>(x.View, ArrayView.Scalar(y)));

    /// <summary>zᵢ = φ(x, yᵢ).</summary>
    public static VarVector Apply<TRule>(Var x, VarVector y) where TRule : struct, IBinaryRule<TRule> =>
        new(Elementwise.Apply<TRule>(ArrayView.Scalar(x), y.View));

    /// <summary>xᵢ · yᵢ + zᵢ, rounded once.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and are not 1.</exception>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static VarVector FusedMultiplyAdd(VarVector x, VarVector y, VarVector z) =>
        new(ElementwiseFusedMultiplyAdd.Of(x.View, y.View, z.View));

    /// <summary>xᵢ + yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static VarVector operator +(VarVector x, VarVector y) => Apply<Add>(x, y);

    /// <summary>xᵢ − yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static VarVector operator -(VarVector x, VarVector y) => Apply<Subtract>(x, y);

    /// <summary>xᵢ · yᵢ; a vector by itself is recorded as its square.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static VarVector operator *(VarVector x, VarVector y) =>
        x._word == y._word && x.Length == y.Length && ReferenceEquals(x._owner, y._owner) ? Apply<Square>(x) : Apply<Multiply>(x, y);

    /// <summary>xᵢ / yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static VarVector operator /(VarVector x, VarVector y) => Apply<Divide>(x, y);

    /// <summary>xᵢ − n·yᵢ with n = xᵢ/yᵢ rounded towards zero; derivatives 1 and −n.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static VarVector operator %(VarVector x, VarVector y) => Apply<Remainder>(x, y);

    /// <summary>−xᵢ.</summary>
    public static VarVector operator -(VarVector x) => Apply<Negate>(x);

    /// <summary>xᵢ + y.</summary>
    public static VarVector operator +(VarVector x, Var y) => Apply<Add>(x, y);

    /// <summary>xᵢ − y.</summary>
    public static VarVector operator -(VarVector x, Var y) => Apply<Subtract>(x, y);

    /// <summary>xᵢ · y.</summary>
    public static VarVector operator *(VarVector x, Var y) => Apply<Multiply>(x, y);

    /// <summary>xᵢ / y.</summary>
    public static VarVector operator /(VarVector x, Var y) => Apply<Divide>(x, y);

    /// <summary>xᵢ % y.</summary>
    public static VarVector operator %(VarVector x, Var y) => Apply<Remainder>(x, y);

    /// <summary>x + yᵢ.</summary>
    public static VarVector operator +(Var x, VarVector y) => Apply<Add>(x, y);

    /// <summary>x − yᵢ.</summary>
    public static VarVector operator -(Var x, VarVector y) => Apply<Subtract>(x, y);

    /// <summary>x · yᵢ.</summary>
    public static VarVector operator *(Var x, VarVector y) => Apply<Multiply>(x, y);

    /// <summary>x / yᵢ.</summary>
    public static VarVector operator /(Var x, VarVector y) => Apply<Divide>(x, y);

    /// <summary>x % yᵢ.</summary>
    public static VarVector operator %(Var x, VarVector y) => Apply<Remainder>(x, y);

    /// <summary>xᵢ + c.</summary>
    public static VarVector operator +(VarVector x, double c) => Apply<Add>(x, (Var)c);

    /// <summary>xᵢ − c.</summary>
    public static VarVector operator -(VarVector x, double c) => Apply<Subtract>(x, (Var)c);

    /// <summary>xᵢ · c.</summary>
    public static VarVector operator *(VarVector x, double c) => Apply<Multiply>(x, (Var)c);

    /// <summary>xᵢ / c.</summary>
    public static VarVector operator /(VarVector x, double c) => Apply<Divide>(x, (Var)c);

    /// <summary>xᵢ % c.</summary>
    public static VarVector operator %(VarVector x, double c) => Apply<Remainder>(x, (Var)c);

    /// <summary>c + xᵢ.</summary>
    public static VarVector operator +(double c, VarVector x) => Apply<Add>((Var)c, x);

    /// <summary>c − xᵢ.</summary>
    public static VarVector operator -(double c, VarVector x) => Apply<Subtract>((Var)c, x);

    /// <summary>c · xᵢ.</summary>
    public static VarVector operator *(double c, VarVector x) => Apply<Multiply>((Var)c, x);

    /// <summary>c / xᵢ.</summary>
    public static VarVector operator /(double c, VarVector x) => Apply<Divide>((Var)c, x);

    /// <summary>c % xᵢ.</summary>
    public static VarVector operator %(double c, VarVector x) => Apply<Remainder>((Var)c, x);
}
