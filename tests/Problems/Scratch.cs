using System.Buffers;

namespace AutoDiff.Problems;

/// <summary>A pooled buffer for the time of a call, so that repeated evaluations do not allocate.</summary>
internal readonly ref struct Scratch<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] _rented;

    /// <summary>Rents <paramref name="length"/> elements of undefined content.</summary>
    public Scratch(int length)
    {
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<T> Span { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
