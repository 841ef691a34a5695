using System.Numerics;

namespace AutoDiff.Engine;

/// <summary>The parts of .NET's number interfaces that follow from others, for the number types that can be differentiated.</summary>
internal static class GenericNumber
{
    /// <summary>Whether numbers convert to <typeparamref name="TOther"/> by truncation: the derivative lost is then the derivative there
    /// is, zero.</summary>
    public static bool IsInteger<TOther>() =>
        typeof(TOther) == typeof(int) || typeof(TOther) == typeof(long) || typeof(TOther) == typeof(nint)
        || typeof(TOther) == typeof(short) || typeof(TOther) == typeof(sbyte) || typeof(TOther) == typeof(Int128)
        || typeof(TOther) == typeof(uint) || typeof(TOther) == typeof(ulong) || typeof(TOther) == typeof(nuint)
        || typeof(TOther) == typeof(ushort) || typeof(TOther) == typeof(byte) || typeof(TOther) == typeof(UInt128)
        || typeof(TOther) == typeof(char) || typeof(TOther) == typeof(BigInteger);

    public static T MaxNumber<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? y : T.IsNaN(y) ? x : T.Max(x, y);

    public static T MinNumber<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? y : T.IsNaN(y) ? x : T.Min(x, y);

    public static T MaxMagnitude<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? x : T.IsNaN(y) ? y : FirstIsLarger(x, y) ? x : y;

    public static T MinMagnitude<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? x : T.IsNaN(y) ? y : FirstIsLarger(x, y) ? y : x;

    public static T MaxMagnitudeNumber<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? y : T.IsNaN(y) ? x : MaxMagnitude(x, y);

    public static T MinMagnitudeNumber<T>(T x, T y) where T : struct, INumber<T> => T.IsNaN(x) ? y : T.IsNaN(y) ? x : MinMagnitude(x, y);

    /// <summary>2ˣ − 1, without cancellation near 0 and without amplifying the rounding of x ln 2 far from it.</summary>
    public static T Exp2M1<T>(T x) where T : struct, INumber<T>, IExponentialFunctions<T> =>
        T.Abs(x) < T.One ? T.ExpM1(x * T.CreateTruncating(Ln2)) : T.Exp2(x) - T.One;

    /// <summary>10ˣ − 1, likewise.</summary>
    public static T Exp10M1<T>(T x) where T : struct, INumber<T>, IExponentialFunctions<T> =>
        T.Abs(x) < T.One ? T.ExpM1(x * T.CreateTruncating(Ln10)) : T.Exp10(x) - T.One;

    /// <summary>The n-th root; that of a negative number is real where n is odd.</summary>
    public static T RootN<T>(T x, int n) where T : struct, INumber<T>, IRootFunctions<T>, IPowerFunctions<T>
    {
        T exponent = T.CreateTruncating(1.0 / n);
        return n switch
        {
            1 => x,
            2 => T.Sqrt(x),
            3 => T.Cbrt(x),
            _ when int.IsOddInteger(n) && x < T.Zero => -T.Pow(-x, exponent),
            0 => T.Zero / T.Zero,
            _ => T.Pow(x, exponent),
        };
    }

    public const double Ln2 = 0.69314718055994530942;

    public const double Ln10 = 2.30258509299404568402;

    // Of equal magnitudes the positive number counts as the larger.
    private static bool FirstIsLarger<T>(T x, T y) where T : struct, INumber<T>
    {
        T a = T.Abs(x), b = T.Abs(y);
        return a > b || a == b && !T.IsNegative(x);
    }
}
