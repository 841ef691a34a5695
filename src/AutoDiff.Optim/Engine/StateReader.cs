namespace AutoDiff.Optim.Engine;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order.</summary>
internal sealed class StateReader(byte[] state) : IDisposable
{
    private readonly BinaryReader _reader = new(new MemoryStream(state, false));

    /// <summary>How many bytes have been read.</summary>
    public int Position => (int)_reader.BaseStream.Position;

    public double ReadDouble() => _reader.ReadDouble();

    public long ReadLong() => _reader.ReadInt64();

    public int ReadInt() => checked((int)_reader.ReadInt64());

    public ulong ReadULong() => _reader.ReadUInt64();

    public bool ReadBool() => _reader.ReadBoolean();

    public string ReadString() => _reader.ReadString();

    public double[] ReadArray()
    {
        double[] values = new double[_reader.ReadInt32()];
        ReadInto(values);
        return values;
    }

    /// <summary>Reads an array whose length is known.</summary>
    public void ReadArray(Span<double> values)
    {
        int length = _reader.ReadInt32();
        if (length != values.Length)
            throw new InvalidDataException($"The checkpoint holds an array of {length} numbers where {values.Length} belong: it was taken with other options. Resume with the options of the first run.");
        ReadInto(values);
    }

    public void Dispose() => _reader.Dispose();

    private void ReadInto(Span<double> values)
    {
        foreach (ref double value in values)
            value = _reader.ReadDouble();
    }
}
