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
        return IsLive(owner, x) && !UserRule<TRule>.Is
            ? owner!.Emit(UnaryOperation<TRule>.Code, x.Slot, 0, TRule.Value(owner.Values[x.Index]))
            : ApplyOtherwise<TRule>(x);
    }

    /// <inheritdoc/>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public static Var Apply<TRule>(Var x, Var y) where TRule : struct, IBinaryRule<TRule>
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) && !UserRule<TRule>.Is
            ? owner!.Emit(BinaryOperation<TRule, SlotOperand, SlotOperand>.Code, x.Slot, y.Slot,
                TRule.Value(owner.Values[x.Index], owner.Values[y.Index]))
            : ApplyOtherwise<TRule>(x, y);
    }

    // Constants fold; every handle is checked in full; exceptions of a user's rule are taken note of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var ApplyOtherwise<TRule>(Var x) where TRule : struct, IUnaryRule<TRule>
    {
        if (x.IsConstant)
            return TRule.Value(x.Bits);
        Recorder recorder = x.Checked(typeof(TRule).Name);
        if (recorder.Kinks is { } trace)
        {
            trace.Note(typeof(TRule), TRule.Kink is null);
            if (TRule.Kink is not null)
                return trace.Apply<TRule>(x);
        }
        try
        {
            return recorder.Emit(UnaryOperation<TRule>.Code, x.Slot, 0, TRule.Value(x.Primal));
        }
        catch (Exception e)
        {
            recorder.MarkFailed(typeof(TRule).Name, e);
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var ApplyOtherwise<TRule>(Var x, Var y) where TRule : struct, IBinaryRule<TRule>
    {
        Recorder? left = x.IsConstant ? null : x.Checked(typeof(TRule).Name), right = y.IsConstant ? null : y.Checked(typeof(TRule).Name);
        if ((left ?? right)?.Kinks is { } trace)
        {
            trace.Note(typeof(TRule), TRule.IsSmooth);
            if (!TRule.IsSmooth)
                return trace.Apply<TRule>(x, y);
        }
        double value = ValueOf<TRule>(left ?? right, x.Primal, y.Primal);
        return (left, right) switch
        {
            (null, null) => value,
            (null, _) => right.Emit(BinaryOperation<TRule, ConstantOperand, SlotOperand>.Code, right.AddConstant(x.Bits), y.Slot, value),
            (_, null) => left.Emit(BinaryOperation<TRule, SlotOperand, ConstantOperand>.Code, x.Slot, left.AddConstant(y.Bits), value),
            _ => left.Emit(BinaryOperation<TRule, SlotOperand, SlotOperand>.Code, x.Slot, y.Slot, value),
        };
    }

    private static double ValueOf<TRule>(Recorder? recorder, double x, double y) where TRule : struct, IBinaryRule<TRule>
    {
        try
        {
            return TRule.Value(x, y);
        }
        catch (Exception e)
        {
            recorder?.MarkFailed(typeof(TRule).Name, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public static Var AbsoluteProduct(Var x, Var y)
    {
        if (x.IsConstant && double.IsFinite(x.Bits) && x.Bits != 0)
            return x.Bits == 1 ? y : x.Bits * y;
        if (y.IsConstant && double.IsFinite(y.Bits) && y.Bits != 0)
            return y.Bits == 1 ? x : x * y.Bits;
        return Apply<AbsoluteProduct>(x, y);
    }

    static Var IScalar<Var>.ChainProduct(PartialKind kind, Var partial, Var derivative) => ChainProduct(kind, partial, derivative);

    // Constants are known to be constant; a factor above zero keeps the sign of zero.
    private static Var ChainProduct(PartialKind kind, Var partial, Var derivative)
    {
        if (derivative.IsConstant && Zeros.IsStructural(derivative.Bits) || partial.IsConstant && partial.Bits == 0)
            return Zeros.Structural;
        if (partial.IsConstant && partial.Bits > 0 && double.IsFinite(partial.Bits))
            return partial.Bits == 1 ? derivative : partial.Bits * derivative;
        return kind switch
        {
            PartialKind.Share => Apply<ChainProduct<IPartialKind.Share>>(partial, derivative),
            PartialKind.Slope => Apply<ChainProduct<IPartialKind.Slope>>(partial, derivative),
            PartialKind.Derivative => Apply<ChainProduct<IPartialKind.Derivative>>(partial, derivative),
            _ => Apply<ChainProduct<IPartialKind.Live>>(partial, derivative),
        };
    }
}
