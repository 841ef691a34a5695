using System.Globalization;
using AutoDiff.Hvp;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Digits;

/// <summary>The Hessian's spectrum at the trained point, by Hessian-vector products alone, and the verdict.</summary>
internal static class SpectrumReport
{
    private const int Rows = 16;

    public static void Show(Objective loss, OptimizationResult result)
    {
        using LocalModel at = loss.At(result.X);
        AnsiConsole.Write(new Rule($"The Hessian's spectrum, {at.Dimension} eigenvalues, by products alone").LeftJustified());
        SpectralDensity density = Spectrum.Density(at.Hessian);
        Histogram(density, at.Dimension);
        LearningRates rates = Spectrum.LearningRates(at.Hessian);
        TraceEstimate trace = Spectrum.Trace(at.Hessian);
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"curvature from [bold]{rates.SmallestCurvature:G4}[/] to [bold]{rates.LargestCurvature:G4}[/]; trace {trace.Value:G4} ± {trace.StandardError:G2} ({trace.Products} products)"));
        AnsiConsole.MarkupLine(
            string.Create(CultureInfo.InvariantCulture, $"gradient descent is stable below a learning rate of {rates.StabilityLimit:G3}"));
        if (rates.IsStronglyConvex)
        {
            AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
                $"near this point it is fastest at {rates.OptimalStep:G3}, which multiplies the error by {rates.OptimalFactor:F6} a step; heavy ball by {rates.HeavyBallFactor:F4}, at η = {rates.HeavyBallStep:G3} and β = {rates.HeavyBallMomentum:F4}"));
        }
        AnsiConsole.Write(new Rule("Verdict").LeftJustified());
        string colour = result.Verdict.Kind switch { CriticalPointKind.Minimum => "green",
            CriticalPointKind.Undecided or CriticalPointKind.NotCritical => "yellow", _ => "red" };
        AnsiConsole.MarkupLine(
            $"[{colour} bold]{result.Verdict.Kind}[/] ({result.Verdict.Proof}): {Markup.Escape(result.Verdict.Evidence)}");
    }

    // Eigenvalues in bins a factor apart, with the error band that the probes give: the weights of the quadrature nodes that fall into
    // each.
    private static void Histogram(SpectralDensity density, int dimension)
    {
        double largest = Math.Max(Math.Abs(density.Smallest), density.Largest);
        double[] edges = [.. Enumerable.Range(0, Rows).Select(i => largest * Math.Pow(10, -0.5 * i))];
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("eigenvalues in").RightAligned()).AddColumn(
            new TableColumn("about").RightAligned()).AddColumn("");
        for (int i = 0; i + 1 < Rows; i++)
            Add(edges[i + 1], edges[i] * (i == 0 ? 1.0000001 : 1));
        Add(-edges[^1], edges[^1]);
        Add(-largest * 1.0000001, -edges[^1]);
        AnsiConsole.Write(table);

        void Add(double low, double high)
        {
            double count = dimension * density.Probes.Average(
                nodes => nodes.Where(n => n.Value >= low && n.Value < high).Sum(n => n.Weight));
            if (count > 1e-3)
                table.AddRow($"{ProductReport.Scientific(low)} … {ProductReport.Scientific(high)}",
                    count.ToString("F1", CultureInfo.InvariantCulture), new string('█', (int)Math.Ceiling(60 * count / dimension)));
        }
    }
}
