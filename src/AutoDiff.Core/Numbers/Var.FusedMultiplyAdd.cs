using AutoDiff.Engine;

namespace AutoDiff;

// The one scalar operation of three operands.
public readonly partial struct Var
{
    /// <inheritdoc/>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static Var FusedMultiplyAdd(Var x, Var y, Var z)
    {
        const string name = nameof(FusedMultiplyAdd);
        Recorder? owner = x.Owner ?? y.Owner ?? z.Owner;
        if (owner is null)
            return new Var(Math.FusedMultiplyAdd(x.Bits, y.Bits, z.Bits));
        // All handles before the first constant: a recorder that is not under way here may be another thread's, or its memory another's by
        // now.
        x.CheckedIfRecorded(name);
        y.CheckedIfRecorded(name);
        z.CheckedIfRecorded(name);
        ReadOnlySpan<int> operands = [x.Operand(owner), y.Operand(owner), z.Operand(owner)];
        double value = Math.FusedMultiplyAdd(x.Primal, y.Primal, z.Primal);
        return owner.Emit(FusedMultiplyAddOperation.Code, operands[0], owner.AddExtra(operands[1..]), value);
    }

    private void CheckedIfRecorded(string operation)
    {
        if (Owner is not null)
            Checked(operation);
    }

    // A slot, or the complement of a constant's index.
    private int Operand(Recorder recorder) => Owner is null ? ~recorder.AddConstant(Bits) : Slot;
}
