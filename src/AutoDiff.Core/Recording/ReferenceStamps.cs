using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// What the constant arrays that a recording refers to held when its operations used them: a hash for each block of 512 numbers that one of
/// them uses, made in full at every use. Afterwards the arrays are compared with it: in full the first time, then those of one block in
/// full and of longer ones every eighth block in turn, which takes a small part of what sweeping over them does. A change is thus noticed
/// at once in short arrays, and at the eighth time at the latest in long ones. Written by one thread, read by many.
/// </summary>
internal sealed class ReferenceStamps
{
    private const int Turns = 8;

    // By reference: where its hashes begin, or -1 for what is no array of numbers.
    private readonly List<int> _first = [];

    // 0 for a block that no operation uses.
    private ulong[] _hashes = [];
    private int _hashCount;

    private int _turn;
    private bool _isFresh = true;

    public void Add(object reference)
    {
        int blocks = BlockCount(reference);
        _first.Add(blocks == 0 ? -1 : _hashCount);
        if (_hashCount + blocks > _hashes.Length)
            Array.Resize(ref _hashes, Math.Max(_hashCount + blocks, 2 * _hashes.Length));
        _hashes.AsSpan(_hashCount, blocks).Clear();
        _hashCount += blocks;
    }

    /// <summary>Notes what the numbers are that an operation uses. False if they, or others of their blocks, are not what an earlier one
    /// found there.</summary>
    public bool TryUse(int index, Array array, int start, int length)
    {
        _isFresh = true;
        ReadOnlySpan<double> numbers = Numbers(array);
        Span<ulong> hashes = _hashes.AsSpan(_first[index]);
        for (int block = start / BlockHash.Size; block * (long)BlockHash.Size < start + (long)length; block++)
        {
            ulong hash = Hash(numbers, block);
            if (hashes[block] != hash && hashes[block] != 0)
                return false;
            hashes[block] = hash;
        }
        return true;
    }

    /// <summary>Whether the arrays, from the given one on, are what they were, as far as it is their turn.</summary>
    public bool Hold(List<object> references, int first)
    {
        if (_hashCount == 0)
            return true;
        if (_isFresh)
        {
            _isFresh = first > 0;
            return HoldInFull(references, first);
        }
        int turn = _turn++ & (Turns - 1);
        for (int i = first; i < references.Count; i++)
        {
            if (_first[i] < 0)
                continue;
            Array array = (Array)references[i];
            bool isShort = array.Length <= BlockHash.Size;
            if (!Hold(i, array, isShort ? 0 : turn, isShort ? 1 : Turns))
                return false;
        }
        return true;
    }

    /// <summary>Whether all of the arrays, from the given one on, are what they were.</summary>
    public bool HoldInFull(List<object> references, int first = 0)
    {
        for (int i = first; i < references.Count; i++)
        {
            if (_first[i] >= 0 && !Hold(i, (Array)references[i], 0, 1))
                return false;
        }
        return true;
    }

    /// <summary>Whether operations found the same numbers in an array as those of another recording in one as long.</summary>
    public bool AreSame(int index, ReferenceStamps other, int otherIndex, object reference)
    {
        int blocks = BlockCount(reference);
        return blocks == 0 || _hashes.AsSpan(_first[index], blocks).SequenceEqual(other._hashes.AsSpan(other._first[otherIndex], blocks));
    }

    public void CopyFrom(ReferenceStamps other)
    {
        _first.AddRange(other._first);
        _hashes = other._hashes.AsSpan(0, other._hashCount).ToArray();
        (_hashCount, _isFresh) = (other._hashCount, other._isFresh);
    }

    public void Clear()
    {
        _first.Clear();
        (_hashCount, _turn, _isFresh) = (0, 0, true);
        if (_hashes.Length > MostKept)
            _hashes = [];
    }

    // Hashes of 512 MB of numbers.
    private const int MostKept = 1 << 17;

    private bool Hold(int index, Array array, int firstBlock, int step)
    {
        ReadOnlySpan<double> numbers = Numbers(array);
        ReadOnlySpan<ulong> hashes = _hashes.AsSpan(_first[index], BlockCount(array));
        for (int block = firstBlock; block < hashes.Length; block += step)
        {
            if (hashes[block] != 0 && hashes[block] != Hash(numbers, block))
                return false;
        }
        return true;
    }

    private static ulong Hash(ReadOnlySpan<double> numbers, int block) =>
        BlockHash.Of(numbers.Slice(block * BlockHash.Size, Math.Min(BlockHash.Size, numbers.Length - block * BlockHash.Size)));

    private static ReadOnlySpan<double> Numbers(Array array) =>
        MemoryMarshal.CreateReadOnlySpan(ref ArrayView.First(array, 0), array.Length);

    private static int BlockCount(object reference) =>
        reference is double[] or double[,] ? (((Array)reference).Length - 1) / BlockHash.Size + 1 : 0;
}
