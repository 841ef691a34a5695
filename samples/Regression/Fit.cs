using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Samples.Regression;

/// <summary>One set fitted from one start, and how far what came out agrees with what NIST certified.</summary>
internal sealed record Fit(NistProblem Problem, int Start, OptimizationResult Result, FitStatistics Statistics)
{
    /// <summary>NIST gives eleven digits; no more can be seen.</summary>
    public const double CertifiedDigits = 11;

    /// <summary>Certified digits of the worst parameter.</summary>
    public double ParameterDigits => Digits(Result.X, Problem.CertifiedParameters());

    /// <summary>Certified digits of the worst standard error.</summary>
    public double ErrorDigits => Digits(Statistics.StandardErrors, Problem.CertifiedStandardDeviations());

    /// <summary>Certified digits of the sum of squares.</summary>
    public double SumDigits => Digits(Statistics.SumOfSquares, Problem.ResidualSumOfSquares);

    /// <summary>Whether the sum of squares is that of rounding, below what double arithmetic can show (Lanczos1).</summary>
    public bool IsExact => Problem.ResidualSumOfSquares < 1e-20;

    public static Fit Of(NistModel model, int start, LevenbergMarquardt method)
    {
        OptimizationResult result = method.Minimize(model.Residuals, start == 1 ? model.Problem.Start1() : model.Problem.Start2());
        return new Fit(model.Problem, start, result, FitStatistics.Of(model.Residuals, result.X));
    }

    /// <summary>−log₁₀ of the relative difference, from 0 to 11.</summary>
    public static double Digits(double found, double certified) =>
        double.IsFinite(found) ? Math.Clamp(-Math.Log10(Math.Abs(found - certified) / Math.Abs(certified)), 0, CertifiedDigits) : 0;

    private static double Digits(IReadOnlyList<double> found, double[] certified) => certified.Select((c, i) => Digits(found[i], c)).Min();
}
