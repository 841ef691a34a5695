using AutoDiff.Optim;
using AutoDiff.Samples.Digits;
using Spectre.Console;

return Options.Invoke(args, options =>
{
    Digits digits;
    try
    {
        digits = Digits.Load(options.DataPath);
    }
    catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"The digits cannot be read: {error.Message} ({options.DataPath})");
        return 2;
    }

    Network network = new(Digits.PixelCount, options.Hidden, Digits.ClassCount);
    AnsiConsole.MarkupLineInterpolated(
        $"[bold]{digits.Count} digits[/], a {Digits.PixelCount}-{options.Hidden}-{Digits.ClassCount} tanh network with softmax cross-entropy: [bold]{network.ParameterCount} parameters[/]");

    double[] trained = Training.Adam(network, digits, options);
    ProductReport.Show(network.Loss(digits), trained, new Random(options.Seed));
    OptimizationResult minimum = Training.Newton(network, digits, options, trained);
    SpectrumReport.Show(network.Loss(digits), minimum);
    return 0;
});
