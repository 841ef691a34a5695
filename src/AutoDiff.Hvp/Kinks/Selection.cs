using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// One of the smooth functions that meet at a point (Griewank, Optimization Methods and Software 28, 2013): what f is where every active
/// kink is passed on a given side. Immutable.
/// </summary>
public sealed class Selection
{
    private readonly double[] _gradient;

    internal Selection(TracedRun run, IEnumerable<TracedKink> active, double[] x)
    {
        Kinks = [.. active.Where(run.HasArgument).Select(k => new SelectedKink(run, k, x))];
        Objective = run.Piece;
        _gradient = new double[x.Length];
        Value = Objective.Gradient(x, _gradient);
    }

    internal Selection(Exception failure)
    {
        (Kinks, Failure, Value, _gradient) = ([], failure, double.NaN, []);
    }

    /// <summary>The active kinks, in the order in which they are met on this way.</summary>
    public IReadOnlyList<SelectedKink> Kinks { get; }

    /// <summary>Whether an equality holds, so that this is what f is on a set without interior.</summary>
    public bool IsThin => Kinks.Any(k => k.Sides == Sides.Zero);

    /// <summary>
    /// The smooth function, at every point: value, gradient, products and higher derivatives are its own, also beyond the kinks. Kinks that
    /// were not active are passed as at x; singularities stay. Null if the lambda threw.
    /// </summary>
    public Objective? Objective { get; }

    /// <summary>Its value at x; NaN if the lambda threw.</summary>
    public double Value { get; }

    /// <summary>Its gradient at x; empty if the lambda threw.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>What the lambda threw on this way, on which it may never go by itself; otherwise null.</summary>
    public Exception? Failure { get; }
}
