using System.Diagnostics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// The outcome of an elementwise comparison: true or false for each element, recorded like any other operation, so that a replay at another
/// point compares again. Selects elements in <c>Math.Where(mask, then, else)</c>; derivatives do not flow through it.
/// </summary>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly struct Mask
{
    private readonly ArrayView _flags;

    internal Mask(ArrayView flags) => _flags = flags;

    /// <summary>The number of elements.</summary>
    public int Length => _flags.Length;

    /// <summary>The first elements as text, in the invariant culture; a stale mask says so instead of throwing.</summary>
    /// <remarks>Text lets values leave the recording: what is made of it is not known at another point. For logs there is
    /// <see cref="ToLogText"/>.</remarks>
    public override string ToString()
    {
        ArrayText.Mark(_flags, "mask");
        return ToLogText();
    }

    /// <summary>The first elements as text for logs and for people who debug. It leaves no mark, so nothing that the lambda returns or does
    /// may depend on it; a stale mask says so instead of throwing.</summary>
    public string ToLogText() => ArrayText.OfVector(_flags, flag => flag != 0 ? "true" : "false");

    internal ArrayView Flags => _flags;

    /// <summary>True where both are.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator &(Mask x, Mask y) => new(Elementwise.Apply<Both>(x._flags, y._flags));

    /// <summary>True where either is.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator |(Mask x, Mask y) => !(!x & !y);

    /// <summary>True where this is false.</summary>
    public static Mask operator !(Mask x) => new(Elementwise.Apply<Not>(x._flags));
}
