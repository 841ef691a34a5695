using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Elementwise rules on recorded scalars.
public readonly unsafe partial struct Var
{
    /// <inheritdoc/>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static Var Apply<TRule>(Var x) where TRule : struct, IUnaryRule<TRule>
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(TRule.Value(x.Bits));
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, typeof(TRule).Name);
        return owner.Emit(UnaryOperation<TRule>.Code, x.Slot, 0, TRule.Value(owner.Values[x.Slot]));
    }

    /// <inheritdoc/>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static Var Apply<TRule>(Var x, Var y) where TRule : struct, IBinaryRule<TRule>
    {
        if (AreLive(x.Owner, x, y))
        {
            Recorder owner = x.Owner!;
            return owner.Emit(BinaryOperation<TRule, SlotOperand, SlotOperand>.Code, x.Slot, y.Slot, TRule.Value(owner.Values[x.Slot], owner.Values[y.Slot]));
        }
        if (x.Owner is null)
        {
            if (y.Owner is null)
                return new Var(TRule.Value(x.Bits, y.Bits));
            Recorder owner = y.Checked(typeof(TRule).Name);
            return owner.Emit(BinaryOperation<TRule, ConstantOperand, SlotOperand>.Code, owner.AddConstant(x.Bits), y.Slot, TRule.Value(x.Bits, owner.Values[y.Slot]));
        }
        if (y.Owner is null)
        {
            Recorder owner = x.Checked(typeof(TRule).Name);
            return owner.Emit(BinaryOperation<TRule, SlotOperand, ConstantOperand>.Code, x.Slot, owner.AddConstant(y.Bits), TRule.Value(owner.Values[x.Slot], y.Bits));
        }
        throw Misused(x, y, typeof(TRule).Name);
    }

    /// <inheritdoc/>
    public static Var AbsoluteProduct(Var x, Var y)
    {
        if (x.Owner is null && double.IsFinite(x.Bits) && x.Bits != 0)
            return x.Bits == 1 ? y : x.Bits * y;
        if (y.Owner is null && double.IsFinite(y.Bits) && y.Bits != 0)
            return y.Bits == 1 ? x : x * y.Bits;
        return Apply<AbsoluteProduct>(x, y);
    }
}
