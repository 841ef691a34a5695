using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>A block of n × width slots, of which one lane is taken out and put back, or eight neighbouring ones
/// (<see cref="ILanes{TSelf}"/>).</summary>
internal readonly unsafe struct LaneBlock(double* first, int width)
{
    public void Take<T>(int lane, Span<T> numbers) where T : unmanaged
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Unsafe.ReadUnaligned<T>(first + (nint)i * width + lane);
    }

    public void Put<T>(int lane, ReadOnlySpan<T> numbers) where T : unmanaged
    {
        for (int i = 0; i < numbers.Length; i++)
            Unsafe.WriteUnaligned(first + (nint)i * width + lane, numbers[i]);
    }

    public ref double this[int row, int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref first[(nint)row * width + lane];
    }
}
