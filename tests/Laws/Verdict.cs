using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.Laws;

/// <summary>What checks found: the faults, and the worst errors in units of what is allowed.</summary>
public sealed class Verdict
{
    /// <summary>4 ulp of a number just above a power of two.</summary>
    public const double ValueTolerance = 4 * 2.220446049250313e-16;

    public const double FirstTolerance = 1e-14;
    public const double SecondTolerance = 1e-13;

    private readonly List<string> _faults = [];
    private readonly SortedSet<string> _kinds = [];
    private string _check = "";

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The checks that found a fault, the engine's laws each counting as one.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds;

    /// <summary>The worst relative error met, by order of differentiation.</summary>
    public double[] Worst { get; } = new double[3];

    /// <summary>Runs a check under its name.</summary>
    internal void Run(Check check, Sample[] samples)
    {
        _check = check.Name;
        check.Run(samples, this);
    }

    /// <summary>Notes a fault, found by <paramref name="law"/> or else by the check under way.</summary>
    public void Add(string fault, string? law = null)
    {
        _faults.Add(fault);
        _kinds.Add(law ?? _check);
    }

    public void Value(string what, double actual, Sample s) => Compare(what, 0, actual, s.Value, s.ValueScale);

    public void First(string what, int i, double actual, Sample s) => Compare($"{what} ∂{i}", 1, actual, s.Gradient[i], s.GradientScale[i]);

    public void Second(string what, int i, int j, double actual, Sample s) =>
        Compare($"{what} ∂{i}∂{j}", 2, actual, s.Hessian[i, j], s.HessianScale[i, j]);

    /// <summary>Two ways to one number that may differ in nothing.</summary>
    public void SameBits(string what, double actual, double expected, string? law = null)
    {
        if (!actual.Equals(expected))
            Add($"{what}: {actual:R}, expected the same bits as {expected:R}", law);
    }

    /// <summary>Two numbers that may differ by <paramref name="tolerance"/> of <paramref name="scale"/>.</summary>
    public void Close(string what, double actual, double expected, double scale, double tolerance, string? law = null)
    {
        if (!(Math.Abs(actual - expected) <= tolerance * scale) && !actual.Equals(expected))
            Add($"{what}: {actual:R} against {expected:R}", law);
    }

    private void Compare(string what, int order, double actual, double expected, double scale)
    {
        double tolerance = order switch { 0 => ValueTolerance, 1 => FirstTolerance, _ => SecondTolerance };
        if (double.IsNaN(expected))
            return;
        if (double.IsInfinity(expected))
        {
            if (!(actual * Math.Sign(expected) >= 1e307))
                Add($"{what}: {actual:R}, expected {expected:R}");
            return;
        }
        double error = Math.Abs(actual - expected), measure = Math.Abs(expected) + scale;
        if (double.IsFinite(actual) && measure >= ReferenceTable.SmallestRelative)
            Worst[order] = Math.Max(Worst[order], error / measure);
        if (!(error <= tolerance * Math.Max(measure, ReferenceTable.SmallestRelative)))
            Add($"{what}: {actual:R}, expected {expected:R}, relative error {error / measure:E2}");
    }
}
