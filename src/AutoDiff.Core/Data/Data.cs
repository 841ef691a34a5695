using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A declared parameter: numbers that lambdas use and that may be set anew between calls. Inside a recording it takes slots, once, and is a
/// <see cref="DataVector"/>.
/// </summary>
/// <remarks>Safe to use and to set from many threads at once. An evaluation works on the numbers as they stood when it began, whoever sets
/// others meanwhile, its own lambda included; those count from the next evaluation on.</remarks>
public sealed class Data
{
    // Never written to once it stands here, so that a reader on another thread sees one setting or the other.
    private double[] _values;

    private Data(double[] values) => _values = values;

    /// <summary>A parameter that starts as a copy of <paramref name="values"/>.</summary>
    public static Data Of(params ReadOnlySpan<double> values) => new(values.ToArray());

    /// <summary>The number of elements.</summary>
    public int Length => Volatile.Read(ref _values).Length;

    /// <summary>Sets the numbers for the recordings to come, to a copy of <paramref name="values"/>.</summary>
    /// <exception cref="ShapeMismatchException">The length differs.</exception>
    public void Set(params ReadOnlySpan<double> values)
    {
        if (values.Length != Length)
            throw new ShapeMismatchException(
                $"Data.Set: {values.Length} numbers for a parameter of {Length}; a parameter keeps its length.");
        Snapshot.Replace(this, ref _values, values.ToArray());
    }

    /// <summary>The numbers at the moment of a snapshot.</summary>
    internal ReadOnlySpan<double> At(Snapshot moment) => moment.Values(this, ref _values);

    /// <summary>The numbers, as a lambda sees them.</summary>
    public DataVector Vector =>
        new(Recorder.Current is { } recorder ? recorder.Parameter(this) : Snapshot.Current.Values(this, ref _values));

    /// <summary>Element <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 … Length − 1.</exception>
    public Var this[int index] => Vector[index];

    /// <summary>The numbers, as a lambda sees them.</summary>
    public static implicit operator DataVector(Data data) => data.Vector;

    /// <summary>The numbers, as a lambda sees them.</summary>
    public static implicit operator VarVector(Data data) => data.Vector;
}
