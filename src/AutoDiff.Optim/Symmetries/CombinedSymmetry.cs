namespace AutoDiff.Optim.Symmetries;

/// <summary>The tangents of both.</summary>
internal sealed class CombinedSymmetry(Symmetry first, Symmetry second) : Symmetry
{
    internal override string Name => first.Name == second.Name ? first.Name : $"{first.Name} and {second.Name}";

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents)
    {
        first.AddTangents(x, tangents);
        second.AddTangents(x, tangents);
    }
}
