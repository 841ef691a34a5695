using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// The algebra in which calculus is stated: what a derivative rule may use of its number type. One rule, written once over
/// <typeparamref name="T"/>, serves plain numbers, SIMD lanes, dual numbers of any depth, recorded scalars and recorded arrays.
/// </summary>
/// <remarks>
/// Implemented by <see cref="Real"/> (one <see cref="double"/>), lanes (<see cref="ILanes{TSelf}"/>, several of them), <see cref="Var"/>,
/// <see cref="VarVector"/> and <see cref="VarMatrix"/> (elementwise), and inside the library by dual numbers over any of these. The named
/// functions are shorthand for <see cref="Apply{TRule}(T)"/>, which takes every other rule of <see cref="AutoDiff.Rules"/> too:
/// <c>T.Apply&lt;Softplus&gt;(x)</c>. A rule never compares its numbers: piecewise functions are stated with the flat rules
/// <see cref="Sign(T)"/>, <see cref="Step(T)"/> and <see cref="HalfStep(T, T)"/>, whose derivative is zero.
/// </remarks>
/// <typeparam name="T">The implementing number type.</typeparam>
public interface IScalar<T> where T : struct, IScalar<T>
{
    /// <summary>The constant <paramref name="value"/>, whose derivatives are zero.</summary>
    static abstract T Constant(double value);

    /// <summary>The one primal value by which composite operations choose pivots and shifts; derivatives do not follow it.</summary>
    internal static virtual double Primal(T x) =>
        throw new NotSupportedException($"{typeof(T).Name} stands for many numbers and has no single primal value.");

    /// <summary>NaN, with all its derivatives: what a factorization that failed leaves.</summary>
    internal static virtual T Undefined => T.Constant(double.NaN);

    /// <summary>0, with derivatives that are not known: NaN.</summary>
    internal static virtual T Undecided => T.Constant(0);

    /// <summary>‖x‖ at 0, along a curve.</summary>
    internal static virtual T Norm(ReadOnlySpan<T> x) => T.Constant(0);

    /// <summary>What a norm at 0 passes back to an operand of an adjoint that is 0 there, along a curve.</summary>
    internal static virtual T Along(T adjoint, T operand, T norm) => T.Constant(0);

    /// <summary>y = F(u, v) for a composite operation.</summary>
    internal static virtual void Evaluate<TRule>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where TRule : struct, ICompositeRule => TRule.Value(arguments, u, v, y);

    /// <summary>sum + term, as adjoints are collected: a number type that records may pass over a constant zero.</summary>
    internal static virtual T Accumulate(T sum, T term) => sum + term;

    /// <summary>y = F(x) for an array function.</summary>
    internal static virtual void Evaluate(ArrayFunction function, ReadOnlySpan<T> x, Span<T> y) =>
        throw new NotSupportedException($"{function.Name}: an array function has no meaning over {typeof(T).Name}.");

    /// <summary>y = φ(x) for the elementwise rule <typeparamref name="TRule"/>.</summary>
    static abstract T Apply<TRule>(T x) where TRule : struct, IUnaryRule<TRule>;

    /// <summary>z = φ(x, y) for the elementwise rule <typeparamref name="TRule"/>.</summary>
    static abstract T Apply<TRule>(T x, T y) where TRule : struct, IBinaryRule<TRule>;

    /// <summary>x + y.</summary>
    static abstract T operator +(T x, T y);

    /// <summary>x − y.</summary>
    static abstract T operator -(T x, T y);

    /// <summary>x · y.</summary>
    static abstract T operator *(T x, T y);

    /// <summary>x / y.</summary>
    static abstract T operator /(T x, T y);

    /// <summary>−x.</summary>
    static abstract T operator -(T x);

    /// <summary>x + c.</summary>
    static abstract T operator +(T x, double c);

    /// <summary>x − c.</summary>
    static abstract T operator -(T x, double c);

    /// <summary>x · c.</summary>
    static abstract T operator *(T x, double c);

    /// <summary>x / c.</summary>
    static abstract T operator /(T x, double c);

    /// <summary>c + x.</summary>
    static abstract T operator +(double c, T x);

    /// <summary>c − x.</summary>
    static abstract T operator -(double c, T x);

    /// <summary>c · x.</summary>
    static abstract T operator *(double c, T x);

    /// <summary>c / x.</summary>
    static abstract T operator /(double c, T x);

    /// <summary>x².</summary>
    static virtual T Square(T x) => T.Apply<Square>(x);

    /// <summary>√x.</summary>
    static virtual T Sqrt(T x) => T.Apply<Sqrt>(x);

    /// <summary>eˣ.</summary>
    static virtual T Exp(T x) => T.Apply<Exp>(x);

    /// <summary>ln x.</summary>
    static virtual T Log(T x) => T.Apply<Log>(x);

    /// <summary>sin x.</summary>
    static virtual T Sin(T x) => T.Apply<Sin>(x);

    /// <summary>cos x.</summary>
    static virtual T Cos(T x) => T.Apply<Cos>(x);

    /// <summary>sinh x.</summary>
    static virtual T Sinh(T x) => T.Apply<Sinh>(x);

    /// <summary>cosh x.</summary>
    static virtual T Cosh(T x) => T.Apply<Cosh>(x);

    /// <summary>tanh x.</summary>
    static virtual T Tanh(T x) => T.Apply<Tanh>(x);

    /// <summary>The logistic function 1 / (1 + e⁻ˣ).</summary>
    static virtual T Sigmoid(T x) => T.Apply<Sigmoid>(x);

    /// <summary>xʸ.</summary>
    static virtual T Pow(T x, T y) => T.Apply<Pow>(x, y);

    /// <summary>|x|.</summary>
    static virtual T Abs(T x) => T.Apply<Abs>(x);

    /// <summary>−1, 0 or 1, with derivative zero.</summary>
    static virtual T Sign(T x) => T.Apply<Sign>(x);

    /// <summary>1 where x is positive, otherwise 0, with derivative zero.</summary>
    static virtual T Step(T x) => T.Apply<Step>(x);

    /// <summary>1 where x is above y, ½ where they tie, otherwise 0, with derivative zero.</summary>
    static virtual T HalfStep(T x, T y) => T.Apply<HalfStep>(x, y);

    /// <summary>x · y, where a factor of exactly zero gives zero even if the other is infinite or NaN.</summary>
    static virtual T AbsoluteProduct(T x, T y) => T.Apply<AbsoluteProduct>(x, y);

    /// <summary>x / y, where a numerator of exactly zero gives zero even if the quotient is NaN.</summary>
    static virtual T AbsoluteQuotient(T x, T y) => T.Apply<AbsoluteQuotient>(x, y);

    /// <summary>A partial times a derivative, −0 where that is structurally zero (see <see cref="Zeros"/>); <paramref name="kind"/> says
    /// what a partial of 0 means.</summary>
    internal static virtual T ChainProduct(PartialKind kind, T partial, T derivative) => kind switch
    {
        PartialKind.Share => T.Apply<ChainProduct<IPartialKind.Share>>(partial, derivative),
        PartialKind.Slope => T.Apply<ChainProduct<IPartialKind.Slope>>(partial, derivative),
        PartialKind.Derivative => T.Apply<ChainProduct<IPartialKind.Derivative>>(partial, derivative),
        _ => T.Apply<ChainProduct<IPartialKind.Live>>(partial, derivative),
    };

    /// <summary>x · y + z, rounded once where the number type can.</summary>
    static virtual T FusedMultiplyAdd(T x, T y, T z) => x * y + z;
}
