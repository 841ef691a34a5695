namespace AutoDiff.Optim.Symmetries;

/// <summary>Tangents of the user's.</summary>
internal sealed class TangentSymmetry(string name, Func<double[], IReadOnlyList<double[]>> tangents) : Symmetry
{
    internal override string Name => name;

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> result)
    {
        IReadOnlyList<double[]> given =
            tangents(x.ToArray()) ?? throw new ArgumentException(
            $"The tangents of {name} are null. Return an empty list where there are none.");
        List<double[]> kind = [];
        foreach (double[] tangent in given)
        {
            if (tangent is null || tangent.Length != x.Length)
                throw new ShapeMismatchException($"A tangent of {name} has {tangent?.Length ?? 0} elements, and x has {x.Length}.");
            kind.Add([.. tangent]);
        }
        TangentSpace.Add(kind, result);
    }
}
