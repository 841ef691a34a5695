using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// An elementwise function of one variable, y = φ(x): its value, its derivative and, where a closed form is cheaper or more accurate than
/// differentiating the derivative, its second derivative. Every sweep, mode and order of differentiation follows from these.
/// </summary>
/// <remarks>
/// Implement it in a <see langword="struct"/> without fields; <c>Var.Apply&lt;TRule&gt;(x)</c> and <c>VarVector.Apply&lt;TRule&gt;(x)</c>
/// then record it. Derivatives are given the value y so that work is reused (exp′ = y), and are written over <see cref="IScalar{T}"/>,
/// hence differentiable in turn. Members must be pure and safe to call from many threads.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface IUnaryRule<TSelf> where TSelf : struct, IUnaryRule<TSelf>
{
    /// <summary>φ(x) in double precision.</summary>
    static abstract double Value(double x);

    /// <summary>φ′(x), given y = φ(x).</summary>
    static abstract T First<T>(T x, T y) where T : struct, IScalar<T>;

    /// <summary>φ″(x), given y = φ(x) and d = φ′(x). The default differentiates <see cref="First{T}"/> in dual arithmetic.</summary>
    static virtual T Second<T>(T x, T y, T d) where T : struct, IScalar<T> =>
        TSelf.First(new Jet<T>(x, T.Constant(1)), new Jet<T>(y, d)).Tangent;

    /// <summary>φ of several numbers at once; each result depends on its own lane only. The default goes lane by lane.</summary>
    static virtual L Value<L>(L x) where L : struct, ILanes<L> => L.Map<TSelf>(x);

    /// <summary>Whether φ′ is zero wherever it exists (sign, floor): derivative sweeps then pass the operation by.</summary>
    static virtual bool IsFlat => false;

    /// <summary>Whether φ″ is zero wherever it exists (|x|, −x): it is then not evaluated.</summary>
    static virtual bool IsPiecewiseLinear => TSelf.IsSelection;

    /// <summary>Whether φ chooses between x and a constant (max(x, 0)), so that a derivative of 0 says that x was not chosen: it is then
    /// zero whatever it is multiplied by.</summary>
    static virtual bool IsSelection => false;

    /// <summary>Whether φ is a norm, |x|, whose derivative at 0 is taken as the middle, 0: where its adjoint is 0 too, Hessian-vector
    /// products follow the direction.</summary>
    internal static virtual bool IsBent => false;

    /// <summary>Whether φ grows without bound while its slope goes to 0, and is 0 only at infinity (√x, log x): where an argument
    /// overflowed, such a slope is not known.</summary>
    internal static virtual bool LevelsOff => false;

    /// <summary>What φ does where it is not smooth; null if it is smooth wherever it is finite. A flat rule needs to say no more than this
    /// and <see cref="KinkAt"/>.</summary>
    static virtual KinkKind? Kink => null;

    /// <summary>The place next to x at which φ is not smooth.</summary>
    static virtual double KinkAt(double x) => 0;

    /// <summary>The smooth function that φ is above or below its kink, for all x.</summary>
    static virtual T Piece<T>(T x, bool isAbove) where T : struct, IScalar<T> => T.Apply<TSelf>(x);
}
