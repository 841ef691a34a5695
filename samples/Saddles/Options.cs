using System.CommandLine;

namespace AutoDiff.Samples.Saddles;

/// <summary>The command line.</summary>
internal sealed record Options(ulong Seed, int Dimension)
{
    private static readonly Option<ulong> s_seed =
        new("--seed") { Description = "Seed of noise, batches and data.", DefaultValueFactory = _ => 1, Recursive = true };
    private static readonly Option<int> s_dimension =
        new("--dimension") { Description = "Variables of the large saddle.", DefaultValueFactory = _ => 1000, Recursive = true };

    /// <summary>Runs the experiment that is named, or all of them; help and errors are shown here. An error in the options gives exit code
    /// 2.</summary>
    public static int Invoke(string[] arguments, Experiment[] experiments)
    {
        s_dimension.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
                result.AddError("--dimension must be a whole number from 2 on.");
        });
        RootCommand root = new(
            "Saddle points: which methods leave them, how fast, and at what cost. Without a command, everything is shown.") { s_seed,
            s_dimension };
        foreach (Experiment experiment in experiments)
        {
            Command command = new(experiment.Name, experiment.Description);
            command.SetAction(result => experiment.Run(Of(result)));
            root.Add(command);
        }
        root.SetAction(result =>
        {
            foreach (Experiment experiment in experiments)
                experiment.Run(Of(result));
        });
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Try --help.");
        return 2;
    }

    private static Options Of(ParseResult result) => new(result.GetValue(s_seed), result.GetValue(s_dimension));
}
