namespace AutoDiff.Engine;

/// <summary>An operation on blocks of lanes: array-valued, and swept for one direction at a time in a sum over rows.</summary>
internal abstract unsafe class WideOperation : Operation
{
    public override bool IsArray => true;

    protected static void OneAtATime(Workspace w, int a, int length, int y) =>
        throw new NotSupportedException("Sums over rows take one direction at a time.");

    /// <summary>One lane of a block, over any number type.</summary>
    protected static T[] Take<T>(SlotBlock<T> block, int slot, int length, int width, int lane)
    {
        T[] numbers = new T[length];
        for (int i = 0; i < length; i++)
            numbers[i] = block[slot + i * width + lane];
        return numbers;
    }

    protected static void Put<T>(SlotBlock<T> block, int slot, int width, int lane, ReadOnlySpan<T> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            block[slot + i * width + lane] = numbers[i];
    }
}
