namespace AutoDiff.Optim.Symmetries;

/// <summary>A symmetry of some of the variables, which follow each other.</summary>
internal sealed class PartialSymmetry(Symmetry whole, int start, int length) : Symmetry
{
    internal override string Name => whole.Name;

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents)
    {
        if (start + (long)length > x.Length)
            throw new ShapeMismatchException(
                $"The {whole.Name} act on variables {start} … {start + (long)length - 1}, and x has {x.Length}.");
        List<double[]> parts = [];
        whole.AddTangents(x.Slice(start, length), parts);
        foreach (double[] part in parts)
        {
            double[] tangent = new double[x.Length];
            part.CopyTo(tangent, start);
            tangents.Add(tangent);
        }
    }
}
