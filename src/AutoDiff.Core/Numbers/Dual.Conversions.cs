using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using AutoDiff.Engine;

namespace AutoDiff;

// Conversions of .NET's number interfaces, from and to numbers and text. A number that comes in is a constant; none goes out at the price
// of its derivative. Without a culture given, text is in the invariant one.
public readonly partial struct Dual<T> : IRecorded
{
    static bool INumberBase<Dual<T>>.TryConvertFromChecked<TOther>(TOther value, out Dual<T> result)
    {
        result = typeof(TOther) == typeof(T) ? new((T)(object)value) : new(T.CreateChecked(value));
        return true;
    }

    static bool INumberBase<Dual<T>>.TryConvertFromSaturating<TOther>(TOther value, out Dual<T> result)
    {
        result = typeof(TOther) == typeof(T) ? new((T)(object)value) : new(T.CreateSaturating(value));
        return true;
    }

    static bool INumberBase<Dual<T>>.TryConvertFromTruncating<TOther>(TOther value, out Dual<T> result)
    {
        result = typeof(TOther) == typeof(T) ? new((T)(object)value) : new(T.CreateTruncating(value));
        return true;
    }

    static bool INumberBase<Dual<T>>.TryConvertToChecked<TOther>(Dual<T> x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateChecked(Leaving<TOther>(x));
        return true;
    }

    static bool INumberBase<Dual<T>>.TryConvertToSaturating<TOther>(Dual<T> x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateSaturating(Leaving<TOther>(x));
        return true;
    }

    static bool INumberBase<Dual<T>>.TryConvertToTruncating<TOther>(Dual<T> x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateTruncating(Leaving<TOther>(x));
        return true;
    }

    // A constant may leave, and any number its integer part, whose derivative is zero.
    private static T Leaving<TOther>(Dual<T> x) => x.IsConstant || GenericNumber.IsInteger<TOther>()
        ? x.Primal
        : throw new NotSupportedException(
            $"A dual number does not convert to {typeof(TOther)}: its derivative would be lost. Read Primal where that is meant.");

    /// <summary>The number as text, in the invariant culture: the primal of a constant, otherwise primal + tangent·ε.</summary>
    /// <remarks>Over <see cref="Var"/> it lets values leave the recording (see <see cref="Var.ToString()"/>).</remarks>
    public override string ToString() => ToString(null, null);

    /// <summary>The number as text, both parts in the given format and in the invariant culture unless another is given.</summary>
    public string ToString(string? format, IFormatProvider? provider)
    {
        provider ??= CultureInfo.InvariantCulture;
        return Text(Primal.ToString(format, provider), IsConstant ? "" : Tangent.ToString(format, provider));
    }

    /// <summary>The number as text for logs and for people who debug: over <see cref="Var"/> it leaves no mark (see
    /// <see cref="Var.ToLogText"/>).</summary>
    public string ToLogText() => Text(LogText(Primal), IsConstant ? "" : LogText(Tangent));

    private static string LogText(T part) =>
        part is IRecorded recorded ? recorded.ToLogText() : part.ToString(null, CultureInfo.InvariantCulture);

    private string Text(string primal, string tangent) => IsConstant ? primal : $"({primal} + {tangent}ε)";

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Dual<T> other => CompareTo(other),
        _ => throw new ArgumentException($"A {nameof(Dual<>)} compares with another, not with {obj.GetType()}.", nameof(obj)),
    };

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        string text = ToString(format.ToString(), provider);
        bool fits = text.TryCopyTo(destination);
        charsWritten = fits ? text.Length : 0;
        return fits;
    }

    static Dual<T> IParsable<Dual<T>>.Parse(string s, IFormatProvider? provider) =>
        Constant(double.Parse(s, provider ?? CultureInfo.InvariantCulture));

    static Dual<T> ISpanParsable<Dual<T>>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Constant(double.Parse(s, provider ?? CultureInfo.InvariantCulture));

    static Dual<T> INumberBase<Dual<T>>.Parse(string s, NumberStyles style, IFormatProvider? provider) =>
        Constant(double.Parse(s, style, provider ?? CultureInfo.InvariantCulture));

    static Dual<T> INumberBase<Dual<T>>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) =>
        Constant(double.Parse(s, style, provider ?? CultureInfo.InvariantCulture));

    static bool IParsable<Dual<T>>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Dual<T> result) =>
        Parsed(double.TryParse(s, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool ISpanParsable<Dual<T>>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Dual<T> result) =>
        Parsed(double.TryParse(s, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool INumberBase<Dual<T>>.TryParse(
        [NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out Dual<T> result) =>
        Parsed(double.TryParse(s, style, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool INumberBase<Dual<T>>.TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out Dual<T> result) =>
        Parsed(double.TryParse(s, style, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    private static bool Parsed(bool success, double value, out Dual<T> result)
    {
        result = Constant(value);
        return success;
    }
}
