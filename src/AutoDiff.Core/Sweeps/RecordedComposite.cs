namespace AutoDiff.Engine;

/// <summary>One use of a composite operation whose adjoint is to be recorded.</summary>
internal readonly ref struct RecordedComposite(
    RecordedAdjoint sweep, CompositeArguments arguments, ArrayOperand u, int uLength, ArrayOperand v, int vLength, VarVector yBar)
{
    private readonly CompositeArguments _arguments = arguments;

    public CompositeArguments Arguments => _arguments;

    /// <summary>The first operand.</summary>
    public VarVector U => sweep.Operand(u, uLength);

    /// <summary>The second operand; empty if there is none.</summary>
    public VarVector V => vLength == 0 ? default : sweep.Operand(v, vLength);

    /// <summary>The result's adjoint.</summary>
    public VarVector YBar => yBar;

    public bool WantsU => sweep.IsVariable(u, uLength);

    public bool WantsV => sweep.IsVariable(v, vLength);

    public void AddToU(VarVector contribution)
    {
        if (WantsU)
            sweep.Add(u.Slot, contribution);
    }

    public void AddToV(VarVector contribution)
    {
        if (WantsV)
            sweep.Add(v.Slot, contribution);
    }

    /// <summary>A composite operation of two operands with these arguments, recorded.</summary>
    public VarVector Record<TRule>(VarVector first, VarVector second, int length) where TRule : struct, ICompositeRule =>
        Structured.Composite<TRule>(first.View, second.View, 1, length, _arguments.Integers);
}
