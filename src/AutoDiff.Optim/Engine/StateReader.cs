namespace AutoDiff.Optim.Engine;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order. All of its members throw an <see cref="InvalidDataException"/>
/// where something else was written: by a run with other options.</summary>
internal sealed class StateReader(byte[] state) : IDisposable
{
    private const string Remedy = "it was taken with other options. Resume with the options of the first run.";

    private readonly BinaryReader _reader = new(new MemoryStream(state, false));

    /// <summary>How many bytes have been read.</summary>
    public int Position => (int)_reader.BaseStream.Position;

    public double ReadDouble() => Next(sizeof(double)).ReadDouble();

    public long ReadLong() => Next(sizeof(long)).ReadInt64();

    public int ReadInt()
    {
        long value = ReadLong();
        return value == (int)value ? (int)value
            : throw new InvalidDataException($"The checkpoint holds {value} where a count belongs: {Remedy}");
    }

    public ulong ReadULong() => Next(sizeof(ulong)).ReadUInt64();

    public bool ReadBool() => Next(sizeof(bool)).ReadBoolean();

    public string ReadString()
    {
        try
        {
            return _reader.ReadString();
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw new InvalidDataException($"The checkpoint holds no text where text belongs: {Remedy}", e);
        }
    }

    public double[] ReadArray()
    {
        int length = ReadLength();
        if (length < 0 || length > (state.Length - Position) / sizeof(double))
            throw new InvalidDataException($"The checkpoint holds {length} where the length of an array belongs: {Remedy}");
        double[] values = new double[length];
        ReadInto(values);
        return values;
    }

    /// <summary>Reads an array whose length is known.</summary>
    public void ReadArray(Span<double> values)
    {
        int length = ReadLength();
        if (length != values.Length)
            throw new InvalidDataException($"The checkpoint holds an array of {length} numbers where {values.Length} belong: {Remedy}");
        ReadInto(values);
    }

    /// <summary>Everything has been read.</summary>
    public void End()
    {
        if (Position != state.Length)
            throw new InvalidDataException(
                $"The checkpoint holds {state.Length - Position} bytes more than these options ask for: {Remedy}");
    }

    public void Dispose() => _reader.Dispose();

    private void ReadInto(Span<double> values)
    {
        foreach (ref double value in values)
            value = ReadDouble();
    }

    private int ReadLength() => Next(sizeof(int)).ReadInt32();

    private BinaryReader Next(int size) =>
        Position + size <= state.Length ? _reader : throw new InvalidDataException($"The checkpoint ends where more belongs: {Remedy}");
}
