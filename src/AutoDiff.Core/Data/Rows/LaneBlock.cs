using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>A block of n × width slots, of which eight neighbouring lanes, or one, are taken out and put back.</summary>
internal readonly unsafe struct LaneBlock(double* first, int width)
{
    public void Take(int lane, Span<Lanes> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Lanes.Load(ref first[(nint)i * width + lane], Lanes.Count);
    }

    public void Put(int lane, ReadOnlySpan<Lanes> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i].Store(ref first[(nint)i * width + lane], Lanes.Count);
    }

    public void Take(int lane, Span<Real> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = new(first[(nint)i * width + lane]);
    }

    public void Put(int lane, ReadOnlySpan<Real> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            first[(nint)i * width + lane] = numbers[i].Value;
    }

    public ref double this[int row, int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref first[(nint)row * width + lane];
    }
}
