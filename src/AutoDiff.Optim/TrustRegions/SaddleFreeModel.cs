using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.NewtonModels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.TrustRegions;

/// <summary>
/// The saddle-free step (|H| + μI)s = −g, with μ ≥ 0 such that ‖s‖ ≤ Δ: downhill along every eigenvector, as far as its curvature goes,
/// whichever way it bends (Dauphin et al. 2014, equation 4 and section 5). On the spectrum of H, or of H in the Krylov space of g and the
/// last step.
/// </summary>
internal sealed class SaddleFreeModel(Oracle oracle, SaddleFreeNewton options) : Subproblem
{
    // ‖s‖ need not meet Δ more closely.
    private const double RadiusAccuracy = 1e-6;

    private const int MostRadiusSteps = 100;

    private readonly SpectralModel _model = SpectralModel.For(oracle.Dimension, options.DenseLimit, options.BasisLimit);
    private readonly SymmetricModel _symmetric = new(oracle, options.Symmetry ?? options.Verdict.Symmetry);
    private double[] _before = [], _x = [], _g = [];
    private double _accuracy;
    private bool _isFormed;

    public override int Count => _isFormed ? 1 : 0;

    public override void Begin(double[] x, double[] g)
    {
        (_before, _x, _g, _isFormed) = (_x, x.AsSpan().ToArray(), g, false);
    }

    public override void Extend(ILinearOperator h, int count)
    {
        if (count > 0)
            Form();
    }

    public override ModelStep Solve(ILinearOperator h, StepBound bound, double tolerance, Span<double> s)
    {
        if (!_isFormed)
        {
            _accuracy = tolerance;
            Form();
        }
        double[] t = new double[_model.Values.Length];
        double length = Coefficients(0, t);
        bool isBound = length > bound.Radius;
        if (isBound)
            length = Shorten(bound.Radius, t);
        _model.Combine(t, s);
        return new ModelStep(length, _model.Decrease(t), _model.Slope(t), isBound);
    }

    public override bool TryLowCurvature(Span<double> direction)
    {
        if (!_isFormed || _model.Values.Length == 0)
            return false;
        _model.Direction(0, direction.Length).CopyTo(direction);
        return true;
    }

    /// <summary>Writes what an interrupted run at x needs to form the same model again: where it came from.</summary>
    public void Store(StateWriter state, ReadOnlySpan<double> x)
    {
        state.Write(x.SequenceEqual(_x) ? _before : _x);
        state.Write(_accuracy);
    }

    /// <summary>Reads what <see cref="Store"/> wrote; the iterate is begun at next.</summary>
    public void Restore(StateReader state)
    {
        _x = state.ReadArray();
        _accuracy = state.ReadDouble();
    }

    private void Form()
    {
        double[] lastStep = new double[_x.Length];
        if (_before.Length > 0)
            Vectors.Subtract(_x, _before, lastStep);
        _model.Form(oracle, _symmetric, _symmetric.At(_x, _g), _before.Length > 0 ? [lastStep] : [], _accuracy);
        _isFormed = true;
    }

    // Writes t(μ), returns its norm.
    private double Coefficients(double mu, Span<double> t)
    {
        _model.AbsoluteStep(mu, t);
        return Vectors.Norm(t);
    }

    // ‖t(μ)‖ falls from above Δ at μ = 0 to below it at ‖g‖/Δ: Newton on 1/‖t‖ − 1/Δ, which is nearly linear, within that bracket.
    private double Shorten(double radius, Span<double> t)
    {
        double low = 0, high = Vectors.Norm(_g) / radius, mu = 0, length = Coefficients(0, t);
        for (int step = 0; step < MostRadiusSteps && Math.Abs(length - radius) > RadiusAccuracy * radius; step++)
        {
            (low, high) = length > radius ? (mu, high) : (low, mu);
            double sum = 0;
            for (int j = 0; j < t.Length; j++)
                sum += t[j] == 0 ? 0 : t[j] / length * (t[j] / length) / (_model.AbsoluteCurvature(j) + mu);
            double next = mu + (length / radius - 1) / sum;
            mu = next > low && next < high ? next : 0.5 * (low + high);
            length = Coefficients(mu, t);
        }
        return length;
    }
}
