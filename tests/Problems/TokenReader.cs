using System.Globalization;

namespace AutoDiff.Problems;

/// <summary>Reads a text of white-space separated numbers, whatever its line breaks.</summary>
internal sealed class TokenReader
{
    private readonly string[] _tokens;
    private int _next;

    public TokenReader(TextReader text) => _tokens = text.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A data file that the assembly carries.</summary>
    public static TokenReader OfResource(string name)
    {
        using Stream stream = typeof(TokenReader).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"The assembly carries no data file named '{name}'.", name);
        using var text = new StreamReader(stream);
        return new TokenReader(text);
    }

    public int Integer() => int.Parse(Token(), NumberStyles.Integer, CultureInfo.InvariantCulture);

    public double Number() => double.Parse(Token(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public double[] Numbers(int count)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) numbers[i] = Number();
        return numbers;
    }

    /// <summary>Throws if the header promised fewer numbers than the text holds.</summary>
    public void End()
    {
        if (_next != _tokens.Length)
            throw new FormatException($"The text holds {_tokens.Length} numbers, of which its header accounts for {_next}.");
    }

    private string Token() => _next < _tokens.Length
        ? _tokens[_next++]
        : throw new FormatException($"The text ends after {_tokens.Length} numbers; its header promises more.");
}
