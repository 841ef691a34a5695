using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>Looks for the smallest step between whose ends, x − h·v and x + h·v, f passes a kink: known from its lambda's runs at both.</summary>
internal sealed class KinkSearch
{
    private KinkSearch(double step, IReadOnlyList<Kink> kinks, bool isKnown) => (Step, Kinks, IsKnown) = (step, kinks, isKnown);

    /// <summary>The smallest step at which a kink lies between the ends; ∞ if there is none.</summary>
    public double Step { get; }

    /// <summary>The kinks between the ends at that step.</summary>
    public IReadOnlyList<Kink> Kinks { get; }

    /// <summary>Whether below that step there can be none.</summary>
    public bool IsKnown { get; }

    /// <summary>Searches ascending steps, at whose ends f is finite.</summary>
    public static KinkSearch Of(Objective f, double[] x, double[] v, IReadOnlyList<double> steps, CancellationToken cancellationToken)
    {
        bool isKnown = true;
        double[] point = new double[x.Length];
        foreach (double h in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KinkSides ahead = At(h), behind = At(-h);
            isKnown &= ahead.IsKnown && behind.IsKnown;
            if (ahead.CrossedBy(behind) is { Count: > 0 } crossed)
                return new KinkSearch(h, [.. crossed.Select(Kink.Of)], isKnown);
        }
        return new KinkSearch(double.PositiveInfinity, [], isKnown);

        KinkSides At(double t)
        {
            for (int i = 0; i < point.Length; i++)
                point[i] = x[i] + t * v[i];
            return KinkSides.Of(f, point);
        }
    }
}
