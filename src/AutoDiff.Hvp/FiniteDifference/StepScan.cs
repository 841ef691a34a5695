using System.Numerics.Tensors;

namespace AutoDiff.Hvp;

/// <summary>
/// Central differences of a curve at one step in each of 51 octaves below 16 times each of two scales: displacements relative to 1 and
/// relative to ‖x‖∞.
/// </summary>
internal sealed class StepScan
{
    private const int OctavesBelow = 46, OctavesAbove = 4;

    // A direction rounded by more than this tells nothing of v.
    private const double WorstRounding = 0.5;

    private readonly List<double> _steps = [], _rounding = [];
    private readonly List<double[]> _quotients = [];
    private readonly double[] _level;

    private StepScan(double[] level) => _level = level;

    /// <summary>The steps at which both sides were finite, ascending.</summary>
    public IReadOnlyList<double> Steps => _steps;

    /// <summary>(F(h) − F(−h))/2h by step.</summary>
    public IReadOnlyList<double[]> Quotients => _quotients;

    /// <summary>The rounding of the direction by step; see <see cref="Curve.Rounding"/>.</summary>
    public IReadOnlyList<double> Rounding => _rounding;

    /// <summary>Steps at which F was not finite, or threw as outside its domain.</summary>
    public int OutsideDomain { get; private set; }

    /// <summary>What is told of each step besides the quotient: the step and F on either side.</summary>
    public delegate void Observer(double step, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus, double plusValue, double minusValue);

    /// <summary>Scans <paramref name="curve"/> around F(0) = <paramref name="level"/>.</summary>
    public static StepScan Run(
        Curve curve, double[] level, Observer? observer = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var scan = new StepScan(level);
        int[] exponents = Exponents(curve);
        double[] plus = new double[curve.Dimension], minus = new double[curve.Dimension];
        for (int k = 0; k < exponents.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)k / exponents.Length);
            double h = Step(exponents[k]), rounding = curve.Rounding(h);
            if (!(rounding < WorstRounding))
                continue;
            if (!TryEvaluate(curve, h, plus, out double plusValue) || !TryEvaluate(curve, -h, minus, out double minusValue))
            {
                scan.OutsideDomain++;
                continue;
            }
            observer?.Invoke(h, plus, minus, plusValue, minusValue);
            scan._steps.Add(h);
            scan._rounding.Add(rounding);
            scan._quotients.Add(CentralQuotient(plus, minus, h));
        }
        progress?.Report(1);
        return scan;
    }

    /// <summary>The steps below <paramref name="step"/>.</summary>
    public StepScan Below(double step)
    {
        StepScan below = new(_level) { OutsideDomain = OutsideDomain };
        int count = _steps.TakeWhile(h => h < step).Count();
        below._steps.AddRange(_steps[..count]);
        below._rounding.AddRange(_rounding[..count]);
        below._quotients.AddRange(_quotients[..count]);
        return below;
    }

    /// <summary>The limit in each component, F being off by as much as <paramref name="noise"/> says, if it says something.</summary>
    public LimitEstimate[] Limits(double[]? noise = null)
    {
        var limits = new LimitEstimate[_level.Length];
        if (noise is not null && IsBuried(noise))
        {
            Array.Fill(limits, LimitEstimate.None);
            return limits;
        }
        double[] steps = [.. _steps], column = new double[steps.Length], rounding = [.. _rounding];
        for (int k = 0; k < rounding.Length; k++)
            rounding[k] *= Norms.Largest(_quotients[k]);
        for (int i = 0; i < limits.Length; i++)
        {
            for (int k = 0; k < column.Length; k++)
                column[k] = _quotients[k][i];
            limits[i] = LimitEstimate.Of(steps, column, rounding, Math.Abs(_level[i]), noise?[i] ?? 0);
        }
        return limits;
    }

    // Whether all that F ever changes by is no more than rounding makes of it: a curvature on a small scale would not be seen.
    private bool IsBuried(double[] noise)
    {
        double all = 0;
        for (int k = 0; k < _steps.Count; k++)
            all = Math.Max(all, 2 * Norms.Euclidean(_quotients[k]) * _steps[k]);
        return all > 0 && all <= 2 * Norms.Euclidean(noise);
    }

    /// <summary>(a − b)/2h.</summary>
    public static double[] CentralQuotient(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double h)
    {
        double[] quotient = new double[a.Length];
        for (int i = 0; i < quotient.Length; i++)
            quotient[i] = (0.5 * a[i] - 0.5 * b[i]) / h;
        return quotient;
    }

    // Powers of two, shifted within a quarter of an octave by the golden ratio's fractions: plain ones would round the points alike over
    // octaves.
    private static double Step(int exponent)
    {
        double turns = exponent * 0.6180339887498949;
        return Math.ScaleB(1 + 0.25 * (turns - Math.Floor(turns)), exponent);
    }

    private static int[] Exponents(Curve curve)
    {
        var exponents = new SortedSet<int>();
        double rate = Norms.Largest(curve.V), size = Norms.Largest(curve.X);
        Add(1);
        if (size > 0)
            Add(size);
        return [.. exponents];

        void Add(double scale)
        {
            int centre = Math.ILogB(scale) - Math.ILogB(rate);
            for (int e = Math.Max(-1020, centre - OctavesBelow); e <= Math.Min(1020, centre + OctavesAbove); e++)
                exponents.Add(e);
        }
    }

    // A loss may refuse points far away; a point that cannot be evaluated is no evidence either way.
    private static bool TryEvaluate(Curve curve, double t, double[] result, out double value)
    {
        value = double.NaN;
        try
        {
            curve.Evaluate(t, result);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException and not ShapeMismatchException)
        {
            return false;
        }
        value = (curve as GradientCurve)?.LastValue ?? result[0];
        return double.IsFinite(value) && Norms.AreFinite(result);
    }
}
