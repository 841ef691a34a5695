using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A dual number, primal + tangent·ε with ε² = 0: a value together with its derivative along one direction. It is what a lambda
/// differentiated by <see cref="Forward"/> computes with. Operators and <c>Math.</c> functions carry the tangent by the chain rule, exact
/// to rounding.
/// </summary>
/// <remarks>
/// <para>Nests to any depth: <c>Dual&lt;Dual&lt;double&gt;&gt;</c> carries second derivatives, and a variable of the outer level is a
/// constant of the inner one, to which it converts implicitly. Each differentiation marks its numbers with a level; two duals of one type
/// but of different levels meeting in one operation throw a <see cref="NestingException"/>, since their perturbations are different
/// quantities.</para>
/// <para>A tangent that is structurally zero (a constant's, that of a side not chosen) stays zero whatever it is multiplied by; every other
/// zero times an infinite partial is NaN (see docs/nonsmooth.md). Comparisons and equality look at the primal only. Immutable; safe to
/// share between threads. Over <see cref="double"/> nothing is allocated.</para>
/// </remarks>
/// <typeparam name="T"><see cref="double"/>; or a dual number or a <see cref="Var"/>, when nested in a differentiation over that
/// type.</typeparam>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly partial struct Dual<T> : IScalar<Dual<T>>, IMultiplyOperators<Dual<T>, double, Dual<T>>, IComponent<Dual<T>>
    where T : struct, INumber<T>, IMultiplyOperators<T, double, T>
{
    private readonly Jet<Scalar<T>> _jet;
    private readonly long _level;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Dual(Jet<Scalar<T>> jet, long level)
    {
        _jet = jet;
        _level = level;
    }

    /// <summary>The constant <paramref name="primal"/>, whose tangent is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dual(T primal) => _jet = new Jet<Scalar<T>>(new Scalar<T>(primal), Scalar<T>.None);

    /// <summary>The value.</summary>
    public T Primal => _jet.Primal.Value;

    /// <summary>The derivative of the value along the direction of this number's differentiation; 0 of a constant.</summary>
    public T Tangent => Scalar<T>.Forget(_jet.Tangent);

    /// <summary>Whether this is a constant: no result of a differentiated variable.</summary>
    public bool IsConstant => _level == Level.Constant;

    /// <summary>A number or a variable of the enclosing level as a constant of this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual<T>(T constant) => new(constant);

    /// <inheritdoc/>
    public static Dual<T> Constant(double value) => new(Scalar<T>.Constant(value).Value);

    /// <inheritdoc/>
    /// <remarks>Chain rule: φ(x + ẋε) = φ(x) + φ′(x)ẋε.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Apply<TRule>(Dual<T> x) where TRule : struct, IUnaryRule<TRule>
    {
        Scalar<T> a = x._jet.Primal, y = Scalar<T>.Apply<TRule>(a);
        if (TRule.IsFlat)
            return new(y.Value);
        Scalar<T> first = TRule.First(a, y), tangent = x._jet.Tangent;
        if (TRule.LevelsOff)
            first = Scalar<T>.Slope(first, a, y, x._level);
        return new(new(y, Scalar<T>.ChainProduct(TRule.IsSelection ? PartialKind.Share : PartialKind.Live, first, tangent)), x._level);
    }

    /// <inheritdoc/>
    /// <remarks>Chain rule: φ(x + ẋε, y + ẏε) = φ(x, y) + (φₓẋ + φᵧẏ)ε.</remarks>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Apply<TRule>(Dual<T> x, Dual<T> y) where TRule : struct, IBinaryRule<TRule>
    {
        Scalar<T> a = x._jet.Primal, b = y._jet.Primal, z = Scalar<T>.Apply<TRule>(a, b);
        if (TRule.IsFlat)
            return new(z.Value);
        long level = Level.Join(x._level, y._level);
        // The partial of a constant is not evaluated: it may cost a logarithm, and not exist.
        Scalar<T> tangent = Scalar<T>.None;
        if (x._level != Level.Constant)
            tangent = Scalar<T>.ChainProduct(PartialKinds<TRule>.X(!TRule.IsProduct || MayVary(y)), TRule.FirstX(a, b, z), x._jet.Tangent);
        if (y._level != Level.Constant)
            tangent += Scalar<T>.ChainProduct(PartialKinds<TRule>.Y(!TRule.IsProduct || MayVary(x)), TRule.FirstY(a, b, z), y._jet.Tangent);
        return new(new(z, tangent), level);
    }

    private static bool MayVary(Dual<T> x) => x._level != Level.Constant || Scalar<T>.IsVariable(x._jet.Primal);

    /// <summary>x + ε at a level of its own.</summary>
    internal static Dual<T> Variable(T primal, long level) => Seeded(primal, T.One, level);

    /// <summary>primal + tangent·ε at the given level.</summary>
    internal static Dual<T> Seeded(T primal, T tangent, long level) => Scalar<T>.IsSupported
        ? new(new Jet<Scalar<T>>(new Scalar<T>(primal), Seed(tangent)), level)
        : throw new NotSupportedException($"Dual numbers are made of double, Var or dual numbers, not of {typeof(T)}.");

    // A seed of exactly 0 is structural.
    private static Scalar<T> Seed(T tangent) =>
        !Scalar<T>.IsVariable(new Scalar<T>(tangent)) && T.IsZero(tangent) ? Scalar<T>.None : new Scalar<T>(tangent);

    /// <summary>The derivative with respect to the differentiation <paramref name="level"/>, which a constant does not depend on.</summary>
    internal T TangentAt(long level) =>
        _level == level ? Tangent : _level == Level.Constant ? T.Zero : throw Level.Escaped();

    unsafe delegate*<Dual<T>, Dual<T>, Dual<T>> IComponent<Dual<T>>.AbsoluteProduct => &AbsoluteProduct;

    unsafe delegate*<PartialKind, Dual<T>, Dual<T>, Dual<T>> IComponent<Dual<T>>.ChainProduct => &ChainProduct;

    unsafe delegate*<Dual<T>, bool> IComponent<Dual<T>>.IsVariable => &MayVary;

    unsafe delegate*<Dual<T>, Dual<T>, Dual<T>, Dual<T>> IComponent<Dual<T>>.FusedMultiplyAdd => &FusedMultiplyAdd;

    unsafe delegate*<Dual<T>, Dual<T>> IComponent<Dual<T>>.Unary<TRule>() => &Apply<TRule>;

    unsafe delegate*<Dual<T>, Dual<T>, Dual<T>> IComponent<Dual<T>>.Binary<TRule>() => &Apply<TRule>;
}
