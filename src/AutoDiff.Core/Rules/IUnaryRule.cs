namespace AutoDiff;

/// <summary>
/// An elementwise function of one variable, y = φ(x): its value, its derivative and, where a closed form is cheaper or more accurate than
/// differentiating the derivative, its second derivative. Every sweep, mode and order of differentiation follows from these.
/// </summary>
/// <remarks>
/// Implement it in a <see langword="struct"/> without fields and apply it with <c>Math.Apply&lt;TRule&gt;(x)</c>. The derivatives are given the
/// value y so that work is reused (exp' = y). They are written over <see cref="IScalar{T}"/>, hence differentiable in turn.
/// </remarks>
public interface IUnaryRule
{
    /// <summary>φ(x) in double precision.</summary>
    static abstract double Value(double x);

    /// <summary>φ′(x), given y = φ(x).</summary>
    static abstract T First<T>(T x, T y) where T : struct, IScalar<T>;

    /// <summary>φ″(x), given y = φ(x) and d = φ′(x). The default differentiates <see cref="First{T}"/> by a jet of first order.</summary>
    static virtual T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => throw new NotImplementedException();

    /// <summary>φ of eight numbers at once. The default evaluates <see cref="Value(double)"/> lane by lane.</summary>
    static virtual Lanes Value(Lanes x) => throw new NotImplementedException();
}
