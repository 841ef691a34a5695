using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>Σ over some consecutive rows, as an objective of its own: one recording, one adjoint sweep.</summary>
internal sealed class RowBlock(DataObjective data, RowWatch watch) : Objective
{
    public int First { get; set; }

    public int End { get; set; }

    public override Var Value(VarVector x)
    {
        watch.Check();
        Var sum = data.Term(x, First);
        for (int i = First + 1; i < End; i++)
        {
            watch.Check();
            sum += data.Term(x, i);
        }
        return sum;
    }
}
