using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using AutoDiff.Engine;

namespace AutoDiff;

// Conversions of .NET's number interfaces, from and to numbers and text. A number that comes in is a constant; none goes out at the price
// of its derivative, nor without a mark that it went. Without a culture given, text is in the invariant one.
public readonly partial struct Var : IRecorded
{
    static bool INumberBase<Var>.TryConvertFromChecked<TOther>(TOther value, out Var result)
    {
        result = Constant(double.CreateChecked(value));
        return true;
    }

    static bool INumberBase<Var>.TryConvertFromSaturating<TOther>(TOther value, out Var result)
    {
        result = Constant(double.CreateSaturating(value));
        return true;
    }

    static bool INumberBase<Var>.TryConvertFromTruncating<TOther>(TOther value, out Var result)
    {
        result = Constant(double.CreateTruncating(value));
        return true;
    }

    static bool INumberBase<Var>.TryConvertToChecked<TOther>(Var x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateChecked(Leaving<TOther>(x));
        return true;
    }

    static bool INumberBase<Var>.TryConvertToSaturating<TOther>(Var x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateSaturating(Leaving<TOther>(x));
        return true;
    }

    static bool INumberBase<Var>.TryConvertToTruncating<TOther>(Var x, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateTruncating(Leaving<TOther>(x));
        return true;
    }

    // A constant may leave, and any number its integer part, whose derivative is zero; that counts as reading the value.
    private static double Leaving<TOther>(Var x) => x.IsConstant || GenericNumber.IsInteger<TOther>()
        ? x.Value
        : throw new NotSupportedException(
            $"A Var does not convert to {typeof(TOther)}: its derivative would be lost. Read Value where that is meant.");

    /// <summary>The value as text, in the invariant culture; a stale handle says so instead of throwing.</summary>
    /// <remarks>Text lets a value leave the recording, as <see cref="Value"/> does: what is made of it is not known at another point. For
    /// logs there is <see cref="ToLogText"/>.</remarks>
    public override string ToString() => ToString(null, null);

    /// <summary>The value as text, in the given format and in the invariant culture unless another is given; a stale handle says so instead
    /// of throwing.</summary>
    /// <remarks>Lets the value leave the recording (see <see cref="ToString()"/>).</remarks>
    public string ToString(string? format, IFormatProvider? provider)
    {
        if (IsCurrent)
            Owner!.MarkEscaped($"the text of variable #{Slot} was made");
        return Text(format, provider);
    }

    /// <summary>The value as text for logs and for people who debug, in the invariant culture. It leaves no mark, so nothing that the
    /// lambda returns or does may depend on it; a stale handle says so instead of throwing.</summary>
    public string ToLogText() => Text(null, null);

    private string Text(string? format, IFormatProvider? provider) =>
        IsConstant || IsCurrent ? Primal.ToString(format, provider ?? CultureInfo.InvariantCulture) : $"stale variable #{Slot}";

    private bool IsCurrent => Owner is { IsCurrent: true } && (Word ^ Owner.EpochWord) >> 32 == 0;

    /// <summary>Below, at or above zero as this value is smaller than, equal to or greater than the other; NaN comes first.</summary>
    /// <remarks>Made of comparisons, hence repeated at other points like them.</remarks>
    public int CompareTo(Var other) =>
        this < other ? -1 : this > other ? 1 : this == other || Equals(other) ? 0 : IsNotANumber(this) ? -1 : 1;

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Var other => CompareTo(other),
        _ => throw new ArgumentException($"A {nameof(Var)} compares with another, not with {obj.GetType()}.", nameof(obj)),
    };

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        string text = ToString(format.ToString(), provider);
        bool fits = text.TryCopyTo(destination);
        charsWritten = fits ? text.Length : 0;
        return fits;
    }

    static Var IParsable<Var>.Parse(string s, IFormatProvider? provider) => double.Parse(s, provider ?? CultureInfo.InvariantCulture);

    static Var ISpanParsable<Var>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        double.Parse(s, provider ?? CultureInfo.InvariantCulture);

    static Var INumberBase<Var>.Parse(string s, NumberStyles style, IFormatProvider? provider) =>
        double.Parse(s, style, provider ?? CultureInfo.InvariantCulture);

    static Var INumberBase<Var>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) =>
        double.Parse(s, style, provider ?? CultureInfo.InvariantCulture);

    static bool IParsable<Var>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Var result) =>
        Parsed(double.TryParse(s, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool ISpanParsable<Var>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Var result) =>
        Parsed(double.TryParse(s, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool INumberBase<Var>.TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out Var result) =>
        Parsed(double.TryParse(s, style, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    static bool INumberBase<Var>.TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out Var result) =>
        Parsed(double.TryParse(s, style, provider ?? CultureInfo.InvariantCulture, out double value), value, out result);

    private static bool Parsed(bool success, double value, out Var result)
    {
        result = Constant(value);
        return success;
    }
}
