namespace AutoDiff.Engine;

/// <summary>The numbers that a recording has in the places of constants that were left open.</summary>
internal readonly unsafe ref struct OpenConstants(double* constants, int[] indices)
{
    private readonly double* _constants = constants;
    private readonly int[]? _indices = indices;

    /// <summary>Writes them one after the other; nothing if there are none.</summary>
    public void CopyTo(Span<double> numbers)
    {
        for (int k = 0; k < numbers.Length; k++)
            numbers[k] = _constants[_indices![k]];
    }
}
