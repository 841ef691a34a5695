using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The extreme curvatures by Lanczos, with what they prove.</summary>
internal sealed class LanczosCertificate
{
    // The residual of a null vector, relative to ‖H‖.
    private const double NullResidual = 1e-11;

    private readonly ILinearOperator _hessian;
    private readonly double _failure;
    private readonly double[][] _zeroModes;

    /// <summary>Of H, confined to the complement of <paramref name="zeroModes"/>.</summary>
    public LanczosCertificate(ILinearOperator hessian, double failure, double[][] zeroModes) =>
        (_hessian, _failure, _zeroModes) = (hessian, failure, zeroModes);

    /// <summary>The lowest Ritz value and its bound on the distance to an eigenvalue.</summary>
    public RitzPair Lowest { get; private set; } = RitzPair.None;

    /// <summary>The highest.</summary>
    public RitzPair Highest { get; private set; } = RitzPair.None;

    /// <summary>No eigenvalue lies below, with the probability asked for.</summary>
    public double LowerBound { get; private set; } = double.NegativeInfinity;

    /// <summary>No eigenvalue lies above.</summary>
    public double UpperBound { get; private set; } = double.PositiveInfinity;

    /// <summary>The error of the products: max(10u√n·|θ|max here, the asymmetry met).</summary>
    public double Error { get; private set; }

    public int Steps { get; private set; }

    public bool IsNegativeProven => Lowest.Value + Lowest.Error < 0;

    /// <summary>Whether vᵀHv &lt; 0 beyond the error of the products, which is a proof whatever the residual.</summary>
    public bool HasNegative => Lowest.Value < -Error;

    public bool HasPositive => Highest.Value > Error;

    public bool IsPositiveLikely => LowerBound > Error;

    public bool IsNegativeLikely => UpperBound < -Error;

    // More steps do not make zero another number; whether there is less is seen on its complement.
    private bool IsNullVector => Math.Abs(Lowest.Value) <= Error && Lowest.Error - Error <= NullResidual * Highest.Value;

    /// <summary>How many steps would have been enough, if the spectrum reaches from the lowest Ritz value to the highest: Chebyshev's
    /// polynomial has to exceed 1/(δ√(π/2n)) at 0. Null if the lowest is not positive.</summary>
    public int? Needed(double failure)
    {
        if (!(Lowest.Value > Error) || !(Highest.Value > Lowest.Value))
            return null;
        double gap = Lowest.Value / (Highest.Value - Lowest.Value), size = 2 / (failure * Math.Sqrt(Math.PI / (2 * _hessian.Columns)));
        return (int)Math.Min(_hessian.Columns, 1 + Math.Ceiling(Math.Log(size) / (2 * Math.Asinh(Math.Sqrt(gap)))));
    }

    /// <summary>The relative error of a product, 10u√n.</summary>
    public static double ProductError(int dimension) => 10 * ReductionRatio.UnitRoundOff * Math.Sqrt(dimension);

    /// <summary>A few steps from a direction that the minimization met, which may show negative curvature at once.</summary>
    public void LookAlong(ReadOnlySpan<double> direction, int steps)
    {
        if (steps <= 0)
            return;
        Lanczos run = new(_hessian.Columns, steps);
        foreach (double[] vector in _zeroModes)
            run.Lock(vector);
        run.Start(direction);
        while (!IsNegativeProven && run.Step(_hessian))
            Read(run);
    }

    /// <summary>Up to <paramref name="steps"/> steps from a random start, until definite one way or the other.</summary>
    /// <param name="random">Where the start comes from.</param>
    /// <param name="steps">The most products.</param>
    /// <param name="locked">Orthonormal vectors that the run keeps away from.</param>
    public void Run(ref RandomStream random, int steps, IEnumerable<double[]> locked)
    {
        if (steps <= 0)
            return;
        Lanczos run = new(_hessian.Columns, steps);
        foreach (double[] vector in _zeroModes)
            run.Lock(vector);
        foreach (double[] vector in locked)
            run.Lock(vector);
        run.StartRandom(ref random);
        int next = 1;
        try
        {
            while (run.Step(_hessian))
            {
                if (run.Count < next && !run.IsFull && !run.IsInvariant)
                    continue;
                next = run.Count + 1 + run.Count / 8;
                Read(run);
                Bound(run);
                if (IsNegativeProven && Highest.Value - Highest.Error > 0 || IsPositiveLikely || IsNegativeLikely || IsNullVector)
                    return;
            }
        }
        catch (RunEnded) when (run.Count > Steps)
        {
            Read(run);
            Bound(run);
            throw;
        }
    }

    private void Bound(Lanczos run)
    {
        Steps = run.Count;
        double norm = Math.Max(Math.Abs(Lowest.Value) + Lowest.Error, Math.Abs(Highest.Value) + Highest.Error);
        double resolution = 0.5 * LanczosProbability.Margin(run.Dimension, norm, run.Count, _failure);
        LowerBound = Math.Max(Lowest.Value - resolution, ProbabilisticBound.LowerBound(run, _failure, 1)) - Error;
        UpperBound = Math.Min(Highest.Value + resolution, -ProbabilisticBound.LowerBound(run, _failure, -1)) + Error;
    }

    private void Read(Lanczos run)
    {
        double[] s = new double[run.Count];
        double low = Tridiagonal.Smallest(run.Diagonal, run.Couplings, s), lowResidual = run.NextCoupling * Math.Abs(s[^1]);
        double[] lowest = new double[run.Dimension], highest = new double[run.Dimension];
        run.Combine(s, lowest);
        double high = Tridiagonal.Largest(run.Diagonal, run.Couplings, s), highResidual = run.NextCoupling * Math.Abs(s[^1]);
        run.Combine(s, highest);
        Error = Math.Max(ProductError(run.Dimension) * Math.Max(Math.Abs(low), Math.Abs(high)), run.Asymmetry);
        if (!(Lowest.Value + Lowest.Error < Math.Min(0, low)))
            Lowest = new RitzPair(low, lowResidual + Error, lowest);
        if (!(Highest.Value - Highest.Error > Math.Max(0, high)))
            Highest = new RitzPair(high, highResidual + Error, highest);
    }
}
