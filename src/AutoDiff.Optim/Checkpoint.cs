using System.Security.Cryptography;
using System.Text;
using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>The whole state of a minimization between two iterations, random generators included: a run resumed from it goes on with the
/// same bits. Immutable.</summary>
public sealed class Checkpoint
{
    private static readonly byte[] s_mark = "AutoDiff.Optim checkpoint 1\n"u8.ToArray();

    internal Checkpoint(string method, int dimension, int iteration, byte[] state)
    {
        (Method, Dimension, Iteration, State) = (method, dimension, iteration, state);
    }

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>The number of variables.</summary>
    public int Dimension { get; }

    /// <summary>How many iterations had been taken.</summary>
    public int Iteration { get; }

    internal byte[] State { get; }

    /// <summary>Writes the checkpoint, with a hash by which <see cref="Load"/> knows a damaged one. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        byte[] body = Body();
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(s_mark);
        writer.Write(body.Length);
        writer.Write(body);
        writer.Write(SHA256.HashData(body));
    }

    /// <summary>Reads a checkpoint that <see cref="Save"/> wrote. The stream stays open.</summary>
    /// <exception cref="InvalidDataException">It is not a checkpoint, or it is damaged or cut short.</exception>
    public static Checkpoint Load(Stream stream)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(s_mark.Length).AsSpan().SequenceEqual(s_mark))
                throw new InvalidDataException(
                    "This is not a checkpoint of AutoDiff.Optim, or one of another version. Save checkpoints with Checkpoint.Save.");
            int length = reader.ReadInt32();
            byte[] body = Read(stream, length);
            if (body.Length != length || !SHA256.HashData(body).AsSpan().SequenceEqual(reader.ReadBytes(SHA256.HashSizeInBytes)))
                throw new InvalidDataException(
                    $"The checkpoint is damaged or cut short: {length} bytes were written, and what was read does not match their hash. Take an earlier one.");
            using StateReader state = new(body);
            string method = state.ReadString();
            int dimension = state.ReadInt(), iteration = state.ReadInt();
            return new Checkpoint(method, dimension, iteration, body[state.Position..]);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The checkpoint is cut short. Take an earlier one.", e);
        }
    }

    // As much as there is, up to the length that the stream claims to hold: a damaged one may claim anything.
    private static byte[] Read(Stream stream, int length)
    {
        using MemoryStream body = new();
        byte[] part = new byte[Math.Clamp(length, 0, 1 << 16)];
        while (body.Length < length)
        {
            int read = stream.Read(part, 0, (int)Math.Min(part.Length, length - body.Length));
            if (read == 0)
                break;
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>Method, iteration and size.</summary>
    public override string ToString() =>
        $"{Method} after {Iteration} iterations, {Dimension} variables";

    private byte[] Body()
    {
        using StateWriter head = new();
        head.Write(Method);
        head.Write((long)Dimension);
        head.Write((long)Iteration);
        return [.. head.ToArray(), .. State];
    }
}
