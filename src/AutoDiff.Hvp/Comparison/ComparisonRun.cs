using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiff.Hvp;

/// <summary>Takes the measurements of one comparison and has them judged.</summary>
internal sealed class ComparisonRun(
    GradientFunction gradient, double[] x, double[] v, Func<double[], double[]> exactProduct, HvpComparisonOptions options, string? escape,
        Objective? f)
{
    private const double SymmetryTolerance = 1e-8;

    private readonly GradientCurve _curve = new(gradient, x, v);
    private readonly double[] _origin = new double[x.Length];
    private readonly List<double> _ahead = [], _slopes = [];

    public HvpComparison Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        _curve.Evaluate(0, _origin);
        double value = _curve.LastValue;
        bool repeats = Repeats(value);
        long started = Stopwatch.GetTimestamp();
        double[] exact = exactProduct((double[])v.Clone());
        TimeSpan exactTime = Stopwatch.GetElapsedTime(started);
        if (exact.Length != x.Length)
            throw new ShapeMismatchException($"The product has {exact.Length} elements, and x has {x.Length}.");

        bool isFinite = double.IsFinite(value) && Norms.AreFinite(_origin) && Norms.AreFinite(exact) && Norms.AreFinite(v);
        var kinks = new KinkDetector(_origin);
        int before = _curve.Evaluations;
        started = Stopwatch.GetTimestamp();
        StepScan? scan = isFinite && Norms.Largest(v) > 0 ? StepScan.Run(_curve, _origin, Observe, progress, cancellationToken) : null;
        TimeSpan scanTime = Stopwatch.GetElapsedTime(started);
        int scanned = _curve.Evaluations - before;
        RoundingNoise? measured = scan is null || f is null ? null : RoundingNoise.Near(f, x, v, scan.Steps);
        KinkSearch? search = scan is null || f is null ? null : KinkSearch.Of(f, x, v, scan.Steps, cancellationToken);
        repeats &= Repeats(value);
        double symmetry = scan is null ? 0 : Symmetry(exact);

        HvpFindings findings = (repeats ? 0 : HvpFindings.NotDeterministic)
            | (escape is null ? 0 : HvpFindings.ValueEscaped)
            | (isFinite ? 0 : HvpFindings.NonFinite)
            | (scan?.OutsideDomain > 0 ? HvpFindings.LeftDomain : 0)
            | (symmetry > SymmetryTolerance ? HvpFindings.Asymmetric : 0);
        string escaped = escape is null ? "" : $" (the recording holds for this point only: {escape})";
        RoundingNoise noise = measured ?? RoundingNoise.None(x.Length);
        ComparisonJudge judge = Judge(scan, kinks, findings);
        (HvpVerdict verdict, string reason) = judge.Judge();
        if (f is not null && scan is not null && search is not null && repeats)
        {
            if (verdict != HvpVerdict.Agree)
            {
                noise = noise.Or(RoundingNoise.OfProduct(f, x, v));
                judge = Judge(scan, kinks, findings);
                (verdict, reason) = judge.Judge();
                if (search.Kinks.Count > 0 || search.IsKnown)
                    (judge, verdict, reason) = JudgeBelow(search, scan, judge, verdict, reason);
            }
            if (verdict == HvpVerdict.Disagree)
                (verdict, reason) = new SecondLook(f, x, v, scan, search, judge).Excuse(isRoundingKnown: measured is not null) ?? (
                    verdict, reason);
            if (search.Kinks.Count > 0)
            {
                judge.Findings |= HvpFindings.KinkInsideStep;
                reason += string.Create(CultureInfo.InvariantCulture,
                    $" From a step of {search.Step:g3} on, f passes {search.Kinks.Count} kink(s) between x − hv and x + hv, the first being {search.Kinks[0].Place}.");
            }
        }
        HvpComparisonStep[] steps = scan is null ? [] : [.. scan.Steps.Select((h, k) => judge.Point(h, scan.Quotients[k]))];
        HvpComparisonStep best = steps.Length > 0 ? steps.MinBy(s => s.RelativeError)
            : new(double.NaN, judge.RelativeDifference, double.NaN);
        return new HvpComparison
        {
            Verdict = verdict,
            Reason = reason,
            Findings = judge.Findings,
            Exact = exact,
            Approximate = judge.Limit,
            Uncertainty = judge.Uncertainty,
            Steps = steps,
            BestStep = best.Step,
            RelativeError = best.RelativeError,
            RelativeDifference = judge.RelativeDifference,
            Floor = judge.Floor,
            Symmetry = symmetry,
            TaylorSlope = scan is null ? double.NaN : TaylorRemainder.Slope(
                scan.Steps, _ahead, value, TensorPrimitives.Dot<double>(_origin, v), TensorPrimitives.Dot<double>(exact, v)),
            ExactTime = exactTime,
            DifferenceTime = scanned > 0 ? scanTime * 2 / scanned : TimeSpan.Zero,
            GradientEvaluations = _curve.Evaluations,
            Kinks = search?.Kinks ?? [],
            KinkStep = search?.Step ?? double.PositiveInfinity,
        };

        ComparisonJudge Judge(StepScan? scan, KinkDetector kinks, HvpFindings findings) => new()
        {
            X = x,
            V = v,
            Value = value,
            Gradient = _origin,
            Exact = exact,
            Scan = scan,
            Slopes = scan is null ? _slopes : _slopes[..scan.Steps.Count],
            Kinks = kinks,
            Limits = scan?.Limits(noise.Gradient) ?? new LimitEstimate[x.Length],
            Noise = noise,
            Escape = escaped,
            Options = options,
            Findings = findings,
        };

        // By the steps that pass no kink; what the others say then counts no more.
        (ComparisonJudge, HvpVerdict, string) JudgeBelow(
            KinkSearch search, StepScan scan, ComparisonJudge whole, HvpVerdict verdict, string reason)
        {
            ComparisonJudge below = Judge(scan.Below(search.Step), search.IsKnown ? new KinkDetector(_origin) : kinks, findings);
            (HvpVerdict there, string why) = below.Judge();
            return there == HvpVerdict.Inconclusive && verdict == HvpVerdict.Inconclusive && !double.IsFinite(below.RelativeDifference)
                ? (whole, verdict, reason)
                : (below, there, why);
        }

        void Observe(double h, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus, double plusValue, double minusValue)
        {
            kinks.Observe(h, plus, minus);
            _ahead.Add(plusValue);
            _slopes.Add((0.5 * plusValue - 0.5 * minusValue) / h);
        }
    }

    // Bit for bit, so that a NaN repeats too.
    private bool Repeats(double value)
    {
        double[] again = new double[_origin.Length];
        _curve.Evaluate(0, again);
        return BitConverter.DoubleToInt64Bits(_curve.LastValue) == BitConverter.DoubleToInt64Bits(value)
            && MemoryMarshal.AsBytes<double>(again).SequenceEqual(MemoryMarshal.AsBytes<double>(_origin));
    }

    // |uᵀ(Hv) − vᵀ(Hu)| / (‖u‖‖Hv‖ + ‖v‖‖Hu‖), u random signs.
    private double Symmetry(double[] exact)
    {
        var random = new Random(options.Seed);
        double[] u = new double[x.Length];
        for (int i = 0; i < u.Length; i++)
            u[i] = random.NextDouble() < 0.5 ? -1 : 1;
        double[] other = exactProduct((double[])u.Clone());
        double size = Norms.Euclidean(u) * Norms.Euclidean(exact) + Norms.Euclidean(v) * Norms.Euclidean(other);
        return size == 0 ? 0 : Math.Abs(TensorPrimitives.Dot<double>(u, exact) - TensorPrimitives.Dot<double>(v, other)) / size;
    }
}
