using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// A dual number with eight tangents: a value together with its derivatives along eight directions at once, which share the evaluation of
/// value and partials and are propagated in SIMD. It is what the lambdas of <c>Forward.Gradient</c> and <c>Forward.Jacobian</c> compute
/// with.
/// </summary>
/// <remarks>
/// Follows <see cref="Dual{T}"/> of <see cref="double"/>, but does not nest: duals of other differentiations do not convert to it, and two
/// of different differentiations in one operation throw a <see cref="NestingException"/>. Comparisons and equality look at the primal
/// only. Immutable; safe to share between threads; allocates nothing.
/// </remarks>
public readonly partial struct MultiDual : IScalar<MultiDual>
{
    /// <summary>The number of directions.</summary>
    public const int Directions = 8;

    private readonly Vector512<double> _tangents;
    private readonly long _level;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MultiDual(double primal, Vector512<double> tangents, long level)
    {
        Primal = primal;
        _tangents = tangents;
        _level = level;
    }

    /// <summary>The value.</summary>
    public double Primal { get; }

    /// <summary>The derivative along one of the eight directions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The direction is not in 0 … 7.</exception>
    public double Tangent(int direction) => Zeros.Live(_tangents.GetElement(direction));

    /// <summary>Whether this is a constant: no result of a differentiated variable.</summary>
    public bool IsConstant => _level == Level.Constant;

    /// <summary>A constant, whose tangents are zero.</summary>
    public static implicit operator MultiDual(double constant) => new(constant, None, Level.Constant);

    /// <inheritdoc/>
    public static MultiDual Constant(double value) => value;

    /// <inheritdoc/>
    /// <remarks>Chain rule: φ(x + ẋε) = φ(x) + φ′(x)ẋε.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MultiDual Apply<TRule>(MultiDual x) where TRule : struct, IUnaryRule<TRule>
    {
        double y = TRule.Value(x.Primal);
        if (TRule.IsFlat)
            return y;
        Real slope = TRule.First(new Real(x.Primal), new Real(y));
        return new(y, Scaled(
            TRule.LevelsOff && !Level.IsAtInfinity(x._level) ? Zeros.Slope(slope.Value, x.Primal, y)
            : slope.Value, x._tangents, TRule.IsSelection), x._level);
    }

    /// <inheritdoc/>
    /// <remarks>Chain rule: φ(x + ẋε, y + ẏε) = φ(x, y) + (φₓẋ + φᵧẏ)ε; the partial of a constant is not evaluated.</remarks>
    /// <exception cref="NestingException">The operands belong to different differentiations.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MultiDual Apply<TRule>(MultiDual x, MultiDual y) where TRule : struct, IBinaryRule<TRule>
    {
        double z = TRule.Value(x.Primal, y.Primal);
        if (TRule.IsFlat)
            return z;
        long level = Level.Join(x._level, y._level);
        (Real a, Real b, Real c) = (new(x.Primal), new(y.Primal), new(z));
        Vector512<double> tangents = None;
        if (x._level != Level.Constant)
            tangents += Scaled(TRule.FirstX(a, b, c).Value, x._tangents, PartialKinds<TRule>.X(!y.IsConstant) == PartialKind.Share);
        if (y._level != Level.Constant)
            tangents += Scaled(TRule.FirstY(a, b, c).Value, y._tangents, PartialKinds<TRule>.Y(!x.IsConstant) == PartialKind.Share);
        return new(z, tangents, level);
    }

    /// <summary>x + ε along one direction, at the given level.</summary>
    internal static MultiDual Variable(double primal, int direction, long level) =>
        new(primal, None.WithElement(direction, 1), level);

    /// <summary>A variable of the given level on which no direction of the present eight acts.</summary>
    internal static MultiDual Inactive(double primal, long level) => new(primal, None, level);

    /// <summary>The derivatives with respect to the differentiation <paramref name="level"/>, which a constant does not depend
    /// on.</summary>
    internal Vector512<double> TangentsAt(long level) =>
        _level == level || _level == Level.Constant ? _tangents + Vector512<double>.Zero : throw Level.Escaped();

    // Structural zeros are −0 (see Zeros).

    private static Vector512<double> None => Vector512.Create(Zeros.Structural);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scaled(double factor, Vector512<double> tangents, bool isShare) =>
        isShare && factor == 0 ? None : Kept(tangents, tangents * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Divided(Vector512<double> tangents, double divisor) => Kept(tangents, tangents / divisor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Negative(Vector512<double> tangents) => Kept(tangents, -tangents);

    // What was structurally zero is, and nothing else.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Kept(Vector512<double> tangents, Vector512<double> result) =>
        Vector512.ConditionalSelect(Zeros.AreStructural(new Lanes8(tangents)).Value, tangents, result + Vector512<double>.Zero);

    /// <summary>The number as text, in the invariant culture: the primal, and the tangents unless it is a constant.</summary>
    public override string ToString()
    {
        string primal = Primal.ToString("R", CultureInfo.InvariantCulture);
        return IsConstant ? primal : $"{primal} + <{TangentText()}>ε";
    }

    private string TangentText()
    {
        IEnumerable<string> tangents = Enumerable.Range(0, Directions).Select(Tangent)
            .Select(t => t.ToString("R", CultureInfo.InvariantCulture));
        return string.Join(", ", tangents);
    }
}
