using System.IO.Compression;
using AutoDiff.Samples.Digits;

namespace AutoDiff.Tests.Samples;

/// <summary>The data file of samples/HvpComparison: read in full, or refused.</summary>
public sealed class DigitsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv.gz");

    private static byte[] Whole => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"));

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_whole_file_has_all_its_digits()
    {
        Digits digits = Load(Whole);
        digits.Count.ShouldBe(1797); // UCI's optdigits, the test part.
        digits.Labels.Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public void A_file_cut_short_is_refused_wherever_it_was_cut()
    {
        byte[] whole = Whole;
        for (int length = 0; length < whole.Length; length += 1009)
            Should.Throw<InvalidDataException>(() => Load(whole[..length]), $"{length} of {whole.Length} bytes");
        Should.Throw<InvalidDataException>(() => Load(whole[..^1]));
    }

    [Fact]
    public void A_file_cut_where_a_line_and_a_block_end_is_refused()
    {
        string line = string.Join(',', Enumerable.Repeat("3", 65)) + "\n";
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 26))));
            gzip.Flush();
            long cut = compressed.Length;
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(line));
            gzip.Dispose();
            Load(compressed.ToArray()).Count.ShouldBe(27);
            Should.Throw<InvalidDataException>(() => Load(compressed.ToArray()[..(int)cut])).Message.ShouldContain("cut short");
        }
    }

    private Digits Load(byte[] bytes)
    {
        File.WriteAllBytes(_file, bytes);
        return Digits.Load(_file);
    }
}
