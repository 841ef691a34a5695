namespace AutoDiff.Bench.AdBench;

/// <summary>Times in microseconds: of the plain function in the same language, of the gradient or Jacobian, and of Hv if there is
/// one.</summary>
internal sealed record Result(string Name, double Plain, double Gradient, double? Product, Figures Figures)
{
    public static void PrintHeader() => Console.WriteLine($"  {"",-28}{"plain",12}{"gradient",10}{"Hv",10}{"gradient µs",14}{"Hv µs",14}{"error",10}");

    public void Print(Figures reference) =>
        Console.WriteLine($"  {Name,-28}{Plain,12:F2}{Gradient / Plain,10:F2}{Cell(Product / Plain, "F2"),10}{Gradient,14:F1}{Cell(Product, "F1"),14}{Figures.Error(reference),10:E0}");

    private static string Cell(double? number, string format) => number is { } known ? known.ToString(format) : "–";
}
