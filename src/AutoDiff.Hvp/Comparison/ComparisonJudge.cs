using System.Globalization;

namespace AutoDiff.Hvp;

/// <summary>Decides on the measurements of a comparison: by the differences' consistency, never by their closeness to the
/// product.</summary>
internal sealed class ComparisonJudge
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    // The exact product's own rounding, in units of u: some operations deep, with some cancellation.
    private const double ProductRounding = 256;

    // A single component must stand out by more than the whole, since there are many of them.
    private const double ComponentMargin = 16;

    // One component resolves worse than all together; and values see wiggles and kinks worse than gradients do, while a lost dependence is
    // not small.
    private const double LeastMismatch = 1e-6, LostDependence = 1e-4;

    private const double LeastDisagreement = 1e-9;

    // Disagreement is claimed beyond this many bounds, and only if the bound itself is a small part of the product.
    private const double DisagreementMargin = 3, MostUncertain = 0.05;

    // How many times its scatter in random rounding a product may be off.
    private const double ScatterMargin = 4;

    // A bound that is scatter for this part or more is said to be.
    private const double GoodPart = 1.0 / 8;

    // The part of the scale set by gradient and x below which a product cannot be told from zero.
    private const double VisibleProduct = 1e-12;

    // A kink is noticed when it stands out of the noise a hundredfold; one this small against the uncertainty may begin so much earlier.
    private const double HiddenKink = 1e4, HiddenOctaves = 1024;

    private double _exactNorm, _scale, _difference, _bound, _scatter;

    public required double[] X { get; init; }

    public required double[] V { get; init; }

    /// <summary>f(x).</summary>
    public required double Value { get; init; }

    /// <summary>∇f(x).</summary>
    public required double[] Gradient { get; init; }

    /// <summary>The product under test.</summary>
    public required double[] Exact { get; init; }

    /// <summary>The differences; null where there could be none.</summary>
    public required StepScan? Scan { get; init; }

    /// <summary>Differences of values, by step.</summary>
    public required List<double> Slopes { get; init; }

    public required KinkDetector Kinks { get; init; }

    /// <summary>The differences' Limits by component.</summary>
    public required LimitEstimate[] Limits { get; init; }

    /// <summary>What the rounding of f's own operations may do; none where that is not known.</summary>
    public required RoundingNoise Noise { get; init; }

    /// <summary>What a reason says of an escaped value.</summary>
    public required string Escape { get; init; }

    public required HvpComparisonOptions Options { get; init; }

    /// <summary>What has been noticed; judging adds to it.</summary>
    public required HvpFindings Findings { get; set; }

    public double[] Limit { get; private set; } = [];

    public double[] Uncertainty { get; private set; } = [];

    /// <summary>|vᵀ∇f − D| where values say otherwise than the gradient; else 0.</summary>
    public double SlopeDifference { get; private set; }

    /// <summary>The slope of the values.</summary>
    public LimitEstimate SlopeLimit { get; private set; }

    /// <summary>The limit in the component that is off by most.</summary>
    public LimitEstimate WorstLimit => Limits[Enumerable.Range(0, Limits.Length).MaxBy(i => Math.Abs(Exact[i] - Limit[i]))];

    /// <summary>‖Hv − D‖.</summary>
    public double Difference => _difference;

    public double RelativeDifference => Relative(_difference);

    public double Floor => Relative(_bound);

    /// <summary>The verdict, and why.</summary>
    public (HvpVerdict Verdict, string Reason) Judge()
    {
        Limit = Array.ConvertAll(Limits, l => l.Value);
        Uncertainty = [.. Limits.Select((l, i) => l.Uncertainty + (l.Step > 0 ? Kinks.Disturbance(i, l.Step, l.Reach) : 0))];
        double limitNorm = Norms.Euclidean(Limit);
        _exactNorm = Norms.Euclidean(Exact);
        _scale = double.IsFinite(limitNorm) ? Math.Max(_exactNorm, limitNorm) : _exactNorm;
        _difference = Norms.Distance(Exact, Limit);
        double productScatter = ScatterMargin * Norms.Euclidean(Noise.Product);
        _bound = Options.Margin * Norms.Euclidean(Uncertainty) + ProductRounding * UnitRoundoff * _scale + productScatter;
        _scatter = productScatter
            + Options.Margin * Norms.Euclidean([.. Limits.Select((l, i) => l.Step > 0 ? Noise.Gradient[i] / l.Step : 0)]);
        return Scan is null ? JudgeWithoutScan() : Judge(Scan);
    }

    /// <summary>One point of the V-curve.</summary>
    public HvpComparisonStep Point(double h, double[] quotient) =>
        new(h, Relative(Norms.Distance(quotient, Exact)), Relative(Norms.Distance(quotient, Limit)));

    // Where both products are zero, errors are absolute.
    private double Relative(double error) => _scale == 0 ? error : error / _scale;

    private (HvpVerdict Verdict, string Reason) JudgeWithoutScan()
    {
        if (Findings.HasFlag(HvpFindings.NonFinite))
            return (HvpVerdict.Inconclusive,
                "f, its gradient, v or the product is not finite at this point; f.FindNonFinite(x) looks for the operation.");
        return _exactNorm == 0
            ? (HvpVerdict.Agree, "v is zero and so is the product.")
            : (HvpVerdict.Disagree, "v is zero and the product is not.");
    }

    private (HvpVerdict Verdict, string Reason) Judge(StepScan scan)
    {
        if (Findings.HasFlag(HvpFindings.NotDeterministic))
            return (HvpVerdict.Inconclusive,
                "Evaluated again at the same point, f or its gradient changed: differences of it mean nothing.");
        if (KinkedComponent() is int kinked and >= 0)
        {
            Findings |= HvpFindings.KinkInsideStep;
            return (HvpVerdict.Inconclusive,
                $"Differences on the two sides disagree however small the step (component {kinked}): f has a kink at or near this point, and no second derivative along v there.");
        }
        if (!double.IsFinite(_difference))
            return (HvpVerdict.Inconclusive, $"No steps give differences consistent with one another{Domain(scan)}.{Rounded()}");
        if (GradientDisagrees(scan, out string mismatch))
        {
            Findings |= HvpFindings.GradientDisagrees;
            return (HvpVerdict.Disagree, mismatch);
        }
        // What moves by less than this part of the product may hide behind the rest; no disagreement is claimed so far down.
        double room = Math.Max(_bound, LeastDisagreement * _scale),
            gradientScale = Norms.Euclidean(Gradient) * Norms.Largest(V) / Math.Max(1, Norms.Largest(X));
        if (Findings.HasFlag(HvpFindings.Asymmetric) && _difference > room && _difference <= VisibleProduct * gradientScale)
            return (HvpVerdict.Inconclusive,
                $"The product is asymmetric and of the size of round-off: {Print(_exactNorm)}, with a gradient of {Print(Norms.Euclidean(Gradient))}.");
        if (_difference > DisagreementMargin * room && room <= MostUncertain * _scale)
            return (HvpVerdict.Disagree,
                $"The product is off by {Print(_difference / _scale)} relative, where consistent differences leave room for {Print(_bound / _scale)}{Escape}.");
        if (OutlyingComponent() is int i and >= 0)
            return (HvpVerdict.Disagree,
                $"Component {i} of the product is {Print(Exact[i])}, and consistent differences say {Print(Limit[i])} ± {Print(Uncertainty[i])}{Escape}.");
        if (_difference <= room && room <= Options.Tolerance * _scale)
            return (HvpVerdict.Agree,
                $"The product and consistent differences agree to {Print(Relative(_difference))} relative, within their floor of {Print(Relative(_bound))}{Escape}.");
        if (_exactNorm == 0 && IsZeroAtFloor(scan, gradientScale))
            return (HvpVerdict.Agree, $"The product is zero, and so are consistent differences to their floor of {Print(_bound)}{Escape}.");
        if (Enumerable.Range(0, Limits.Length).Any(
            i => double.IsFinite(Kinks.First(i)) && Limits[i].Uncertainty > Options.Tolerance * _scale))
            Findings |= HvpFindings.KinkInsideStep;
        return (HvpVerdict.Inconclusive, (_scale == 0
            ? $"The product and the differences are zero, these to {Print(_bound)} absolute; f shows no curvature nearby beside which that could be called small."
            : _difference <= room
            ? $"The differences are uncertain by {Print(_bound / _scale)} relative, more than the tolerance of {Print(Options.Tolerance)}; within that the product fits."
            : $"The product is off by {Print(_difference / _scale)} relative, too close to the differences' floor of {Print(_bound / _scale)} to tell.") + Rounded());
    }

    // Why nothing can be said, where that is the rounding of f itself.
    private string Rounded() => !(_scatter > Options.Tolerance * _scale) || _scatter < GoodPart * _bound ? "" :
        $" f is badly rounded here: its own operations may move the gradient by {Print(Norms.Euclidean(Noise.Gradient))}"
        + (Noise.Product.Length == 0 ? "" : $" and the product by {Print(Norms.Euclidean(Noise.Product))}")
        + ". Written in another way it can be judged.";

    private static string Domain(StepScan scan) => scan.OutsideDomain > 0 ? $"; {scan.OutsideDomain} steps left f's domain" : "";

    // A component whose limit was not found below the steps at which it kinks; where noise hides the kink's onset, not well below them.
    private int KinkedComponent()
    {
        for (int i = 0; i < Limits.Length; i++)
        {
            double first = Kinks.First(i);
            bool isHidden = Kinks.Gap(i) > 0 && Kinks.Gap(i) < HiddenKink * Uncertainty[i];
            if (double.IsFinite(first) && !(Limits[i].Reach <= (isHidden ? first / HiddenOctaves : first)))
                return i;
        }
        return -1;
    }

    // Differences of the values give vᵀ∇f independently of every derivative.
    private bool GradientDisagrees(StepScan scan, out string mismatch)
    {
        double slope = 0, terms = 0, sum = 0, scatter = 0;
        for (int i = 0; i < V.Length; i++)
        {
            slope += Gradient[i] * V[i];
            terms += Math.Abs(Gradient[i] * V[i]);
            sum += Math.Abs(Gradient[i]);
            scatter += Math.Abs(Noise.Gradient[i] * V[i]);
        }
        double spread = sum * Norms.Largest(V);
        var limit = LimitEstimate.Of(
            [.. scan.Steps], [.. Slopes], [.. scan.Rounding.Select(r => r * spread)], Math.Abs(Value), Noise.Value);
        double difference = Math.Abs(slope - limit.Value), room = ComponentMargin * (limit.Uncertainty + scatter) + LostDependence * terms;
        mismatch = $"The gradient is not that of the values: vᵀ∇f is {Print(slope)}, and consistent differences of f say {Print(limit.Value)} ± {Print(limit.Uncertainty)}{Escape}.";
        bool disagrees = difference > room && !Enumerable.Range(0, X.Length).Any(i => Kinks.First(i) < HiddenOctaves * limit.Reach);
        (SlopeDifference, SlopeLimit) = (disagrees ? difference : 0, limit);
        return disagrees;
    }

    private int OutlyingComponent()
    {
        for (int i = 0; i < Exact.Length; i++)
        {
            double room = ComponentMargin * (Uncertainty[i] + (Noise.Product.Length > 0 ? Noise.Product[i] : 0)) + LeastMismatch * _scale;
            if (Math.Abs(Exact[i] - Limit[i]) > room)
                return i;
        }
        return -1;
    }

    // What a linear f leaves, or a quartic at its flat point: nothing that could be seen beside the gradient, or beside the curvature on
    // the scale of x.
    private bool IsZeroAtFloor(StepScan scan, double gradientScale)
    {
        double size = Math.Max(1, Norms.Largest(X)), rate = Norms.Largest(V), seen = gradientScale;
        for (int k = 0; k < scan.Steps.Count; k++)
        {
            double displacement = scan.Steps[k] * rate;
            if (displacement > size / 4 && displacement <= size)
                seen = Math.Max(seen, Norms.Euclidean(scan.Quotients[k]));
        }
        return _scale <= _bound && _bound <= VisibleProduct * seen;
    }

    private static string Print(double number) => number.ToString("g3", CultureInfo.InvariantCulture);
}
