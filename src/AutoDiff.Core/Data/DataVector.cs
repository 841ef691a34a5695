using System.Diagnostics;

namespace AutoDiff;

/// <summary>
/// Numbers that a lambda computes with and that no derivative is taken of: a row of data, or a declared parameter. Its elements are
/// variables in slots of their own, not constants: a comparison on them is one that a recording takes note of, and other data can take
/// their place.
/// </summary>
/// <remarks>Immutable; lives as long as the call of the lambda that it was made in, on that call's thread (see <see cref="Var"/>). Converts
/// to a <see cref="VarVector"/> for array operations.</remarks>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly struct DataVector
{
    private readonly VarVector _values;

    internal DataVector(VarVector values) => _values = values;

    /// <summary>The number of elements.</summary>
    public int Length => _values.Length;

    /// <summary>Element <paramref name="index"/>; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 … Length − 1.</exception>
    public Var this[int index] => _values[index];

    /// <summary>Element <paramref name="index"/>, counted from either end; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the vector.</exception>
    public Var this[Index index] => _values[index];

    /// <summary>A part of this vector; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the vector.</exception>
    public DataVector this[Range range] => new(_values[range]);

    /// <summary>Enumerates the elements for <see langword="foreach"/>; records and allocates nothing.</summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public VarVector.Enumerator GetEnumerator() => _values.GetEnumerator();

    /// <summary>The first elements as text, in the invariant culture; a stale vector says so instead of throwing.</summary>
    /// <remarks>Text lets values leave the recording: what is made of it is not known at another point. For logs there is
    /// <see cref="ToLogText"/>.</remarks>
    public override string ToString() => _values.ToString();

    /// <summary>The first elements as text for logs and for people who debug. It leaves no mark, so nothing that the lambda returns or does
    /// may depend on it; a stale vector says so instead of throwing.</summary>
    public string ToLogText() => _values.ToLogText();

    /// <summary>The same numbers as an array variable; records nothing.</summary>
    public static implicit operator VarVector(DataVector data) => data._values;

    /// <summary>
    /// Element <paramref name="index"/> as a class label, a whole number that selects: <c>logits.CrossEntropy(row.Label(4))</c>,
    /// <c>v[row.Label(4)]</c>, <c>table.Row(row.Label(4))</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 … Length − 1.</exception>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    /// <exception cref="FormatException">The element is no whole number from 0 to 2³¹ − 1.</exception>
    public DataLabel Label(int index) => new(_values[index], index);
}
