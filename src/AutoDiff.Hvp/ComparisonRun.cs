using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;

namespace AutoDiff.Hvp;

/// <summary>The measurements of one comparison, and the judgement on them.</summary>
internal sealed class ComparisonRun(
    GradientFunction gradient, double[] x, double[] v, Func<double[], double[]> exactProduct, HvpComparisonOptions options, string? escape)
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    // The exact product's own rounding, in units of u: some operations deep, with some cancellation.
    private const double ProductRounding = 256;

    // A single component must stand out by more than the whole, since there are many of them.
    private const double ComponentMargin = 16;

    // One component resolves worse than all together; and values see wiggles and kinks worse than gradients do, while a lost dependence is not small.
    private const double LeastMismatch = 1e-6, LostDependence = 1e-4;

    private const double LeastDisagreement = 1e-9;

    // Disagreement is claimed beyond this many bounds, and only if the bound itself is a small part of the product.
    private const double DisagreementMargin = 3, MostUncertain = 0.05;

    // The part of the scale set by gradient and x below which a product cannot be told from zero.
    private const double VisibleProduct = 1e-12;

    // A kink is noticed when it stands out of the noise a hundredfold; one this small against the uncertainty may begin so much earlier.
    private const double HiddenKink = 1e4, HiddenOctaves = 1024;

    private const double SymmetryTolerance = 1e-8;

    private readonly List<double> _ahead = [], _slopes = [];
    private HvpFindings _findings;
    private double[] _exact = [], _limit = [], _uncertainty = [];
    private double _exactNorm, _scale, _difference, _bound;

    public HvpComparison Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var curve = new GradientCurve(gradient, x, v);
        double[] origin = new double[x.Length];
        curve.Evaluate(0, origin);
        double value = curve.LastValue;
        CheckRepetition(curve, value, origin);
        if (escape is not null)
            _findings |= HvpFindings.ValueEscaped;

        long started = Stopwatch.GetTimestamp();
        _exact = exactProduct((double[])v.Clone());
        TimeSpan exactTime = Stopwatch.GetElapsedTime(started);
        if (_exact.Length != x.Length)
            throw new ShapeMismatchException($"The product has {_exact.Length} elements, and x has {x.Length}.");
        _exactNorm = Norms.Euclidean(_exact);
        if (!double.IsFinite(value) || !Norms.AreFinite(origin) || !double.IsFinite(_exactNorm) || !Norms.AreFinite(v))
            _findings |= HvpFindings.NonFinite;

        var kinks = new KinkDetector(origin);
        StepScan? scan = null;
        int before = curve.Evaluations;
        started = Stopwatch.GetTimestamp();
        if (!_findings.HasFlag(HvpFindings.NonFinite) && Norms.Largest(v) > 0)
        {
            scan = StepScan.Run(curve, origin, Observe, progress, cancellationToken);
            if (scan.OutsideDomain > 0)
                _findings |= HvpFindings.LeftDomain;
        }
        TimeSpan scanTime = Stopwatch.GetElapsedTime(started);
        int scanned = curve.Evaluations - before;
        CheckRepetition(curve, value, origin);

        LimitEstimate[] limits = scan?.Limits() ?? new LimitEstimate[x.Length];
        _limit = Array.ConvertAll(limits, l => l.Value);
        _uncertainty = [.. limits.Select((l, i) => l.Uncertainty + (l.Step > 0 ? kinks.Disturbance(i, l.Step, l.Reach) : 0))];
        double slope = TensorPrimitives.Dot<double>(origin, v), curvature = TensorPrimitives.Dot<double>(_exact, v);
        double symmetry = Norms.Largest(v) > 0 && !_findings.HasFlag(HvpFindings.NonFinite) ? Symmetry() : 0;
        if (symmetry > SymmetryTolerance)
            _findings |= HvpFindings.Asymmetric;
        (HvpVerdict verdict, string reason) = scan is null ? JudgeWithoutScan() : Judge(scan, kinks, limits, value, slope, origin);
        HvpComparisonStep[] steps = scan is null ? [] : [.. scan.Steps.Select((h, k) => Point(h, scan.Quotients[k]))];
        HvpComparisonStep best = steps.Length > 0 ? steps.MinBy(s => s.RelativeError) : new(double.NaN, scan is null && verdict == HvpVerdict.Agree ? 0 : double.NaN, double.NaN);
        return new HvpComparison
        {
            Verdict = verdict,
            Reason = reason,
            Findings = _findings,
            Exact = _exact,
            Approximate = _limit,
            Uncertainty = _uncertainty,
            Steps = steps,
            BestStep = best.Step,
            RelativeError = best.RelativeError,
            RelativeDifference = Relative(_difference),
            Floor = Relative(_bound),
            Symmetry = symmetry,
            TaylorSlope = scan is null ? double.NaN : TaylorRemainder.Slope(scan.Steps, _ahead, value, slope, curvature),
            ExactTime = exactTime,
            DifferenceTime = scanned > 0 ? scanTime * 2 / scanned : TimeSpan.Zero,
            GradientEvaluations = curve.Evaluations,
        };

        void Observe(double h, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus, double plusValue, double minusValue)
        {
            kinks.Observe(h, plus, minus);
            _ahead.Add(plusValue);
            _slopes.Add((0.5 * plusValue - 0.5 * minusValue) / h);
        }
    }

    private HvpComparisonStep Point(double h, double[] quotient) =>
        new(h, Relative(Norms.Distance(quotient, _exact)), Relative(Norms.Distance(quotient, _limit)));

    // Where both products are zero, errors are absolute.
    private double Relative(double error) => _scale == 0 ? error : error / _scale;

    private void CheckRepetition(GradientCurve curve, double value, double[] origin)
    {
        double[] again = new double[origin.Length];
        curve.Evaluate(0, again);
        bool same = BitConverter.DoubleToInt64Bits(curve.LastValue) == BitConverter.DoubleToInt64Bits(value);
        for (int i = 0; same && i < again.Length; i++)
            same = BitConverter.DoubleToInt64Bits(again[i]) == BitConverter.DoubleToInt64Bits(origin[i]);
        if (!same)
            _findings |= HvpFindings.NotDeterministic;
    }

    private double Symmetry()
    {
        var random = new Random(options.Seed);
        double[] u = new double[x.Length];
        for (int i = 0; i < u.Length; i++)
            u[i] = random.NextDouble() < 0.5 ? -1 : 1;
        double[] other = exactProduct((double[])u.Clone());
        double size = Norms.Euclidean(u) * _exactNorm + Norms.Euclidean(v) * Norms.Euclidean(other);
        return size == 0 ? 0 : Math.Abs(TensorPrimitives.Dot<double>(u, _exact) - TensorPrimitives.Dot<double>(v, other)) / size;
    }

    private (HvpVerdict Verdict, string Reason) JudgeWithoutScan()
    {
        _scale = _exactNorm;
        if (_findings.HasFlag(HvpFindings.NonFinite))
            return (HvpVerdict.Inconclusive, "f, its gradient, v or the product is not finite at this point.");
        _difference = _exactNorm;
        return _exactNorm == 0
            ? (HvpVerdict.Agree, "v is zero and so is the product.")
            : (HvpVerdict.Disagree, "v is zero and the product is not.");
    }

    private (HvpVerdict Verdict, string Reason) Judge(StepScan scan, KinkDetector kinks, LimitEstimate[] limits, double value, double slope, double[] origin)
    {
        double limitNorm = Norms.Euclidean(_limit);
        _scale = double.IsFinite(limitNorm) ? Math.Max(_exactNorm, limitNorm) : _exactNorm;
        _difference = Norms.Distance(_exact, _limit);
        _bound = options.Margin * Norms.Euclidean(_uncertainty) + ProductRounding * UnitRoundoff * _scale;

        if (_findings.HasFlag(HvpFindings.NotDeterministic))
            return (HvpVerdict.Inconclusive, "Evaluated again at the same point, f or its gradient changed: differences of it mean nothing.");
        if (KinkedComponent(kinks, limits) is int kinked and >= 0)
        {
            _findings |= HvpFindings.KinkInsideStep;
            return (HvpVerdict.Inconclusive, $"Differences on the two sides disagree however small the step (component {kinked}): f has a kink at or near this point, and no second derivative along v there.");
        }
        if (!double.IsFinite(_difference))
            return (HvpVerdict.Inconclusive, $"No steps give differences consistent with one another{Domain(scan)}.");
        if (GradientDisagrees(scan, kinks, value, slope, origin, out string mismatch))
        {
            _findings |= HvpFindings.GradientDisagrees;
            return (HvpVerdict.Disagree, mismatch);
        }
        // What moves by less than this part of the product may hide behind the rest; no disagreement is claimed so far down.
        double room = Math.Max(_bound, LeastDisagreement * _scale), gradientScale = Norms.Euclidean(origin) * Norms.Largest(v) / Math.Max(1, Norms.Largest(x));
        if (_findings.HasFlag(HvpFindings.Asymmetric) && _difference > room && _difference <= VisibleProduct * gradientScale)
            return (HvpVerdict.Inconclusive, $"The product is asymmetric and of the size of round-off: {Print(_exactNorm)}, with a gradient of {Print(Norms.Euclidean(origin))}.");
        if (_difference > DisagreementMargin * room && room <= MostUncertain * _scale)
            return (HvpVerdict.Disagree, $"The product is off by {Print(_difference / _scale)} relative, where consistent differences leave room for {Print(_bound / _scale)}{Escape}.");
        if (OutlyingComponent() is int i and >= 0)
            return (HvpVerdict.Disagree, $"Component {i} of the product is {Print(_exact[i])}, and consistent differences say {Print(_limit[i])} ± {Print(_uncertainty[i])}{Escape}.");
        if (_scale == 0 || (_difference <= room && room <= options.Tolerance * _scale))
            return (HvpVerdict.Agree, $"The product and consistent differences agree to {Print(Relative(_difference))} relative, within their floor of {Print(Relative(_bound))}{Escape}.");
        if (_exactNorm == 0 && IsZeroAtFloor(scan, gradientScale))
            return (HvpVerdict.Agree, $"The product is zero, and so are consistent differences to their floor of {Print(_bound)}{Escape}.");
        if (Enumerable.Range(0, limits.Length).Any(i => double.IsFinite(kinks.First(i)) && limits[i].Uncertainty > options.Tolerance * _scale))
            _findings |= HvpFindings.KinkInsideStep;
        return (HvpVerdict.Inconclusive, _difference <= room
            ? $"The differences are uncertain by {Print(_bound / _scale)} relative, more than the tolerance of {Print(options.Tolerance)}; within that the product fits."
            : $"The product is off by {Print(_difference / _scale)} relative, too close to the differences' floor of {Print(_bound / _scale)} to tell.");
    }

    private string Escape => escape is null ? "" : $" (the recording holds for this point only: {escape})";

    private static string Domain(StepScan scan) => scan.OutsideDomain > 0 ? $"; {scan.OutsideDomain} steps left f's domain" : "";

    // A component whose limit was not found below the steps at which it kinks; where noise hides the kink's onset, not well below them.
    private int KinkedComponent(KinkDetector kinks, LimitEstimate[] limits)
    {
        for (int i = 0; i < limits.Length; i++)
        {
            double first = kinks.First(i);
            bool isHidden = kinks.Gap(i) > 0 && kinks.Gap(i) < HiddenKink * _uncertainty[i];
            if (double.IsFinite(first) && !(limits[i].Reach <= (isHidden ? first / HiddenOctaves : first)))
                return i;
        }
        return -1;
    }

    // Differences of the values give vᵀ∇f independently of every derivative.
    private bool GradientDisagrees(StepScan scan, KinkDetector kinks, double value, double slope, double[] origin, out string mismatch)
    {
        double terms = 0, sum = 0;
        for (int i = 0; i < v.Length; i++)
        {
            terms += Math.Abs(origin[i] * v[i]);
            sum += Math.Abs(origin[i]);
        }
        double spread = sum * Norms.Largest(v);
        var limit = LimitEstimate.Of([.. scan.Steps], [.. _slopes], [.. scan.Rounding.Select(r => r * spread)], Math.Abs(value));
        double difference = Math.Abs(slope - limit.Value), room = ComponentMargin * limit.Uncertainty + LostDependence * terms;
        mismatch = $"The gradient is not that of the values: vᵀ∇f is {Print(slope)}, and consistent differences of f say {Print(limit.Value)} ± {Print(limit.Uncertainty)}{Escape}.";
        return difference > room && !Enumerable.Range(0, x.Length).Any(i => kinks.First(i) < HiddenOctaves * limit.Reach);
    }

    private int OutlyingComponent()
    {
        for (int i = 0; i < _exact.Length; i++)
        {
            double room = ComponentMargin * _uncertainty[i] + LeastMismatch * _scale;
            if (Math.Abs(_exact[i] - _limit[i]) > room)
                return i;
        }
        return -1;
    }

    // What a linear f leaves, or a quartic at its flat point: nothing that could be seen beside the gradient, or beside the curvature on the scale of x.
    private bool IsZeroAtFloor(StepScan scan, double gradientScale)
    {
        double size = Math.Max(1, Norms.Largest(x)), rate = Norms.Largest(v), seen = gradientScale;
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
