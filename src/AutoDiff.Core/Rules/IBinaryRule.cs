using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// An elementwise function of two variables, z = φ(x, y): its value and its partial derivatives, each on its own, since an operand may be a
/// constant whose partial must then not be evaluated (∂xᶜ/∂c needs ln x, which a negative x has not).
/// </summary>
/// <remarks>
/// Implement it in a <see langword="struct"/> without fields; <c>Var.Apply&lt;TRule&gt;(x, y)</c> and <c>VarVector.Apply&lt;TRule&gt;(x,
/// y)</c> then record it. The partials are written over <see cref="IScalar{T}"/>, hence differentiable in turn; the second partials default
/// to differentiating the first. Members must be pure and safe to call from many threads.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface IBinaryRule<TSelf> where TSelf : struct, IBinaryRule<TSelf>
{
    /// <summary>φ(x, y) in double precision.</summary>
    static abstract double Value(double x, double y);

    /// <summary>∂φ/∂x, given z = φ(x, y).</summary>
    static abstract T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T>;

    /// <summary>∂φ/∂y, given z = φ(x, y).</summary>
    static abstract T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T>;

    /// <summary>∂²φ/∂x², given z = φ(x, y). The default differentiates <see cref="FirstX{T}"/> in dual arithmetic.</summary>
    static virtual T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        TSelf.FirstX(Jet<T>.Variable(x), Jet<T>.Constant(y), new Jet<T>(z, TSelf.FirstX(x, y, z))).Tangent;

    /// <summary>∂²φ/∂x∂y, given z = φ(x, y). The default differentiates <see cref="FirstX{T}"/> in dual arithmetic.</summary>
    static virtual T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        TSelf.FirstX(Jet<T>.Constant(x), Jet<T>.Variable(y), new Jet<T>(z, TSelf.FirstY(x, y, z))).Tangent;

    /// <summary>∂²φ/∂y², given z = φ(x, y). The default differentiates <see cref="FirstY{T}"/> in dual arithmetic.</summary>
    static virtual T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        TSelf.FirstY(Jet<T>.Constant(x), Jet<T>.Variable(y), new Jet<T>(z, TSelf.FirstY(x, y, z))).Tangent;

    /// <summary>φ of several pairs at once; each result depends on its own lane only. The default goes lane by lane.</summary>
    static virtual L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Map<TSelf>(x, y);

    /// <summary>Whether φ is linear, so that its second partials are absent.</summary>
    static virtual bool IsLinear => false;

    /// <summary>Whether φ is linear in each variable by itself, so that ∂²φ/∂x² and ∂²φ/∂y² are absent.</summary>
    static virtual bool IsBilinear => TSelf.IsPiecewiseLinear;

    /// <summary>Whether both partials are zero wherever they exist: derivative sweeps then pass the operation by.</summary>
    static virtual bool IsFlat => false;

    /// <summary>Whether ∂φ/∂y is zero wherever it exists (copysign).</summary>
    static virtual bool IsFlatInY => TSelf.IsFlat;

    /// <summary>Whether φ is linear in x by itself, so that ∂²φ/∂x² is absent (x / y).</summary>
    static virtual bool IsLinearInX => TSelf.IsBilinear;

    /// <summary>Whether all second partials are zero wherever they exist (max, min): they are then not evaluated.</summary>
    static virtual bool IsPiecewiseLinear => TSelf.IsLinear || TSelf.IsSelection;

    /// <summary>Whether φ chooses between x and y (max, min), so that a partial of 0 says that its operand was not chosen: it is then zero
    /// whatever it is multiplied by.</summary>
    static virtual bool IsSelection => false;

    /// <summary>Whether y is a derivative, of which −0 says that it is structurally zero.</summary>
    internal static virtual bool IsMarked => false;

    /// <summary>Whether a zero of x, the partial by y, is structural too.</summary>
    internal static virtual bool IsShare => false;

    /// <summary>Whether φ is x · y, whose partials are the other operand.</summary>
    internal static virtual bool IsProduct => false;

    /// <summary>Whether φ is a norm, √(x² + y²), whose partials at the origin are taken as 0: where its adjoint is 0 too, Hessian-vector
    /// products follow the direction.</summary>
    internal static virtual bool IsBent => false;

    /// <summary>Whether φ may grow without bound while a partial goes to 0 (√x as xʸ): where an operand overflowed, such a partial is not
    /// known.</summary>
    internal static virtual bool LevelsOff => false;

    /// <summary>Whether φ is smooth wherever it is finite. If not, <see cref="Kink"/> and what follows say where and how.</summary>
    static virtual bool IsSmooth => true;

    /// <summary>What φ does at its kink next to (x, y); null if it has none there.</summary>
    static virtual KinkKind? Kink(double x, double y) => null;

    /// <summary>Whether the sign of x − y decides, as in max. Otherwise that of <see cref="KinkArgument{T}"/> − <see cref="KinkAt"/>
    /// does.</summary>
    static virtual bool ComparesOperands => false;

    /// <summary>What vanishes at the kink, or at a jump has the value <see cref="KinkAt"/>.</summary>
    static virtual T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => x - y;

    /// <summary>The value of <see cref="KinkArgument{T}"/> at the jump next to (x, y).</summary>
    static virtual double KinkAt(double x, double y) => 0;

    /// <summary>The smooth function that φ is above or below its kink <paramref name="at"/>, for all x and y. A flat rule needs
    /// none.</summary>
    static virtual T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> => T.Apply<TSelf>(x, y);
}
