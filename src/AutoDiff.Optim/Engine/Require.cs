using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Optim.Engine;

/// <summary>The ranges of options. Each returns the value, or throws an <see cref="ArgumentOutOfRangeException"/> that names option, value
/// and range.</summary>
internal static class Require
{
    /// <summary>[least, ∞], NaN excluded.</summary>
    public static T AtLeast<T>(T value, T least, [CallerMemberName] string name = "") where T : INumber<T> =>
        value >= least ? value : throw Outside(value, name, least == T.Zero ? "zero or more" : $"{least} or more");

    /// <summary>[0, ∞].</summary>
    public static T NotNegative<T>(T value, [CallerMemberName] string name = "") where T : INumber<T> => AtLeast(value, T.Zero, name);

    /// <summary>[0, ∞], or null.</summary>
    public static T? NotNegative<T>(T? value, [CallerMemberName] string name = "") where T : struct, INumber<T> =>
        value is { } number ? NotNegative(number, name) : null;

    /// <summary>(0, ∞).</summary>
    public static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Outside(value, name, "positive and finite");

    /// <summary>(0, ∞), or null.</summary>
    public static double? Positive(double? value, [CallerMemberName] string name = "") =>
        value is { } number ? Positive(number, name) : null;

    /// <summary>(0, ∞].</summary>
    public static double PositiveOrInfinite(double value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw Outside(value, name, "positive");

    /// <summary>[0, 1).</summary>
    public static double BelowOne(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and < 1 ? value : throw Outside(value, name, "zero or more, and less than 1");

    /// <summary>(0, 1].</summary>
    public static double UpToOne(double value, [CallerMemberName] string name = "") =>
        value is > 0 and <= 1 ? value : throw Outside(value, name, "above 0, and at most 1");

    /// <summary>(0, 1).</summary>
    public static double BetweenZeroAndOne(double value, [CallerMemberName] string name = "") =>
        value is > 0 and < 1 ? value : throw Outside(value, name, "between 0 and 1");

    /// <summary>[0, 1].</summary>
    public static double FromZeroToOne(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Outside(value, name, "from 0 to 1");

    /// <summary>One of the enumeration's values.</summary>
    public static T Defined<T>(T value, [CallerMemberName] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Outside(value, name, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static ArgumentOutOfRangeException Outside<T>(T value, string name, string range) =>
        new(name, value, $"{name} is {value}; it must be {range}.");
}
