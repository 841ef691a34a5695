using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// .NET's number interfaces, through which generic code written by others differentiates unchanged. Questions about a number are answered by
// its primal. Functions and conversions are in files of their own.
public readonly partial struct Dual<T> : INumber<Dual<T>>
{
    /// <summary>The constant 0.</summary>
    public static Dual<T> Zero => default;

    /// <summary>The constant 1.</summary>
    public static Dual<T> One => new(T.One);

    static int INumberBase<Dual<T>>.Radix => 2;

    static Dual<T> IAdditiveIdentity<Dual<T>, Dual<T>>.AdditiveIdentity => Zero;

    static Dual<T> IMultiplicativeIdentity<Dual<T>, Dual<T>>.MultiplicativeIdentity => One;

    static Dual<T> INumberBase<Dual<T>>.Abs(Dual<T> x) => Apply<Abs>(x);

    static Dual<T> INumber<Dual<T>>.Max(Dual<T> x, Dual<T> y) => Apply<Max>(x, y);

    static Dual<T> INumber<Dual<T>>.Min(Dual<T> x, Dual<T> y) => Apply<Min>(x, y);

    static Dual<T> INumber<Dual<T>>.MaxNumber(Dual<T> x, Dual<T> y) => GenericNumber.MaxNumber(x, y);

    static Dual<T> INumber<Dual<T>>.MinNumber(Dual<T> x, Dual<T> y) => GenericNumber.MinNumber(x, y);

    static Dual<T> INumberBase<Dual<T>>.MaxMagnitude(Dual<T> x, Dual<T> y) => GenericNumber.MaxMagnitude(x, y);

    static Dual<T> INumberBase<Dual<T>>.MinMagnitude(Dual<T> x, Dual<T> y) => GenericNumber.MinMagnitude(x, y);

    static Dual<T> INumberBase<Dual<T>>.MaxMagnitudeNumber(Dual<T> x, Dual<T> y) => GenericNumber.MaxMagnitudeNumber(x, y);

    static Dual<T> INumberBase<Dual<T>>.MinMagnitudeNumber(Dual<T> x, Dual<T> y) => GenericNumber.MinMagnitudeNumber(x, y);

    static bool INumberBase<Dual<T>>.IsNaN(Dual<T> x) => T.IsNaN(x.Primal);

    static bool INumberBase<Dual<T>>.IsZero(Dual<T> x) => T.IsZero(x.Primal);

    static bool INumberBase<Dual<T>>.IsEvenInteger(Dual<T> x) => T.IsEvenInteger(x.Primal);

    static bool INumberBase<Dual<T>>.IsFinite(Dual<T> x) => T.IsFinite(x.Primal);

    static bool INumberBase<Dual<T>>.IsInfinity(Dual<T> x) => T.IsInfinity(x.Primal);

    static bool INumberBase<Dual<T>>.IsInteger(Dual<T> x) => T.IsInteger(x.Primal);

    static bool INumberBase<Dual<T>>.IsNegative(Dual<T> x) => T.IsNegative(x.Primal);

    static bool INumberBase<Dual<T>>.IsNegativeInfinity(Dual<T> x) => T.IsNegativeInfinity(x.Primal);

    static bool INumberBase<Dual<T>>.IsNormal(Dual<T> x) => T.IsNormal(x.Primal);

    static bool INumberBase<Dual<T>>.IsOddInteger(Dual<T> x) => T.IsOddInteger(x.Primal);

    static bool INumberBase<Dual<T>>.IsPositive(Dual<T> x) => T.IsPositive(x.Primal);

    static bool INumberBase<Dual<T>>.IsPositiveInfinity(Dual<T> x) => T.IsPositiveInfinity(x.Primal);

    static bool INumberBase<Dual<T>>.IsRealNumber(Dual<T> x) => T.IsRealNumber(x.Primal);

    static bool INumberBase<Dual<T>>.IsSubnormal(Dual<T> x) => T.IsSubnormal(x.Primal);

    static bool INumberBase<Dual<T>>.IsCanonical(Dual<T> x) => true;

    static bool INumberBase<Dual<T>>.IsComplexNumber(Dual<T> x) => false;

    static bool INumberBase<Dual<T>>.IsImaginaryNumber(Dual<T> x) => false;
}
