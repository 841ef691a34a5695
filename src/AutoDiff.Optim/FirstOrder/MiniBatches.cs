using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>
/// Steps on some rows at a time: each epoch goes through all rows of the <see cref="DataObjective"/> once, in a new random order that the
/// method's <see cref="Optimizer.Seed"/> determines, and ends with a smaller batch if the size does not divide.
/// </summary>
/// <remarks>
/// <para>The gradient over b of n rows stands for that over all: as it is for a mean, times n/b for a sum. It counts as one value and one
/// gradient.</para>
/// <para>f and its gradient over all rows are evaluated at the start and after every <see cref="FullEvery"/> epochs: then the gradient test
/// is made, the best point is kept, and a schedule learns f. In between, progress shows the last known f and a gradient norm of NaN.</para>
/// </remarks>
/// <param name="Size">Rows a batch.</param>
public sealed record MiniBatches(int Size)
{
    /// <summary>Rows a batch.</summary>
    public int Size { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Size, 1, nameof(Size));

    /// <summary>After how many epochs f and its gradient over all rows are evaluated, which costs as much as an epoch.</summary>
    public int FullEvery { get; init => field = Require.AtLeast(value, 1); } = 1;

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(MiniBatches), PrintMembers);
}
