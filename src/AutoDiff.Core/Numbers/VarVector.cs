using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>An array variable.</summary>
public readonly unsafe partial struct VarVector
{
    internal readonly object? Owner;
    internal readonly ulong Word;
    /// <summary>The number of elements.</summary>
    public int Length { get; }
    internal VarVector(object owner, ulong word, int length) { Owner = owner; Word = word; Length = length; }
    /// <summary>element</summary>
    public Var this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)i >= (uint)Length) throw new IndexOutOfRangeException();
            return new Var(Unsafe.As<Recorder>(Owner!), Word + (uint)i);
        }
    }
}
