using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// .NET's number interfaces, through which generic code written by others records unchanged. Questions about a number are made of
// comparisons, so that they are asked again at other points. Functions and conversions are in files of their own.
public readonly partial struct Var : INumber<Var>
{
    /// <summary>The constant 0.</summary>
    public static Var Zero => default;

    /// <summary>The constant 1.</summary>
    public static Var One => Constant(1);

    /// <summary>x + 1.</summary>
    public static Var operator ++(Var x) => x + 1;

    /// <summary>x − 1.</summary>
    public static Var operator --(Var x) => x - 1;

    static int INumberBase<Var>.Radix => 2;

    static Var IAdditiveIdentity<Var, Var>.AdditiveIdentity => Zero;

    static Var IMultiplicativeIdentity<Var, Var>.MultiplicativeIdentity => One;

    static Var INumberBase<Var>.Abs(Var x) => Apply<Abs>(x);

    static Var INumber<Var>.Max(Var x, Var y) => Apply<Max>(x, y);

    static Var INumber<Var>.Min(Var x, Var y) => Apply<Min>(x, y);

    static Var INumber<Var>.MaxNumber(Var x, Var y) => GenericNumber.MaxNumber(x, y);

    static Var INumber<Var>.MinNumber(Var x, Var y) => GenericNumber.MinNumber(x, y);

    static Var INumberBase<Var>.MaxMagnitude(Var x, Var y) => GenericNumber.MaxMagnitude(x, y);

    static Var INumberBase<Var>.MinMagnitude(Var x, Var y) => GenericNumber.MinMagnitude(x, y);

    static Var INumberBase<Var>.MaxMagnitudeNumber(Var x, Var y) => GenericNumber.MaxMagnitudeNumber(x, y);

    static Var INumberBase<Var>.MinMagnitudeNumber(Var x, Var y) => GenericNumber.MinMagnitudeNumber(x, y);

    static bool INumberBase<Var>.IsNaN(Var x) => IsNotANumber(x);

    static bool INumberBase<Var>.IsZero(Var x) => x == Zero;

    static bool INumberBase<Var>.IsFinite(Var x) => IsFinite(x);

    static bool INumberBase<Var>.IsInfinity(Var x) => x == double.PositiveInfinity || x == double.NegativeInfinity;

    static bool INumberBase<Var>.IsPositiveInfinity(Var x) => x == double.PositiveInfinity;

    static bool INumberBase<Var>.IsNegativeInfinity(Var x) => x == double.NegativeInfinity;

    static bool INumberBase<Var>.IsRealNumber(Var x) => !IsNotANumber(x);

    static bool INumberBase<Var>.IsNegative(Var x) => IsNegative(x);

    static bool INumberBase<Var>.IsPositive(Var x) => !IsNegative(x);

    static bool INumberBase<Var>.IsNormal(Var x) =>
        x >= LeastNormal && x < double.PositiveInfinity || x <= -LeastNormal && x > double.NegativeInfinity;

    static bool INumberBase<Var>.IsSubnormal(Var x) => x < LeastNormal && x > -LeastNormal && x != Zero;

    static bool INumberBase<Var>.IsInteger(Var x) => IsInteger(x);

    static bool INumberBase<Var>.IsEvenInteger(Var x) => IsInteger(x) && IsInteger(0.5 * x);

    static bool INumberBase<Var>.IsOddInteger(Var x) => IsInteger(x) && !IsInteger(0.5 * x);

    private const double LeastNormal = 2.2250738585072014e-308;

    private static bool IsFinite(Var x) => x < double.PositiveInfinity && x > double.NegativeInfinity;

    private static bool IsInteger(Var x) => IsFinite(x) && x == Apply<Truncate>(x);

    // The signs of zeros and of NaN do not show in comparisons.
    private static bool IsNegative(Var x) => x < Zero || !(x > Zero) && double.IsNegative(x.Value);

    static bool INumberBase<Var>.IsCanonical(Var x) => true;

    static bool INumberBase<Var>.IsComplexNumber(Var x) => false;

    static bool INumberBase<Var>.IsImaginaryNumber(Var x) => false;
}
