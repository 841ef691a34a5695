using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Memory that does not move, placed within a page as it is told, owned by the garbage collector: a pointer into it stays valid as long as
/// the buffer is reachable, so a mistake in life time can at worst read stale numbers that the owner's checks refuse, never foreign memory.
/// </summary>
internal unsafe struct PinnedBuffer<T> where T : unmanaged
{
    private const int Page = 4096;

    private T[]? _memory;

    /// <summary>
    /// Where in a page the first element lies. A sweep reads and writes several buffers near the same slot at once; a load that agrees with
    /// a recent store in the lower twelve bits of its address waits for it, so buffers that are used together start at different places. A
    /// multiple of 64.
    /// </summary>
    public required int PageOffset { get; init; }

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
        long padded = length + 2 * Page / sizeof(T);
        if (padded > Array.MaxLength)
            throw new RecordingLimitException(
                $"One buffer would need {length:N0} elements; the runtime allows {Array.MaxLength:N0}. Differentiate in parts, for instance a sum over data in batches.");
        T[] memory = LargeMemory.Allocate<T>((int)padded);
        T* pointer = (T*)((((nint)Unsafe.AsPointer(ref memory[0]) + Page - 1) & ~(nint)(Page - 1)) + PageOffset);
        if (used > 0)
            Buffer.MemoryCopy(Pointer, pointer, length * sizeof(T), used * sizeof(T));
        _memory = memory;
        Pointer = pointer;
        Length = length;
    }

    /// <summary>Makes room for <paramref name="length"/> elements without keeping any.</summary>
    public void Reserve(long length)
    {
        if (length <= Length)
            return;
        Release(); // Before the new one is taken: both at once are not needed.
        Grow(length, 0);
    }

    /// <summary>Takes over the first <paramref name="count"/> elements of another.</summary>
    public void CopyFrom(in PinnedBuffer<T> other, long count)
    {
        Reserve(count);
        Buffer.MemoryCopy(other.Pointer, Pointer, count * sizeof(T), count * sizeof(T));
    }

    /// <summary>Lets the memory go.</summary>
    public void Release() => this = new PinnedBuffer<T> { PageOffset = PageOffset };
}
