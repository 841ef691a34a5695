namespace AutoDiff.Hvp;

/// <summary>F'(0) of a curve by a difference formula, with estimates of its error.</summary>
internal sealed class CurveDerivative
{
    private const int Rows = 10;
    private const double UnitRoundoff = 1.0 / (1L << 53);

    private CurveDerivative(double[] value, double step, double truncation, double roundoff) =>
        (Value, Step, TruncationError, RoundOffFloor) = (value, step, truncation, roundoff);

    public double[] Value { get; }

    public double Step { get; }

    public double TruncationError { get; }

    public double RoundOffFloor { get; }

    /// <summary>The derivative along a direction that is not zero; <paramref name="withErrors"/> spends evaluations on the truncation error
    /// where the formula itself gives none.</summary>
    public static CurveDerivative Of(Curve curve, FiniteDifferenceOptions options, bool withErrors)
    {
        if (ReferenceEquals(options.StepRule, StepRule.Scan))
            return Scanned(curve, options.Scheme);
        double h = options.StepRule.Step(curve.X, curve.V, options.Scheme);
        return options.Scheme switch
        {
            DifferenceScheme.Forward => Forward(curve, h, withErrors),
            DifferenceScheme.Central => Central(curve, h, withErrors),
            DifferenceScheme.Extrapolated => Extrapolated(curve, h),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Scheme, "An unknown difference scheme."),
        };
    }

    private static CurveDerivative Forward(Curve curve, double h, bool withErrors)
    {
        double[] origin = At(curve, 0), ahead = At(curve, h), value = ForwardQuotient(ahead, origin, h);
        // D(2h) − D(h) = h F''/2 + …, which is D(h)'s own error.
        double truncation = withErrors ? Norms.Distance(ForwardQuotient(At(curve, 2 * h), origin, 2 * h), value) : double.NaN;
        return new(value, h, truncation, 2 * Floor(origin, ahead, h));
    }

    private static CurveDerivative Central(Curve curve, double h, bool withErrors)
    {
        double[] ahead = At(curve, h), behind = At(curve, -h), value = StepScan.CentralQuotient(ahead, behind, h);
        // D(2h) − D(h) = 3h²F'''/6 + …, three times D(h)'s own error.
        double truncation = withErrors ? Norms.Distance(StepScan.CentralQuotient(At(curve, 2 * h), At(curve, -2 * h), 2 * h), value) / 3
            : double.NaN;
        return new(value, h, truncation, Floor(ahead, behind, h));
    }

    private static CurveDerivative Extrapolated(Curve curve, double start)
    {
        double[][] row = [], above;
        CurveDerivative? best = null;
        double h = start;
        for (int k = 0; k < Rows; k++, h /= 2)
        {
            above = row;
            row = new double[k + 1][];
            double[] ahead = At(curve, h), behind = At(curve, -h);
            double floor = Floor(ahead, behind, h);
            row[0] = StepScan.CentralQuotient(ahead, behind, h);
            double power = 1;
            for (int m = 1; m <= k; m++)
            {
                power *= 4;
                row[m] = Extrapolate(row[m - 1], above[m - 1], power);
                double error = Math.Max(Norms.Distance(row[m], row[m - 1]), Norms.Distance(row[m], above[m - 1]));
                if (best is null || error < best.TruncationError || !double.IsFinite(best.TruncationError))
                    best = new(row[m], h, error, floor);
            }
            if (k > 0 && Norms.Distance(row[k], above[k - 1]) > 2 * best!.TruncationError)
                break;
        }
        return best!;
    }

    private static CurveDerivative Scanned(Curve curve, DifferenceScheme scheme)
    {
        double[] origin = At(curve, 0);
        var forwards = new List<double[]>();
        StepScan scan = StepScan.Run(curve, origin, (h, plus, _, _, _) =>
        {
            if (scheme == DifferenceScheme.Forward)
                forwards.Add(ForwardQuotient(plus, origin, h));
        });
        LimitEstimate[] limits = scan.Limits();
        double[] limit = Array.ConvertAll(limits, l => l.Value), uncertainty = Array.ConvertAll(limits, l => l.Uncertainty);
        double error = Norms.Euclidean(uncertainty);
        if (scan.Steps.Count == 0 || !Norms.AreFinite(limit))
        {
            double[] unknown = new double[curve.Dimension];
            Array.Fill(unknown, double.NaN);
            return new(unknown, double.NaN, double.PositiveInfinity, double.PositiveInfinity);
        }
        if (scheme == DifferenceScheme.Extrapolated)
        {
            double smallest = limits.Min(l => l.Step);
            return new(limit, smallest, error, Floor(origin, origin, smallest));
        }
        IReadOnlyList<double[]> quotients = scheme == DifferenceScheme.Forward ? forwards : scan.Quotients;
        int nearest = Enumerable.Range(0, quotients.Count).MinBy(k => Norms.Distance(quotients[k], limit));
        return new(quotients[nearest], scan.Steps[nearest], Norms.Distance(quotients[nearest], limit) + error,
            Floor(origin, origin, scan.Steps[nearest]));
    }

    private static double[] At(Curve curve, double t)
    {
        double[] value = new double[curve.Dimension];
        curve.Evaluate(t, value);
        return value;
    }

    private static double[] ForwardQuotient(ReadOnlySpan<double> ahead, ReadOnlySpan<double> origin, double h)
    {
        double[] quotient = new double[ahead.Length];
        for (int i = 0; i < quotient.Length; i++)
            quotient[i] = (ahead[i] - origin[i]) / h;
        return quotient;
    }

    // T + (T − C)/(4ᵐ − 1), with T the finer and C the coarser entry.
    private static double[] Extrapolate(double[] fine, double[] coarse, double power)
    {
        double[] result = new double[fine.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = fine[i] + (fine[i] - coarse[i]) / (power - 1);
        return result;
    }

    private static double Floor(double[] a, double[] b, double h) => UnitRoundoff * Math.Max(Norms.Euclidean(a), Norms.Euclidean(b)) / h;
}
