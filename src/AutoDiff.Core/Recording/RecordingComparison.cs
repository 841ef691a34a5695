using System.Globalization;

namespace AutoDiff.Engine;

/// <summary>Whether two recordings are of the same operations, whatever their values.</summary>
internal static unsafe class RecordingComparison
{
    /// <summary>Whether all is the same but the values: instructions, constants, comparisons, and the numbers of constant arrays.</summary>
    public static bool AreSame(Recording own, Recording other) =>
        HaveSameInstructions(own, other)
        && own.ConstantCount == other.ConstantCount && HaveSameConstants(own, other, 0, own.ConstantCount)
        && (own.Guards ?? []).SequenceEqual(other.Guards ?? [])
        && own.References.Count == other.References.Count && FirstOtherReference(own, other) < 0;

    /// <summary>Whether the instructions are the same, whatever the constants that they name.</summary>
    public static bool HaveSameInstructions(Recording own, Recording other) =>
        own.InstructionCount == other.InstructionCount && own.SlotCount == other.SlotCount && own.InputCount == other.InputCount
            && own.ExtraCount == other.ExtraCount
        && Same(own.Codes, other.Codes, own.InstructionCount) && Same(own.Operands, other.Operands, own.InstructionCount)
            && Same(own.Extra, other.Extra, own.ExtraCount);

    /// <summary>Whether the constants from <paramref name="start"/> up to <paramref name="end"/> are the same, bit by bit.</summary>
    public static bool HaveSameConstants(Recording own, Recording other, int start, int end) =>
        Same(own.Constants + start, other.Constants + start, end - start);

    /// <summary>
    /// How a lambda that depends on its point alone cannot have left both recordings; null if it can: they are the same up to a comparison
    /// that came out differently.
    /// </summary>
    public static string? Difference(Recording own, Recording other)
    {
        if (AreSame(own, other) || Branches(own, other))
            return null;
        if (own.InputCount != other.InputCount)
            return $"it was recorded with {own.InputCount} inputs and now with {other.InputCount}";
        int common = Math.Min(own.InstructionCount, other.InstructionCount);
        for (int i = 0; i < common; i++)
        {
            if (own.Codes[i] != other.Codes[i])
                return $"operation #{i} was {Operation.Get(own.Codes[i]).Name} and is {Operation.Get(other.Codes[i]).Name}";
        }
        for (int k = 0; k < Math.Min(own.ConstantCount, other.ConstantCount); k++)
        {
            if (BitConverter.DoubleToInt64Bits(own.Constants[k]) != BitConverter.DoubleToInt64Bits(other.Constants[k]))
                return string.Create(CultureInfo.InvariantCulture, $"a constant was {own.Constants[k]:R} and is {other.Constants[k]:R}");
        }
        for (int i = 0; i < common; i++)
        {
            if ((own.Operands[i].A, own.Operands[i].B) != (other.Operands[i].A, other.Operands[i].B))
                return $"operation #{i} ({Operation.Get(own.Codes[i]).Name}) has other operands than it had";
        }
        if (own.InstructionCount != other.InstructionCount)
            return $"it recorded {own.InstructionCount} operations and now records {other.InstructionCount}";
        return FirstOtherReference(own, other) is >= 0 and int reference
            ? $"a constant array or function (a {own.References[reference].GetType().Name}) is another one, or holds other numbers"
            : "it makes other comparisons, or takes other elements";
    }

    /// <summary>Whether the first difference of the two is a comparison that came out differently.</summary>
    public static bool Branches(Recording own, Recording other)
    {
        List<Guard> guards = own.Guards ?? [], others = other.Guards ?? [];
        for (int i = 0; i < Math.Min(guards.Count, others.Count); i++)
        {
            if (!HasSameConstants(own, other, guards[i].X, others[i].X) || !HasSameConstants(own, other, guards[i].Y, others[i].Y))
                return false;
            if (guards[i] != others[i])
                return guards[i] == others[i] with { Outcome = !others[i].Outcome };
        }
        return false;
    }

    // Whether compared numbers are the same, if they are constants.
    private static bool HasSameConstants(Recording own, Recording other, int x, int y) =>
        x >= 0 || y >= 0 || BitConverter.DoubleToInt64Bits(own.Constants[~x]) == BitConverter.DoubleToInt64Bits(other.Constants[~y]);

    private static int FirstOtherReference(Recording own, Recording other)
    {
        int common = Math.Min(own.References.Count, other.References.Count);
        for (int i = 0; i < common; i++)
        {
            if (!AreSame(own.References[i], other.References[i]) || !own.HasSameNumbers(i, other, i))
                return i;
        }
        return own.References.Count == other.References.Count ? -1 : common;
    }

    // Arrays may be made anew by the lambda at every call; their numbers are compared as they were when they were used.
    private static bool AreSame(object x, object y) => ReferenceEquals(x, y) || (x, y) switch
    {
        (int[] a, int[] b) => a.AsSpan().SequenceEqual(b),
        (double[] a, double[] b) => a.Length == b.Length,
        (double[,] a, double[,] b) => a.GetLength(1) == b.GetLength(1) && a.Length == b.Length,
        _ => false,
    };

    private static bool Same<T>(T* x, T* y, int count) where T : unmanaged
    {
        // A span holds at most 2³¹ bytes.
        const int most = 1 << 24;
        for (int i = 0; i < count; i += most)
        {
            int length = Math.Min(most, count - i) * sizeof(T);
            if (!new ReadOnlySpan<byte>(x + i, length).SequenceEqual(new ReadOnlySpan<byte>(y + i, length)))
                return false;
        }
        return true;
    }
}
