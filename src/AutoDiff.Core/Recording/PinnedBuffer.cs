using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Memory that does not move, aligned to a cache line, owned by the garbage collector: a pointer into it stays valid as long as the buffer is
/// reachable, so a mistake in life time can at worst read stale numbers that the owner's checks refuse, never foreign memory.
/// </summary>
internal unsafe struct PinnedBuffer<T> where T : unmanaged
{
    private const int Alignment = 64;

    private T[]? _memory;

    /// <summary>The first element; aligned to 64 bytes.</summary>
    public T* Pointer { get; private set; }

    /// <summary>The capacity in elements.</summary>
    public long Length { get; private set; }

    public readonly long Bytes => Length * sizeof(T);

    /// <summary>Makes room for <paramref name="length"/> elements, keeping the first <paramref name="used"/>.</summary>
    public void Grow(long length, long used)
    {
        if (length <= Length)
            return;
        long padded = length + Alignment / sizeof(T);
        if (padded > Array.MaxLength)
            throw new RecordingLimitException($"One buffer would need {length:N0} elements; the runtime allows {Array.MaxLength:N0}. Differentiate in parts, for instance a sum over data in batches.");
        T[] memory = GC.AllocateUninitializedArray<T>((int)padded, pinned: true);
        T* pointer = (T*)(((nint)Unsafe.AsPointer(ref memory[0]) + Alignment - 1) & ~(nint)(Alignment - 1));
        if (used > 0)
            Buffer.MemoryCopy(Pointer, pointer, length * sizeof(T), used * sizeof(T));
        _memory = memory;
        Pointer = pointer;
        Length = length;
    }

    /// <summary>Makes room for <paramref name="length"/> elements without keeping any.</summary>
    public void Reserve(long length) => Grow(length, 0);
}
