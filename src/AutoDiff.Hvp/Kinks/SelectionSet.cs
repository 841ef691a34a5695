using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// The smooth functions that meet at a point, found by running the lambda again with other outcomes at the kinks that are active there: the
/// ways form a tree, since behind another outcome other kinks may stand. Immutable.
/// </summary>
public sealed class SelectionSet
{
    private SelectionSet(TracedRun first, IReadOnlyList<Selection> selections, IReadOnlyList<Kink> active, bool isComplete, double value)
    {
        (Selections, Active, IsComplete, Value) = (selections, active, isComplete, value);
        (EscapedValue, Opaque) = (first.EscapedValue, [.. first.Opaque]);
    }

    /// <summary>The selections; the first goes the way that f itself goes at x.</summary>
    public IReadOnlyList<Selection> Selections { get; }

    /// <summary>The active kinks of all of them, jumps and singularities among them.</summary>
    public IReadOnlyList<Kink> Active { get; }

    /// <summary>Whether these are all; otherwise there are more than were asked for.</summary>
    public bool IsComplete { get; }

    /// <summary>f(x) itself.</summary>
    public double Value { get; }

    /// <summary>Whether f jumps, or may jump, at an active kink by its kind.</summary>
    public bool HasJump => Active.Any(k => k.Kind == KinkKind.Jump);

    /// <summary>Whether f is singular at an active kink.</summary>
    public bool HasSingularity => Active.Any(k => k.Kind == KinkKind.Singularity);

    /// <summary>How a number left the recording, so that kinks of what follows from it are not seen; null if none did.</summary>
    public string? EscapedValue { get; }

    /// <summary>Functions of the user's own that were called, whose kinks are not seen, and stopped gradients.</summary>
    public IReadOnlyList<string> Opaque { get; }

    /// <summary>
    /// The selections of f that meet at <paramref name="x"/>: those of the kinks within <paramref name="radius"/> of it, which is how far x
    /// may be from the point that is meant.
    /// </summary>
    /// <remarks>Cost: as that of <see cref="KinkReport.Of"/> for each selection. Two kinks of the same two numbers are passed on the same
    /// side; kinks of arguments that are one by calculation only (of x and of −x) are not, so that a selection may be one that f takes
    /// nowhere.</remarks>
    /// <param name="f">The objective.</param>
    /// <param name="x">The point.</param>
    /// <param name="radius">The distance up to which a kink is active.</param>
    /// <param name="limit">The most selections; k kinks can have 2ᵏ or more.</param>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or NaN, or the limit is not positive.</exception>
    public static SelectionSet Of(Objective f, ReadOnlySpan<double> x, double radius, int limit = 1024)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (!(radius >= 0))
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "A radius is a number from 0 on.");
        double[] point = x.ToArray();
        Queue<Dictionary<int, Sides>> waiting = new([[]]), thin = new();
        List<Selection> selections = [];
        List<Kink> active = [];
        TracedRun? first = null;
        while (selections.Count < limit && (waiting.TryDequeue(out Dictionary<int, Sides>? forced) || thin.TryDequeue(out forced)))
        {
            TracedRun run;
            try
            {
                run = TracedRun.Of(f, point, forced, radius);
            }
            catch (Exception e) when (first is not null && IsTheLambdas(e))
            {
                selections.Add(new Selection(e));
                continue;
            }
            first ??= run;
            List<TracedKink> met = [];
            int last = forced.Count == 0 ? -1 : forced.Keys.Max();
            for (int i = 0; i < run.Kinks.Count; i++)
            {
                TracedKink kink = run.Kinks[i];
                if (!forced.ContainsKey(i) && !(kink.Distance <= radius))
                    continue;
                Note(active, kink);
                if (kink.Kind == KinkKind.Singularity)
                    continue;
                met.Add(kink);
                foreach (Sides other in i > last ? kink.Others : [])
                    (other == Sides.Zero ? thin : waiting).Enqueue(new(forced) { [i] = other });
            }
            selections.Add(new Selection(run, met, point));
        }
        return new SelectionSet(first!, selections, active, waiting.Count + thin.Count == 0, f.Value(point));
    }

    // A kink of several selections is noted once.
    private static void Note(List<Kink> active, TracedKink kink)
    {
        if (!active.Exists(k => k.Instruction == kink.Instruction && k.Element == kink.Element && k.Row == kink.Row
            && k.Operation == kink.Operation))
            active.Add(Kink.Of(kink));
    }

    private static bool IsTheLambdas(Exception e) =>
        e is not (VariableException or NestingException or RecordingLimitException or OutOfMemoryException or InsufficientExecutionStackException or OperationCanceledException);
}
