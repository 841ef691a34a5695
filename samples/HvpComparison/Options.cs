using System.CommandLine;

namespace AutoDiff.Samples.Digits;

/// <summary>The command line.</summary>
internal sealed record Options(string DataPath, int Steps, int NewtonSteps, int Hidden, int Batch, double LearningRate, int Seed)
{
    private static readonly Option<FileInfo?> s_data =
        new("--data") { Description =
        "Digits as CSV, optionally .gz: 64 pixel counts 0–16 and the label a line. Default: the set that comes with the sample." };
    private static readonly Option<int> s_steps = Positive("--steps", "Steps of Adam.", 300);
    private static readonly Option<int> s_newton = Positive("--newton", "Iterations of Newton's method, at most.", 200);
    private static readonly Option<int> s_hidden = Positive("--hidden", "Hidden units.", 32);
    private static readonly Option<int> s_batch = Positive("--batch", "Digits in a training step.", 128);
    private static readonly Option<double> s_rate =
        new("--rate") { Description = "Learning rate of Adam.", DefaultValueFactory = _ => 0.01 };
    private static readonly Option<int> s_seed =
        new("--seed") { Description = "Seed of weights, batches and the random direction.", DefaultValueFactory = _ => 1 };

    /// <summary>Runs <paramref name="main"/> with the options given; help and errors are shown here. An error in the options gives exit
    /// code 2.</summary>
    public static int Invoke(string[] arguments, Func<Options, int> main)
    {
        s_rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < double.PositiveInfinity))
                result.AddError("--rate must be a positive number.");
        });
        RootCommand command = new(
            "Trains a small network on handwritten digits, compares exact Hessian-vector products of its loss with finite differences, and says what kind of point the training reached.")
        {
            s_data, s_steps, s_newton, s_hidden, s_batch, s_rate, s_seed,
        };
        command.SetAction(result => main(new Options(
            result.GetValue(s_data)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz"),
            result.GetValue(s_steps), result.GetValue(s_newton), result.GetValue(s_hidden), result.GetValue(s_batch),
                result.GetValue(s_rate), result.GetValue(s_seed))));
        ParseResult parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Try --help.");
        return 2;
    }

    private static Option<int> Positive(string name, string description, int standard)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} must be a whole number from 1 on.");
        });
        return option;
    }
}
