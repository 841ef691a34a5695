using System.CommandLine;
using AutoDiff.Problems;

namespace AutoDiff.Samples.Regression;

/// <summary>The command line.</summary>
internal sealed record Options(string? Set, int? Start, bool Geodesic, double Radius)
{
    private static readonly Option<string?> s_set =
        new("--set") { Description = "One set, with its fits in detail. Default: a table of all 27." };
    private static readonly Option<int?> s_start =
        new("--start") { Description = "NIST's start 1, far away, or 2, nearer. Default: both." };
    private static readonly Option<bool> s_geodesic =
        new("--geodesic") { Description = "Whether steps are bent by second derivatives.", DefaultValueFactory = _ => true };
    private static readonly Option<double> s_radius =
        new("--radius") { Description = "The first radius R, without units; Infinity for Gauss-Newton steps until one fails.",
        DefaultValueFactory = _ => 1e4 };

    /// <summary>Runs <paramref name="main"/> with the options given; help and errors are shown here. An error in the options gives exit
    /// code 2.</summary>
    public static int Invoke(string[] arguments, Func<Options, int> main)
    {
        s_set.Validators.Add(result =>
        {
            string? name = result.GetValueOrDefault<string?>();
            if (name is not null && Named(name) is null)
                result.AddError($"There is no set '{name}'; there are {string.Join(", ", NistProblem.Names)}.");
        });
        s_start.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or 1 or 2))
                result.AddError("--start must be 1 or 2.");
        });
        s_radius.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not > 0)
                result.AddError("--radius must be a positive number.");
        });
        RootCommand command = new(
            "Fits the nonlinear regressions of NIST's Statistical Reference Datasets by Levenberg-Marquardt with exact Jacobians, and counts the certified digits reached.")
        {
            s_set, s_start, s_geodesic, s_radius,
        };
        command.SetAction(result => main(new Options(
            result.GetValue(s_set) is { } name ? Named(name)
                : null, result.GetValue(s_start), result.GetValue(s_geodesic), result.GetValue(s_radius))));
        ParseResult parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Try --help.");
        return 2;
    }

    private static string? Named(string name) =>
        NistProblem.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
