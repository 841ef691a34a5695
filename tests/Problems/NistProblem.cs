using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoDiff.Problems;

/// <summary>
/// A nonlinear regression set of NIST's Statistical Reference Datasets: observations, two starts and certified results. The model itself is
/// in the text only; AutoDiff.Lambdas has it as a lambda.
/// </summary>
public sealed partial class NistProblem
{
    private readonly double[] _response, _start1, _start2, _certified, _deviations;
    private readonly double[][] _predictors;

    private NistProblem(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Name = Field(text, @"^Dataset Name:\s+(\S+)");
        Difficulty = Field(text, @"^\s+(\w+) Level of Difficulty");
        ResidualSumOfSquares = Number(Field(text, @"^Residual Sum of Squares:\s+(\S+)"));
        ResidualStandardDeviation = Number(Field(text, @"^Residual Standard Deviation:\s+(\S+)"));

        double[][] parameters = [.. Rows(lines, text, "Starting Values").Select(line => Numbers(line.Split('=')[1]))];
        (_start1, _start2) = (Column(parameters, 0), Column(parameters, 1));
        (_certified, _deviations) = (Column(parameters, 2), Column(parameters, 3));

        double[][] observations = [.. Rows(lines, text, "Data").Select(Numbers)];
        _response = Column(observations, 0);
        _predictors = [.. Enumerable.Range(1, observations[0].Length - 1).Select(column => Column(observations, column))];

        int count = (int)Number(Field(text, @"^Number of Observations:\s+(\S+)"));
        if (ObservationCount != count)
            throw new FormatException($"{Name}: {ObservationCount} observations were read where the header promises {count}.");
    }

    /// <summary>The names of the 27 sets, from lower to higher difficulty as NIST groups them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Misra1a", "Chwirut2", "Chwirut1", "Lanczos3", "Gauss1", "Gauss2", "DanWood", "Misra1b",
        "Kirby2", "Hahn1", "Nelson", "MGH17", "Lanczos1", "Lanczos2", "Gauss3", "Misra1c", "Misra1d", "Roszman1", "ENSO",
        "MGH09", "Thurber", "BoxBOD", "Rat42", "MGH10", "Eckerle4", "Rat43", "Bennett5",
    ];

    /// <summary>The set of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message names what was looked for.</exception>
    public static NistProblem Load(string name)
    {
        using Stream stream = typeof(NistProblem).Assembly.GetManifestResourceStream($"nist.{name}.dat")
            ?? throw new FileNotFoundException($"The assembly carries no data set named '{name}'; there are {string.Join(", ", Names)}.", name);
        using var text = new StreamReader(stream);
        return Parse(text);
    }

    /// <summary>Reads a file in NIST's layout.</summary>
    /// <exception cref="FormatException">A field is missing, or a count contradicts another.</exception>
    public static NistProblem Parse(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new NistProblem(text.ReadToEnd());
    }

    /// <summary>NIST's name of the set.</summary>
    public string Name { get; }

    /// <summary>Lower, Average or Higher.</summary>
    public string Difficulty { get; }

    /// <summary>p, the number of parameters.</summary>
    public int ParameterCount => _certified.Length;

    /// <summary>n, the number of observations.</summary>
    public int ObservationCount => _response.Length;

    /// <summary>n − p. (The file of Rat43 prints 9 where its own standard deviation and n − p need 11.)</summary>
    public int DegreesOfFreedom => ObservationCount - ParameterCount;

    /// <summary>The certified Σ(yᵢ − model(xᵢ))², 11 digits.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>The certified √(sum of squares/(n − p)), 11 digits.</summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>y, the response.</summary>
    public double[] Response() => [.. _response];

    /// <summary>x, the predictor, or one of several.</summary>
    public double[] Predictor(int number = 0) => [.. _predictors[number]];

    /// <summary>The first start, far from the solution.</summary>
    public double[] Start1() => [.. _start1];

    /// <summary>The second start, nearer.</summary>
    public double[] Start2() => [.. _start2];

    /// <summary>The certified parameters, 11 digits.</summary>
    public double[] CertifiedParameters() => [.. _certified];

    /// <summary>The certified standard deviations of the parameters, √(s²(JᵀJ)⁻¹ᵢᵢ), 11 digits.</summary>
    public double[] CertifiedStandardDeviations() => [.. _deviations];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The lines that the header gives for a part of the file.</summary>
    private static IEnumerable<string> Rows(string[] lines, string text, string part)
    {
        Match range = Regex.Match(text, $@"^\s*{part}\s+\(lines\s+(\d+)\s+to\s+(\d+)\)", RegexOptions.Multiline | RegexOptions.IgnoreCase);
        if (!range.Success)
            throw new FormatException($"The file does not say which lines hold its {part.ToLowerInvariant()}.");
        return lines[((int)Number(range.Groups[1].Value) - 1)..(int)Number(range.Groups[2].Value)];
    }

    private static string Field(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern, RegexOptions.Multiline | RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[1].Value : throw new FormatException($"The file has no line like {pattern}.");
    }

    private static double[] Numbers(string line) => [.. Spaces().Split(line.Trim()).Select(Number)];

    private static double Number(string token) => double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double[] Column(double[][] rows, int column) => [.. rows.Select(row => row[column])];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
