using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace AutoDiff.Samples.Digits;

/// <summary>Images of handwritten digits, one a row, with pixels scaled to 0 … 1, and their labels.</summary>
internal sealed record Digits(double[,] Images, int[] Labels)
{
    public const int PixelCount = 64, ClassCount = 10;
    private const double LargestPixel = 16;

    public int Count => Labels.Length;

    /// <summary>Reads rows of 64 pixel counts and a label, comma separated, from a file that may be gzip-compressed.</summary>
    /// <exception cref="InvalidDataException">A line is not of that form; the message names it.</exception>
    public static Digits Load(string path)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Decompressed(path) : File.OpenRead(path);
        using StreamReader reader = new(file);
        List<int[]> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                rows.Add(Parse(line, rows.Count + 1));
        }
        if (rows.Count == 0)
            throw new InvalidDataException("There are no digits in it.");
        double[,] images = new double[rows.Count, PixelCount];
        int[] labels = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < PixelCount; j++)
                images[i, j] = rows[i][j] / LargestPixel;
            labels[i] = rows[i][PixelCount];
        }
        return new Digits(images, labels);
    }

    /// <summary>The digits whose numbers are given.</summary>
    public Digits Select(ReadOnlySpan<int> numbers)
    {
        double[,] images = new double[numbers.Length, PixelCount];
        int[] labels = new int[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = 0; j < PixelCount; j++)
                images[i, j] = Images[numbers[i], j];
            labels[i] = Labels[numbers[i]];
        }
        return new Digits(images, labels);
    }

    // The decompressor takes the end of a file that was cut short for its end. Such a file does not end with the length of its content.
    private static MemoryStream Decompressed(string path)
    {
        using FileStream file = File.OpenRead(path);
        MemoryStream content = new();
        using (GZipStream gzip = new(file, CompressionMode.Decompress, leaveOpen: true))
            gzip.CopyTo(content);
        byte[] length = new byte[sizeof(uint)];
        file.Position = Math.Max(0, file.Length - length.Length);
        if (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)content.Length)
            throw new InvalidDataException(
                $"The compressed file is damaged or cut short: {content.Length} bytes came out of it, and it was made of another number.");
        content.Position = 0;
        return content;
    }

    private static int[] Parse(string line, int number)
    {
        string[] fields = line.Split(',');
        int[] row = new int[fields.Length];
        if (fields.Length != PixelCount + 1)
            throw new InvalidDataException($"Line {number}: {fields.Length} fields where {PixelCount} pixels and a label are expected.");
        for (int j = 0; j < fields.Length; j++)
        {
            int largest = j < PixelCount ? (int)LargestPixel : ClassCount - 1;
            if (!int.TryParse(fields[j], NumberStyles.None, CultureInfo.InvariantCulture, out row[j]) || row[j] > largest)
                throw new InvalidDataException($"Line {number}, field {j + 1}: '{fields[j]}' is not a whole number from 0 to {largest}.");
        }
        return row;
    }
}
