using System.Diagnostics;
using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A number that a differentiated lambda computes with: either a constant, or a handle to a value being recorded. Operators and
/// <c>Math.</c> functions record what they do; operations among constants fold at once and record nothing.
/// </summary>
/// <remarks>
/// 16 bytes, immutable. A handle lives as long as the call of the lambda that it was made in and belongs to that call's thread; used
/// elsewhere it throws a <see cref="VariableException"/>, in every build. Recording an operation costs about 4 ns.
/// </remarks>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly partial struct Var : IScalar<Var>
{
    /// <summary>Null for a constant.</summary>
    internal readonly Recorder? Owner;

    /// <summary>Epoch and slot, or the bits of a constant.</summary>
    internal readonly ulong Word;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Var(Recorder owner, ulong word)
    {
        Owner = owner;
        Word = word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Var(double constant)
    {
        Owner = null;
        Word = BitConverter.DoubleToUInt64Bits(constant);
    }

    /// <summary>A constant: it records nothing and its derivatives are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Var(double constant) => new(constant);

    /// <inheritdoc/>
    public static Var Constant(double value) => new(value);

    /// <summary>Whether this is a constant, on which nothing depends.</summary>
    public bool IsConstant => Owner is null;

    /// <summary>
    /// The number itself. Reading it lets a value leave the recording: derivatives do not follow it, and the recording cannot be replayed
    /// at another point (it records again instead). Comparisons (<c>x &gt; 0</c>) need no <see cref="Value"/> and stay replayable.
    /// </summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public double Value
    {
        get
        {
            if (Owner is not null)
                Checked(nameof(Value)).MarkEscaped($"the value of variable #{Slot} was read");
            return Primal;
        }
    }

    internal int Slot => (int)(uint)Word;

    /// <summary>The slot as wide as an address, so that using it as an index takes no widening.</summary>
    internal nuint Index
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Word;
    }

    /// <summary>The value, without a check.</summary>
    internal unsafe double Primal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Owner is null ? Bits : Owner.Values[Slot];
    }

    static double IScalar<Var>.Primal(Var x)
    {
        x.Owner?.MarkNotReplayable("a composite operation chose its pivots by value");
        return x.Primal;
    }

    static Var IScalar<Var>.Accumulate(Var sum, Var term) =>
        sum.IsConstant && Zeros.IsStructural(sum.Bits) ? term : term.IsConstant && Zeros.IsStructural(term.Bits) ? sum : sum + term;

    static void IScalar<Var>.Evaluate(ArrayFunction function, ReadOnlySpan<Var> x, Span<Var> y)
    {
        VarVector result = function.Apply(VarVector.Of(x));
        for (int i = 0; i < y.Length; i++)
            y[i] = result[i];
    }

    internal double Bits => BitConverter.UInt64BitsToDouble(Word);

    /// <summary>This handle's recorder, which must be the current one.</summary>
    internal Recorder Checked(string operation)
    {
        Recorder owner = Owner!;
        if (!owner.IsCurrent || (Word ^ owner.EpochWord) >> 32 != 0)
            Recorder.ThrowMisused(owner, Word, operation);
        return owner;
    }


    // Whether both handles are live in one recorder that is the current one: the check of every binary operation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreLive(Recorder? owner, Var x, Var y) =>
        ReferenceEquals(owner, y.Owner) && owner is not null
        && ((x.Word ^ owner.EpochWord) | (y.Word ^ owner.EpochWord)) >> 32 == 0 && owner.IsOnOwnStack();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLive(Recorder? owner, Var x) =>
        owner is not null && (x.Word ^ owner.EpochWord) >> 32 == 0 && owner.IsOnOwnStack();
}
