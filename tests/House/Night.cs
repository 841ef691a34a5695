using System.Globalization;

namespace AutoDiff.Tests.House;

/// <summary>What <c>eng/night</c> asks of the suites that are larger than <c>dotnet test</c> has time for.</summary>
internal static class Night
{
    /// <summary>Whether this is such a run: AUTODIFF_NIGHT is set.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable("AUTODIFF_NIGHT") is not null;

    /// <summary>How many random programs, AUTODIFF_PROGRAMS; otherwise <paramref name="ordinarily"/>.</summary>
    public static int Programs(int ordinarily) => (int)Number("AUTODIFF_PROGRAMS", ordinarily);

    /// <summary>The seed of the first one, AUTODIFF_SEED.</summary>
    public static long Seed(long ordinarily) => Number("AUTODIFF_SEED", ordinarily);

    /// <summary>By how much the seeds of generated points are shifted, AUTODIFF_SHIFT.</summary>
    public static long Shift => Number("AUTODIFF_SHIFT", 0);

    /// <summary>Where reports go.</summary>
    public static string Report(string name)
    {
        string folder = Path.Combine(Sources.Root, "artifacts", "night");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private static long Number(string variable, long ordinarily) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : ordinarily;
}
