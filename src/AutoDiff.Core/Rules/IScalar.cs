using System.Runtime.CompilerServices;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// The algebra in which calculus is stated: what a derivative rule may use of its number type. One rule, written once over
/// <typeparamref name="T"/>, serves plain numbers, SIMD lanes, dual numbers of any depth, recorded scalars and recorded arrays.
/// </summary>
/// <remarks>
/// Implemented by <see cref="Real"/> (a <see cref="double"/>), <see cref="Lanes"/> (eight of them), <c>Dual&lt;T&gt;</c>,
/// <c>Var</c> and <c>VarVector</c> (elementwise). The named functions are shorthand for <see cref="Apply{TRule}(T)"/>.
/// </remarks>
/// <typeparam name="T">The implementing number type.</typeparam>
public interface IScalar<T> where T : struct, IScalar<T>
{
    /// <summary>The constant <paramref name="value"/>, whose derivatives are zero.</summary>
    static abstract T Constant(double value);

    /// <summary>y = φ(x) for the elementwise rule <typeparamref name="TRule"/>.</summary>
    static abstract T Apply<TRule>(T x) where TRule : struct, IUnaryRule;

    /// <summary>z = φ(x, y) for the elementwise rule <typeparamref name="TRule"/>.</summary>
    static abstract T Apply<TRule>(T x, T y) where TRule : struct, IBinaryRule;

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
}
