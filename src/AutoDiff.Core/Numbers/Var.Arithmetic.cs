using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

// The arithmetic that the sweeps carry inline. Each operator is two: the usual case, small enough to stand in the caller's loop, and the
// rest (constants, deep stacks, misuse), which goes through the operation's rule.
public readonly unsafe partial struct Var
{
    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Add, x.Slot, y.Slot, owner.Values[x.Index] + owner.Values[y.Index])
            : AddOtherwise(x, y);
    }

    /// <summary>x − y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Subtract, x.Slot, y.Slot, owner.Values[x.Index] - owner.Values[y.Index])
            : SubtractOtherwise(x, y);
    }

    /// <summary>x · y; a variable by itself is recorded as its square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        if (!AreLive(owner, x, y))
            return MultiplyOtherwise(x, y);
        double left = owner!.Values[x.Index];
        return x.Slot == y.Slot ? owner.Emit(OpCode.Square, x.Slot, 0, left * left)
            : owner.Emit(OpCode.Multiply, x.Slot, y.Slot, left * owner.Values[y.Index]);
    }

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Divide, x.Slot, y.Slot, owner.Values[x.Index] / owner.Values[y.Index])
            : DivideOtherwise(x, y);
    }

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.Negate, x.Slot, 0, -owner.Values[x.Index]) : ApplyOtherwise<Rules.Negate>(x);
    }

    /// <summary>x itself.</summary>
    public static Var operator +(Var x) => x;

    /// <summary>x + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(Var x, double c)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.AddConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Index] + c)
            : ApplyOtherwise<Rules.Add>(x, c);
    }

    /// <summary>x − c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x, double c) => x + -c;

    /// <summary>x · c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(Var x, double c)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.MultiplyConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Index] * c)
            : ApplyOtherwise<Rules.Multiply>(x, c);
    }

    /// <summary>x / c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(Var x, double c)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.DivideConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Index] / c)
            : ApplyOtherwise<Rules.Divide>(x, c);
    }

    /// <summary>c + x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(double c, Var x) => x + c;

    /// <summary>c − x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(double c, Var x)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.ConstantMinus, owner.AddConstant(c), x.Slot, c - owner.Values[x.Index])
            : ApplyOtherwise<Rules.Subtract>(c, x);
    }

    /// <summary>c · x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(double c, Var x) => x * c;

    /// <summary>c / x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(double c, Var x)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.ConstantDivide, owner.AddConstant(c), x.Slot, c / owner.Values[x.Index])
            : ApplyOtherwise<Rules.Divide>(c, x);
    }

    /// <summary>x²; one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var Square(Var x)
    {
        Recorder? owner = x.Owner;
        return IsLive(owner, x) ? owner!.Emit(OpCode.Square, x.Slot, 0, owner.Values[x.Index] * owner.Values[x.Index])
            : ApplyOtherwise<Rules.Square>(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var AddOtherwise(Var x, Var y) =>
        x.Owner is null ? y + x.Bits : y.Owner is null ? x + y.Bits : ApplyOtherwise<Rules.Add>(x, y);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var SubtractOtherwise(Var x, Var y) =>
        x.Owner is null ? x.Bits - y : y.Owner is null ? x - y.Bits : ApplyOtherwise<Rules.Subtract>(x, y);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var MultiplyOtherwise(Var x, Var y)
    {
        if (x.Owner is null)
            return y * x.Bits;
        if (y.Owner is null)
            return x * y.Bits;
        x.Checked(nameof(Rules.Multiply));
        // As above, so that the bits do not depend on the depth of the stack.
        return ReferenceEquals(x.Owner, y.Owner) && x.Word == y.Word ? ApplyOtherwise<Rules.Square>(x)
            : ApplyOtherwise<Rules.Multiply>(x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var DivideOtherwise(Var x, Var y) =>
        x.Owner is null ? x.Bits / y : y.Owner is null ? x / y.Bits : ApplyOtherwise<Rules.Divide>(x, y);
}
