namespace AutoDiff.Optim.Symmetries;

/// <summary>The group that moves nothing.</summary>
internal sealed class NoSymmetry : Symmetry
{
    internal override string Name => "no motions";

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents)
    {
    }
}
