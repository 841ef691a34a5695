namespace AutoDiff.Optim.Symmetries;

/// <summary>t = x.</summary>
internal sealed class ScaleSymmetry : Symmetry
{
    internal override string Name => "rescalings";

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents) => TangentSpace.Add([x.ToArray()], tangents);
}
