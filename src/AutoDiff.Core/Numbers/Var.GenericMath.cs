using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// .NET's number interfaces, through which generic code written by others records unchanged. Questions about a number other than whether
// it is zero read its value. Functions and conversions are in files of their own.
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

    static bool INumberBase<Var>.IsNaN(Var x) => double.IsNaN(x.Value);

    static bool INumberBase<Var>.IsZero(Var x) => x == Zero;

    static bool INumberBase<Var>.IsEvenInteger(Var x) => double.IsEvenInteger(x.Value);

    static bool INumberBase<Var>.IsFinite(Var x) => double.IsFinite(x.Value);

    static bool INumberBase<Var>.IsInfinity(Var x) => double.IsInfinity(x.Value);

    static bool INumberBase<Var>.IsInteger(Var x) => double.IsInteger(x.Value);

    static bool INumberBase<Var>.IsNegative(Var x) => double.IsNegative(x.Value);

    static bool INumberBase<Var>.IsNegativeInfinity(Var x) => double.IsNegativeInfinity(x.Value);

    static bool INumberBase<Var>.IsNormal(Var x) => double.IsNormal(x.Value);

    static bool INumberBase<Var>.IsOddInteger(Var x) => double.IsOddInteger(x.Value);

    static bool INumberBase<Var>.IsPositive(Var x) => double.IsPositive(x.Value);

    static bool INumberBase<Var>.IsPositiveInfinity(Var x) => double.IsPositiveInfinity(x.Value);

    static bool INumberBase<Var>.IsRealNumber(Var x) => double.IsRealNumber(x.Value);

    static bool INumberBase<Var>.IsSubnormal(Var x) => double.IsSubnormal(x.Value);

    static bool INumberBase<Var>.IsCanonical(Var x) => true;

    static bool INumberBase<Var>.IsComplexNumber(Var x) => false;

    static bool INumberBase<Var>.IsImaginaryNumber(Var x) => false;
}
