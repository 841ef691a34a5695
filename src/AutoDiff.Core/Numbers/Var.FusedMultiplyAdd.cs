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
        ReadOnlySpan<int> operands = [x.Operand(owner, name), y.Operand(owner, name), z.Operand(owner, name)];
        double value = Math.FusedMultiplyAdd(x.Primal, y.Primal, z.Primal);
        return owner.Emit(FusedMultiplyAddOperation.Code, operands[0], owner.AddExtra(operands[1..]), value);
    }

    // A slot, or the complement of a constant's index.
    private int Operand(Recorder recorder, string operation)
    {
        if (Owner is null)
            return ~recorder.AddConstant(Bits);
        Checked(operation);
        return Slot;
    }
}
