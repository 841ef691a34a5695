using System.Globalization;
using System.Text;

namespace AutoDiff.Hvp;

/// <summary>A comparison as text.</summary>
internal static class HvpComparisonTable
{
    private const int Width = 32;
    private const double LeastDecade = -16;

    public static string Print(HvpComparison c)
    {
        var text = new StringBuilder();
        Line($"{"step h",12}  {"relative error",14}  {"to the limit",12}  (a full bar is an error of 1, an empty one 1e-16)");
        foreach (HvpComparisonStep step in c.Steps)
            Line($"{step.Step,12:0.00e+00}  {step.RelativeError,14:0.00e+00}  {step.DistanceToLimit,12:0.00e+00}  {Bar(step.RelativeError)}{(step.Step == c.BestStep ? " best" : "")}");
        Line($"best step            {c.BestStep:g3}, relative error {c.RelativeError:g3}");
        Line($"extrapolated         relative difference {c.RelativeDifference:g3}, floor {c.Floor:g3}");
        Line($"symmetry             {c.Symmetry:g3}");
        Line($"Taylor slope         {(double.IsNaN(c.TaylorSlope) ? "not observable" : c.TaylorSlope.ToString("f2", CultureInfo.InvariantCulture))} (3 or more for a correct product)");
        Line($"time                 exact {c.ExactTime.TotalMicroseconds:g3} µs, central difference {c.DifferenceTime.TotalMicroseconds:g3} µs, {c.GradientEvaluations} gradients in all");
        Line($"findings             {c.Findings}");
        text.Append(CultureInfo.InvariantCulture, $"{c.Verdict}: {c.Reason}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Bar(double error)
    {
        double decades = Math.Clamp(Math.Log10(error), LeastDecade, 0);
        return double.IsNaN(decades) ? "?" : new string('█', (int)Math.Round(Width * (1 - decades / LeastDecade)));
    }
}
