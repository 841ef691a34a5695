using System.Collections;
using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// The kinks that a lambda meets on its way at a point, the nearest first: of scalars and of elements of arrays, of comparisons, masks and
/// rows of data. Known from a run of the lambda, not guessed from values. Immutable.
/// </summary>
public sealed class KinkReport : IReadOnlyList<Kink>
{
    private const int MostListed = 1000;

    private readonly Kink[] _kinks;

    private KinkReport(TracedRun run)
    {
        _kinks = [.. run.Kinks.OrderBy(k => k.Distance).Take(MostListed).Select(Kink.Of)];
        (TotalCount, EscapedValue, Opaque) = (run.Kinks.Count, run.EscapedValue, [.. run.Opaque]);
    }

    private KinkReport(RowKinks rows)
    {
        _kinks = [.. rows.Nearest.OrderBy(k => k.Distance).Select(Kink.Of)];
        (TotalCount, EscapedValue, Opaque) = (rows.TotalCount, rows.EscapedValue, [.. rows.Opaque]);
    }

    /// <summary>How many kinks there are; the nearest thousand are listed.</summary>
    public int TotalCount { get; }

    /// <summary>How a number left the recording, so that kinks of what follows from it are not seen; null if none did.</summary>
    public string? EscapedValue { get; }

    /// <summary>Functions of the user's own that were called, whose kinks are not seen, and stopped gradients.</summary>
    public IReadOnlyList<string> Opaque { get; }

    /// <summary>How many are listed.</summary>
    public int Count => _kinks.Length;

    /// <summary>One of them, the nearest being the first.</summary>
    public Kink this[int index] => _kinks[index];

    /// <summary>Runs f's lambda once at <paramref name="x"/> and looks at its kinks.</summary>
    /// <remarks>Distances are exact for up to 64 variables; beyond that for the nearest thousand, or for as many as some 2·10⁸ recorded
    /// numbers swept allow, and estimated from eight random directions for the others. Cost: a run of the lambda, about 100 ns a kink, and
    /// these sweeps. Rows of data are looked at one by one; where no row meets a comparison or an operation that is not smooth, it costs
    /// the value of the sum.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    public static KinkReport Of(Objective f, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (f is DataObjective data)
            return new KinkReport(RowKinks.Of(data, x));
        return new KinkReport(TracedRun.Of(f, x, new Dictionary<int, Sides>(), double.PositiveInfinity));
    }

    /// <inheritdoc/>
    public IEnumerator<Kink> GetEnumerator() => ((IEnumerable<Kink>)_kinks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
