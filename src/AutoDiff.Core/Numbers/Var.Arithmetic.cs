using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

// The arithmetic that the sweeps carry inline: each operator checks its handles, computes the value and records.
public readonly unsafe partial struct Var
{
    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Add, x.Slot, y.Slot, owner.Values[x.Slot] + owner.Values[y.Slot]) : AddMixed(x, y);
    }

    /// <summary>x − y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Subtract, x.Slot, y.Slot, owner.Values[x.Slot] - owner.Values[y.Slot]) : SubtractMixed(x, y);
    }

    /// <summary>x · y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Multiply, x.Slot, y.Slot, owner.Values[x.Slot] * owner.Values[y.Slot]) : MultiplyMixed(x, y);
    }

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(Var x, Var y)
    {
        Recorder? owner = x.Owner;
        return AreLive(owner, x, y) ? owner!.Emit(OpCode.Divide, x.Slot, y.Slot, owner.Values[x.Slot] / owner.Values[y.Slot]) : DivideMixed(x, y);
    }

    /// <summary>−x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(-x.Bits);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "-");
        return owner.Emit(OpCode.Negate, x.Slot, 0, -owner.Values[x.Slot]);
    }

    /// <summary>x itself.</summary>
    public static Var operator +(Var x) => x;

    /// <summary>x + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(Var x, double c)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(x.Bits + c);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "+");
        return owner.Emit(OpCode.AddConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Slot] + c);
    }

    /// <summary>x − c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(Var x, double c) => x + -c;

    /// <summary>x · c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(Var x, double c)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(x.Bits * c);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "*");
        return owner.Emit(OpCode.MultiplyConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Slot] * c);
    }

    /// <summary>x / c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(Var x, double c)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(x.Bits / c);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "/");
        return owner.Emit(OpCode.DivideConstant, x.Slot, owner.AddConstant(c), owner.Values[x.Slot] / c);
    }

    /// <summary>c + x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator +(double c, Var x) => x + c;

    /// <summary>c − x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator -(double c, Var x)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(c - x.Bits);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "-");
        return owner.Emit(OpCode.ConstantMinus, owner.AddConstant(c), x.Slot, c - owner.Values[x.Slot]);
    }

    /// <summary>c · x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator *(double c, Var x) => x * c;

    /// <summary>c / x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var operator /(double c, Var x)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(c / x.Bits);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "/");
        return owner.Emit(OpCode.ConstantDivide, owner.AddConstant(c), x.Slot, c / owner.Values[x.Slot]);
    }

    /// <summary>x²; one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Var Square(Var x)
    {
        Recorder? owner = x.Owner;
        if (owner is null)
            return new Var(x.Bits * x.Bits);
        if (!IsLive(owner, x))
            Recorder.ThrowMisused(owner, x.Word, "Square");
        double value = owner.Values[x.Slot];
        return owner.Emit(OpCode.Square, x.Slot, 0, value * value);
    }

    // A constant on either side, or a misused handle.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var AddMixed(Var x, Var y) => x.Owner is null ? y + x.Bits : y.Owner is null ? x + y.Bits : throw Misused(x, y, "+");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var SubtractMixed(Var x, Var y) => x.Owner is null ? x.Bits - y : y.Owner is null ? x - y.Bits : throw Misused(x, y, "-");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var MultiplyMixed(Var x, Var y) => x.Owner is null ? y * x.Bits : y.Owner is null ? x * y.Bits : throw Misused(x, y, "*");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Var DivideMixed(Var x, Var y) => x.Owner is null ? x.Bits / y : y.Owner is null ? x / y.Bits : throw Misused(x, y, "/");

    private static InvalidOperationException Misused(Var x, Var y, string operation)
    {
        if (!IsLive(x.Owner, x))
            Recorder.ThrowMisused(x.Owner!, x.Word, operation);
        Recorder.ThrowMisused(y.Owner!, y.Word, operation);
        return new InvalidOperationException(operation); // Not reached: one of the two is misused.
    }
}
