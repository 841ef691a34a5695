using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>x ← x − ηg.</summary>
internal sealed class DescentRule : UpdateRule
{
    public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x) => Vectors.AddScaled(-eta, g, x);
}
