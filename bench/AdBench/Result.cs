namespace AutoDiff.Bench.AdBench;

/// <summary>Times in microseconds, that of the plain function in the same language first; NaN for what was not measured.</summary>
internal sealed record Result(string Name, double Plain, double Gradient, double Product, Figures Figures)
{
    public void Print(Figures reference) =>
        Console.WriteLine($"  {Name,-28}{Plain,12:F2}{Cell(Gradient / Plain, "F2"),10}{Cell(Product / Plain, "F2"),10}{Cell(Gradient, "F1"),14}{Cell(Product, "F1"),14}{Figures.Error(reference),10:E0}");

    private static string Cell(double number, string format) => double.IsNaN(number) ? "–" : number.ToString(format);
}
