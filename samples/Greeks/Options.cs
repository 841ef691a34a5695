using System.CommandLine;

namespace AutoDiff.Samples.Greeks;

/// <summary>The command line.</summary>
internal sealed record Options(int Assets, int Paths, int Seed, double Strike, double Maturity, double Correlation, double Rate)
{
    /// <summary>The batches whose spread gives the standard errors.</summary>
    public const int Batches = 32;

    private static readonly Option<int> s_assets = WholeFrom(1, "--assets", "Assets in the basket.", 5);
    private static readonly Option<int> s_paths =
        WholeFrom(Batches, "--paths", $"Monte Carlo paths; rounded down to {Batches} equal batches.", 65536);
    private static readonly Option<int> s_seed =
        new("--seed") { Description = "Seed of the random numbers.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> s_strike = Positive("--strike", "Strike; the spots are spread over 90 … 110.", 100);
    private static readonly Option<double> s_maturity = Positive("--maturity", "Years to maturity.", 1);
    private static readonly Option<double> s_correlation =
        new("--correlation") { Description = "Correlation of each pair of assets, above −1/(assets − 1) and below 1.",
        DefaultValueFactory = _ => 0.4 };
    private static readonly Option<double> s_rate =
        new("--rate") { Description = "Continuous interest rate a year.", DefaultValueFactory = _ => 0.02 };

    /// <summary>Runs <paramref name="main"/> with the options given; help and errors are shown here. An error in the options gives exit
    /// code 2.</summary>
    public static int Invoke(string[] arguments, Func<Options, int> main)
    {
        s_rate.Validators.Add(result =>
        {
            if (!double.IsFinite(result.GetValueOrDefault<double>()))
                result.AddError("--rate must be a finite number.");
        });
        RootCommand command = new(
            "Price, deltas, gammas and cross-gammas of a basket option by exact derivatives of a Monte Carlo price, against closed forms and bumping.")
        {
            s_assets, s_paths, s_seed, s_strike, s_maturity, s_correlation, s_rate,
        };
        command.Validators.Add(result =>
        {
            int assets = result.GetValue(s_assets);
            double correlation = result.GetValue(s_correlation), lowest = -1.0 / Math.Max(1, assets - 1);
            if (!(correlation < 1 && correlation > lowest))
                result.AddError(FormattableString.Invariant($"--correlation must be above {lowest:G3} for {assets} assets, and below 1."));
        });
        command.SetAction(result => main(new Options(result.GetValue(s_assets), result.GetValue(s_paths), result.GetValue(s_seed),
            result.GetValue(s_strike), result.GetValue(s_maturity), result.GetValue(s_correlation), result.GetValue(s_rate))));
        ParseResult parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Try --help.");
        return 2;
    }

    private static Option<int> WholeFrom(int least, string name, string description, int standard)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
                result.AddError($"{name} must be a whole number from {least} on.");
        });
        return option;
    }

    private static Option<double> Positive(string name, string description, double standard)
    {
        Option<double> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < double.PositiveInfinity))
                result.AddError($"{name} must be a positive number.");
        });
        return option;
    }
}
