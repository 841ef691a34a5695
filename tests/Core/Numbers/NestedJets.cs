using AutoDiff.Engine;
using Jet1 = AutoDiff.Engine.Jet<AutoDiff.Real>;
using Jet2 = AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Real>>;
using Jet3 = AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Real>>>;
using Jet4 = AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Real>>>>;

namespace AutoDiff.Tests.NumberTypes;

/// <summary>Curves as dual numbers nested four deep, x(t₁ + t₂ + t₃ + t₄) with every tᵢ² = 0: sixteen numbers, of which those with k
/// tangents are the k-th derivative. The oracle of Taylor arithmetic.</summary>
internal static class NestedJets
{
    /// <summary>The nest of a curve with the given value and derivatives.</summary>
    public static Jet4 Of(ReadOnlySpan<double> x)
    {
        double[] d = new double[5];
        x.CopyTo(d);
        for (int k = 1; k < d.Length; k++)
            d[k] = Zeros.Constant(d[k]);
        return new(Third(0), Third(1));

        Jet1 First(int k) => new(new Real(d[k]), new Real(d[k + 1]));
        Jet2 Second(int k) => new(First(k), First(k + 1));
        Jet3 Third(int k) => new(Second(k), Second(k + 1));
    }

    /// <summary>Value and derivatives, read along one chain of the nest.</summary>
    public static double[] Derivatives(Jet4 y) =>
    [
        y.Primal.Primal.Primal.Primal.Value,
        y.Tangent.Primal.Primal.Primal.Value,
        y.Tangent.Tangent.Primal.Primal.Value,
        y.Tangent.Tangent.Tangent.Primal.Value,
        y.Tangent.Tangent.Tangent.Tangent.Value,
    ];
}
