using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff;

/// <summary>
/// Forward-mode differentiation of plain C# functions: exact derivatives of functions of one or few variables, at about the cost of a
/// second evaluation for each direction.
/// </summary>
/// <remarks>
/// <para>Calls nest. The inner call names the type of the outer variable, which then is a constant of the inner level:
/// <c>Forward.Derivative(x => x * Forward.Derivative&lt;Dual&lt;double&gt;&gt;(y => x * y, 1), 4)</c> is 8. Left out, the two
/// perturbations would be confused, and a <see cref="NestingException"/> is thrown. A variable converts implicitly to the next level; over
/// two levels by a cast to the one between. Over a <see cref="Var"/> a derivative is recorded and can be differentiated in reverse.</para>
/// <para>Points where a function has no derivative follow the conventions of docs/nonsmooth.md. Exceptions of the function pass through.
/// All members may be called from many threads at once, if the function may.</para>
/// </remarks>
public static partial class Forward
{
    /// <summary>f′(x).</summary>
    /// <param name="f">The function, written over dual numbers.</param>
    /// <param name="x">The point.</param>
    /// <exception cref="NestingException">The variable of an enclosing differentiation entered f without having been named as a
    /// constant.</exception>
    public static double Derivative(Func<Dual<double>, Dual<double>> f, double x) => ValueAndDerivative(f, x).Derivative;

    /// <summary>f′(x) inside the differentiation whose variables have type <typeparamref name="T"/>, and differentiable by it.</summary>
    /// <typeparam name="T">The type of the enclosing level's variables: <c>Dual&lt;double&gt;</c>, a deeper dual number, or
    /// <see cref="Var"/>.</typeparam>
    /// <param name="f">The function. It may use variables of type <typeparamref name="T"/>, which are constants to this
    /// differentiation.</param>
    /// <param name="x">The point, which may itself be a variable of the enclosing level.</param>
    /// <exception cref="NestingException">A variable of yet another differentiation entered f.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is a number type of one's own.</exception>
    public static T Derivative<T>(Func<Dual<T>, Dual<T>> f, T x) where T : struct, INumber<T>, IMultiplyOperators<T, double, T> =>
        ValueAndDerivative(f, x).Derivative;

    /// <summary>f(x) and f′(x), from one evaluation.</summary>
    /// <inheritdoc cref="Derivative(Func{Dual{double}, Dual{double}}, double)"/>
    public static (double Value, double Derivative) ValueAndDerivative(Func<Dual<double>, Dual<double>> f, double x) =>
        ValueAndDerivative<double>(f, x);

    /// <summary>f(x) and f′(x), from one evaluation, inside the differentiation whose variables have type
    /// <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="Derivative{T}(Func{Dual{T}, Dual{T}}, T)"/>
    public static (T Value, T Derivative) ValueAndDerivative<T>(Func<Dual<T>, Dual<T>> f, T x)
        where T : struct, INumber<T>, IMultiplyOperators<T, double, T>
    {
        ArgumentNullException.ThrowIfNull(f);
        long level = Level.Next(x is double number && double.IsInfinity(number));
        Dual<T> y = f(Dual<T>.Variable(x, level));
        return (y.Primal, y.TangentAt(level));
    }

    /// <summary>f″(x).</summary>
    /// <param name="f">The function, written over dual numbers of dual numbers.</param>
    /// <param name="x">The point.</param>
    /// <exception cref="NestingException">A variable of another differentiation entered f.</exception>
    public static double SecondDerivative(Func<Dual<Dual<double>>, Dual<Dual<double>>> f, double x) => ValueAndDerivatives(f, x).Second;

    /// <summary>f(x), f′(x) and f″(x), from one evaluation.</summary>
    /// <inheritdoc cref="SecondDerivative"/>
    public static (double Value, double First, double Second) ValueAndDerivatives(Func<Dual<Dual<double>>, Dual<Dual<double>>> f, double x)
    {
        ArgumentNullException.ThrowIfNull(f);
        long outer = Level.Next(double.IsInfinity(x)), inner = Level.Next(double.IsInfinity(x));
        Dual<Dual<double>> y = f(Dual<Dual<double>>.Variable(Dual<double>.Variable(x, outer), inner));
        Dual<double> slope = y.TangentAt(inner);
        return (y.Primal.Primal, Zeros.Live(slope.Primal), slope.TangentAt(outer)); // Of a derivative, zeros of either kind are 0.
    }

    /// <summary>f(x) and its derivative ∇f(x)·v along v, from one evaluation.</summary>
    /// <param name="f">The function, written over an array of dual numbers, which it may overwrite.</param>
    /// <param name="x">The point.</param>
    /// <param name="v">The direction, of the same length; it need not be normalised.</param>
    /// <exception cref="ShapeMismatchException">x and v differ in length.</exception>
    /// <exception cref="NestingException">A variable of another differentiation entered f.</exception>
    public static (double Value, double Derivative) DirectionalDerivative(
        Func<Dual<double>[], Dual<double>> f, ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (x.Length != v.Length)
            throw new ShapeMismatchException(
                $"The point has {x.Length} elements, the direction {v.Length}; give a direction as long as the point.");
        long level = Level.Next(Finite.HasInfinity(x));
        var variables = new Dual<double>[x.Length];
        for (int i = 0; i < variables.Length; i++)
            variables[i] = Dual<double>.Seeded(x[i], v[i], level);
        Dual<double> y = f(variables);
        return (y.Primal, y.TangentAt(level));
    }
}
