using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>Looks for the smallest step between whose ends, x − h·v and x + h·v, f passes a kink: known from its lambda's runs at
/// both.</summary>
internal sealed class KinkSearch
{
    private KinkSearch(KinkSides here, double step, IReadOnlyList<Kink> kinks, bool isKnown) =>
        (Step, Kinks, IsKnown, IsOpaque, JumpHere) =
            (step, kinks, isKnown, here.IsOpaque, here.Kinks.Find(k => k.Kind == KinkKind.Jump && k.IsAtZero)?.Operation);

    /// <summary>The smallest step at which a kink lies between the ends; ∞ if there is none.</summary>
    public double Step { get; }

    /// <summary>The kinks between the ends at that step.</summary>
    public IReadOnlyList<Kink> Kinks { get; }

    /// <summary>Whether below that step there can be none.</summary>
    public bool IsKnown { get; }

    /// <summary>Whether the lambda calls what nothing is known of, or chooses by numbers that it read.</summary>
    public bool IsOpaque { get; }

    /// <summary>The operation that jumps at x itself; null if none does.</summary>
    public string? JumpHere { get; }

    /// <summary>Searches ascending steps, at whose ends f is finite.</summary>
    public static KinkSearch Of(Objective f, double[] x, double[] v, IReadOnlyList<double> steps, CancellationToken cancellationToken)
    {
        // A run that chose nothing, and let nothing out to be chosen by, is the same everywhere.
        double[] point = (double[])x.Clone();
        KinkSides here = KinkSides.Of(f, point);
        bool isKnown = here.IsKnown;
        if (isKnown && here.Kinks.Count == 0)
            return new KinkSearch(here, double.PositiveInfinity, [], true);
        foreach (double h in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KinkSides ahead = At(h), behind = At(-h);
            isKnown &= ahead.IsKnown && behind.IsKnown;
            if (ahead.CrossedBy(behind) is { Count: > 0 } crossed)
                return new KinkSearch(here, h, [.. crossed.Select(Kink.Of)], isKnown);
        }
        return new KinkSearch(here, double.PositiveInfinity, [], isKnown);

        KinkSides At(double t)
        {
            for (int i = 0; i < point.Length; i++)
                point[i] = x[i] + t * v[i];
            return KinkSides.Of(f, point);
        }
    }
}
