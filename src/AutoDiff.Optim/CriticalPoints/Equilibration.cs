namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Units D for a symmetric matrix, powers of two, such that the largest element of each row of D·A·D is next to that of A as a whole.
/// Inertia does not depend on D (Sylvester), but the rounding of a decomposition does: it is that of the largest elements.
/// </summary>
/// <remarks>Each row is divided by the root of its largest element, again and again: D. Ruiz, A scaling algorithm to equilibrate both rows
/// and columns norms in matrices, RAL-TR-2001-034, algorithm 1. For a positive definite matrix it comes to 1/√aᵢᵢ, within a factor √n of
/// the best (A. van der Sluis 1969).</remarks>
internal static class Equilibration
{
    private const int Passes = 10, LargestExponent = 120;

    // Units within this power of two of each other gain nothing.
    private const int Slight = 4;

    /// <summary>The units, 1 for a row of zeros; all 1 if there is little to gain.</summary>
    public static double[] Of(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double largest = 0;
        foreach (double element in matrix)
            largest = Math.Max(largest, Math.Abs(element));
        int[] exponent = new int[n];
        int scale = largest == 0 ? 0 : Math.ILogB(largest);
        for (int pass = 0; pass < Passes; pass++)
        {
            int[] before = [.. exponent];
            for (int i = 0; i < n; i++)
            {
                int row = int.MinValue;
                for (int j = 0; j < n; j++)
                    row = matrix[i, j] == 0 ? row : Math.Max(row, Math.ILogB(matrix[i, j]) - scale + before[i] + before[j]);
                if (row != int.MinValue)
                    exponent[i] = Math.Clamp(before[i] - (int)Math.Round(0.5 * row), -LargestExponent, LargestExponent);
            }
        }
        return exponent.Max() - exponent.Min() < Slight ? [.. exponent.Select(_ => 1.0)] : [.. exponent.Select(e => Math.ScaleB(1, e))];
    }
}
