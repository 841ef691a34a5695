using System.Globalization;

namespace AutoDiff.Hvp;

/// <summary>Looks for reasons not to believe differences that say a product is wrong.</summary>
internal sealed class SecondLook(Objective f, double[] x, double[] v, StepScan scan, KinkSearch search, ComparisonJudge judge)
{
    // How many times the jumps of f a product may be off.
    private const double JumpMargin = 16;

    // Differences that agree over as many decades confirm a product, whatever others say.
    private const double ConfirmingSteps = 1e3;

    // Whether it is the gradient that the values contradict.
    private readonly bool _isSlope = judge.Findings.HasFlag(HvpFindings.GradientDisagrees);

    /// <summary>A reason, or null. Where the rounding of f is known already, it is no reason.</summary>
    public (HvpVerdict, string)? Excuse(bool isRoundingKnown)
    {
        string? why = JumpHere() ?? Confirmation() ?? (search.IsOpaque || !isRoundingKnown ? Jumps() : null);
        if (why is null)
            return null;
        judge.Findings &= ~HvpFindings.GradientDisagrees;
        return (HvpVerdict.Inconclusive, why);
    }

    private string? JumpHere() =>
        search.JumpHere is null ? null : $"{search.JumpHere} jumps at this very point, so that differences of f mean nothing.";

    // The product that one decade after the other confirms is not wrong because other steps cross kinks, known ones or hidden.
    private string? Confirmation()
    {
        if (_isSlope || (search.Kinks.Count == 0 && !search.IsOpaque))
            return null;
        double first = 0;
        for (int k = 0; k < scan.Steps.Count; k++)
        {
            double h = scan.Steps[k];
            bool confirms = judge.Point(h, scan.Quotients[k]).RelativeError <= judge.Options.Tolerance;
            first = !confirms ? 0 : first == 0 ? h : first;
            if (confirms && h >= ConfirmingSteps * first)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Differences with steps from {first:g3} to {h:g3} confirm the product, and others do not.");
        }
        return null;
    }

    // What random rounding does not see: the insides of the user's own functions, tables, long recordings. What jumps from one point to the
    // next by as much as the product is off is badly rounded, or a table, and no sign of a wrong product.
    private string? Jumps()
    {
        LimitEstimate limit = _isSlope ? judge.SlopeLimit : judge.WorstLimit;
        double off = _isSlope ? judge.SlopeDifference : judge.Difference, resolution = 2 * Norms.Largest(x) / (1L << 53) / Norms.Largest(v);
        double jump = _isSlope
            ? Largest(point => [f.Value(point)], [limit.Value]) / limit.Step
            : Largest(point => f.Gradient(point), judge.Limit) / limit.Step + Largest(point => f.Hvp(point, v), new double[x.Length]);
        return !(off <= JumpMargin * jump) ? null : string.Create(CultureInfo.InvariantCulture,
            $"f is badly rounded here, or jumps: from one point to the next {(_isSlope ? "its values change" : "its gradient or its product changes")} as in no smooth function, which may move the result by {jump:g3}, and the two are {off:g3} apart. Written in another way it can be judged.");

        double Largest(Func<double[], double[]> function, double[] slope) =>
            Jump.Largest(t => At(t, function), limit.Reach, search.Step, slope, resolution);
    }

    private double[]? At(double t, Func<double[], double[]> function)
    {
        try
        {
            double[] result = function([.. x.Select((xi, i) => xi + t * v[i])]);
            return Norms.AreFinite(result) ? result : null;
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException)
        {
            return null;
        }
    }
}
