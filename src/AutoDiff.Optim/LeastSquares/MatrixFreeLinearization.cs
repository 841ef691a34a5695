using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>The Jacobian by its products only; steps by <see cref="Lsmr"/>, as exact as they need to be.</summary>
internal sealed class MatrixFreeLinearization : Linearization
{
    // Each estimates the squared norms of all columns, with a relative standard deviation of at most ½.
    private const int NormSamples = 8;

    private readonly ResidualOracle _oracle;
    private readonly double[] _x;
    private readonly double _forcing;
    private readonly ulong _seed;
    private double[] _scale = [];
    private double _offset = double.PositiveInfinity;

    public MatrixFreeLinearization(ResidualOracle oracle, ReadOnlySpan<double> x, double[] residuals, double forcing, ulong seed)
        : base(residuals, x.Length)
    {
        (_oracle, _x, _forcing, _seed) = (oracle, x.ToArray(), forcing, seed);
        if (!double.IsFinite(Value))
            return;
        oracle.Vjp(x, residuals).CopyTo(Gradient, 0);
        RandomStream random = RandomStream.Of(seed, RandomStreams.RoundOff);
        double[] change = new double[_x.Length];
        random.FillSigns(change);
        Multiply(change, _x);
        Floor = ReductionRatio.UnitRoundOff * Vectors.Norm(oracle.Jvp(x, change));
    }

    /// <summary>‖Aᵀr‖/(‖A‖·‖r‖) for A = J·D^−½, as LSMR's authors propose; infinite before there is a step.</summary>
    public override double Offset => _offset;

    /// <summary>u·‖J(x∘ξ)‖ for signs ξ.</summary>
    public override double Floor { get; }

    // The same signs at every point: that the estimates are noisy then changes the damping from step to step as little as can be.
    public override void ColumnNorms(Span<double> norms)
    {
        RandomStream random = RandomStream.Of(_seed, RandomStreams.Method);
        double[] signs = new double[Residuals.Length];
        norms.Clear();
        for (int sample = 0; sample < NormSamples; sample++)
        {
            random.FillSigns(signs);
            double[] product = _oracle.Vjp(_x, signs);
            for (int j = 0; j < norms.Length; j++)
                norms[j] = double.Hypot(norms[j], product[j]);
        }
        Vectors.Scale(1 / Math.Sqrt(NormSamples), norms, norms);
    }

    public override double Solve(double[] b, ReadOnlySpan<double> d, double radius, Span<double> s)
    {
        _scale = new double[d.Length];
        for (int j = 0; j < d.Length; j++)
            _scale[j] = 1 / d[j];
        double[] right = new double[b.Length];
        Vectors.Negate(b, right);
        (double norm, int _) =
            Lsmr.Solve(Multiply, MultiplyTransposed, right, 1 / Math.Sqrt(radius), _forcing, 2 * Math.Min(b.Length, d.Length) + 10, s);
        if (ReferenceEquals(b, Residuals))
            _offset = norm == 0 ? 0 : ScaledGradient() / (norm * Vectors.Norm(b));
        Multiply(s, _scale);
        double[] image = Finite(_oracle.Jvp(_x, s));
        return -Vectors.Dot(image, b) - 0.5 * Vectors.Dot(image, image);
    }

    private double ScaledGradient()
    {
        double[] scaled = [.. Gradient];
        Multiply(scaled, _scale);
        return Vectors.Norm(scaled);
    }

    private double[] Multiply(double[] v)
    {
        double[] scaled = [.. v];
        Multiply(scaled, _scale);
        return Finite(_oracle.Jvp(_x, scaled));
    }

    private double[] MultiplyTransposed(double[] u)
    {
        double[] product = Finite(_oracle.Vjp(_x, u));
        Multiply(product, _scale);
        return product;
    }

    private static void Multiply(Span<double> vector, ReadOnlySpan<double> factors) =>
        System.Numerics.Tensors.TensorPrimitives.Multiply(vector, factors, vector);

    private static double[] Finite(double[] product) =>
        Vectors.AreFinite(product) ? product : throw new RunEnded(OptimizationStatus.NonFiniteGradient);
}
