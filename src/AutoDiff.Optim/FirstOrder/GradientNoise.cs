using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>
/// The noise of mini-batch gradients at a point, εᵢ = gᵢ − ∇f, and what the exponential moving average of <see cref="Momentum"/> makes of
/// it, (1 − β)Σᵢ β^{k−i}εᵢ over i = 1 … k. Immutable.
/// </summary>
/// <remarks>
/// <para>If the εᵢ are independent with E‖ε‖² = σ², the accumulated noise has E‖·‖² = (1 − β)/(1 + β)·σ²·(1 − β^{2k}), a geometric sum.
/// Batches here are independent of each other: each is drawn anew from all rows, without replacement within it. The batches of one epoch
/// are not (their noise sums to zero over the epoch), and accumulate less.</para>
/// <para>The standard errors are those of means over independent runs: with r runs about √(2/r) of the value where the noise is near
/// normal.</para>
/// </remarks>
public sealed record GradientNoise
{
    private GradientNoise()
    {
    }

    /// <summary>∇f over all rows.</summary>
    public required double[] Gradient { get; init; }

    /// <summary>Rows a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>β.</summary>
    public required double Beta { get; init; }

    /// <summary>k, the batches of a run.</summary>
    public required int Steps { get; init; }

    /// <summary>The number of independent runs.</summary>
    public required int Runs { get; init; }

    /// <summary>σ², the mean of ‖εᵢ‖² over all batches of all runs.</summary>
    public required double Variance { get; init; }

    /// <summary>The standard error of <see cref="Variance"/>; infinite for a single run.</summary>
    public required double VarianceError { get; init; }

    /// <summary>The mean over the runs of ‖(1 − β)Σ β^{k−i}εᵢ‖².</summary>
    public required double AccumulatedVariance { get; init; }

    /// <summary>The standard error of <see cref="AccumulatedVariance"/>; infinite for a single run.</summary>
    public required double AccumulatedVarianceError { get; init; }

    /// <summary>What theory makes of the measured σ²: <see cref="PredictAccumulated"/> of <see cref="Variance"/>.</summary>
    public double PredictedAccumulatedVariance => PredictAccumulated(Variance, Beta, Steps);

    /// <summary>‖∇f‖/σ: below 1 a batch says more of itself than of f.</summary>
    public double SignalToNoise => Vectors.Norm(Gradient) / Math.Sqrt(Variance);

    /// <summary>(1 − β)/(1 + β)·σ²·(1 − β^{2k}), the variance of (1 − β)Σ β^{k−i}εᵢ over k independent εᵢ of variance σ².</summary>
    /// <exception cref="ArgumentOutOfRangeException">β is outside [0, 1), or k is negative.</exception>
    public static double PredictAccumulated(double variance, double beta, int steps)
    {
        CheckBeta(beta);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return (1 - beta) / (1 + beta) * variance * (1 - Math.Pow(beta, 2.0 * steps));
    }

    /// <summary>Measures the noise at <paramref name="x"/>, at the cost of the full gradient and
    /// <paramref name="steps"/>·<paramref name="runs"/> gradients of batches.</summary>
    /// <param name="f">The objective. The noise of a sum is that of the batch's gradient times n/b, which estimates ∇f.</param>
    /// <param name="x">The point.</param>
    /// <param name="batchSize">Rows a batch.</param>
    /// <param name="beta">β of the moving average, in [0, 1).</param>
    /// <param name="steps">k, batches a run.</param>
    /// <param name="runs">Independent repetitions.</param>
    /// <param name="seed">From which all batches follow.</param>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range; a batch is larger than the data.</exception>
    public static GradientNoise Measure(
        DataObjective f, ReadOnlySpan<double> x, int batchSize, double beta = 0.9, int steps = 50, int runs = 100, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, f.RowCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        CheckBeta(beta);
        double[] gradient = f.Gradient(x), epsilon = new double[x.Length], accumulated = new double[x.Length];
        int[] rows = [.. Enumerable.Range(0, f.RowCount)];
        double scale = RowSampling.Scale(f, batchSize);
        RandomStream random = new(seed);
        RunningMean variance = default, accumulatedVariance = default;
        for (int run = 0; run < runs; run++)
        {
            Array.Clear(accumulated);
            double squares = 0;
            for (int i = 0; i < steps; i++)
            {
                RowSampling.Shuffle(rows, batchSize, ref random);
                f.Batch(rows.AsSpan(0, batchSize)).Gradient(x, epsilon);
                Vectors.Scale(scale, epsilon, epsilon);
                Vectors.Subtract(epsilon, gradient, epsilon);
                squares += Vectors.Dot(epsilon, epsilon);
                Vectors.Scale(beta, accumulated, accumulated);
                Vectors.AddScaled(1 - beta, epsilon, accumulated);
            }
            variance.Add(squares / steps);
            accumulatedVariance.Add(Vectors.Dot(accumulated, accumulated));
        }
        return new GradientNoise
        {
            Gradient = gradient,
            BatchSize = batchSize,
            Beta = beta,
            Steps = steps,
            Runs = runs,
            Variance = variance.Mean,
            VarianceError = variance.StandardError,
            AccumulatedVariance = accumulatedVariance.Mean,
            AccumulatedVarianceError = accumulatedVariance.StandardError,
        };
    }

    private static void CheckBeta(double beta)
    {
        if (!(beta is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, $"beta is {beta}; it must lie in [0, 1).");
    }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(GradientNoise), PrintMembers);
}
