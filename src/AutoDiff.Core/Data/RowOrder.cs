namespace AutoDiff.Engine;

/// <summary>
/// The order in which terms over rows of data are added where each row is recorded: blocks of <see cref="BlockSize"/> rows in
/// turn, from the first row of a block to its last; blocks pairwise, as a binary counter carries: two of a size make one of the next. The
/// error grows with the logarithm of the number of blocks.
/// </summary>
internal static class RowOrder
{
    public const int BlockSize = 16;

    /// <summary>The number of sums that wait while <paramref name="blocks"/> blocks are added.</summary>
    public static int Levels(int blocks) => 32 - int.LeadingZeroCount(blocks);

    /// <summary>How often the sum so far, once block <paramref name="block"/> is in, is joined to a waiting one.</summary>
    public static int Carries(int block) => int.TrailingZeroCount(block + 1);
}
