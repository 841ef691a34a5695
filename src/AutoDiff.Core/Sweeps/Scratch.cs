using System.Buffers;
using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>Working memory of a rule, from a pool, so that a sweep that is repeated allocates nothing. What it holds at first is
/// undefined.</summary>
internal readonly ref struct Scratch<T> : IDisposable
{
    private readonly T[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<T> Span { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
}
