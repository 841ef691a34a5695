using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.NewtonModels;

/// <summary>
/// The Hessian at an iterate as H ≈ Q·diag(λ)·Qᵀ on a subspace that contains the gradient, g = Q·c: all that Newton's method and its
/// relatives need, for each of them is a rule that turns (λⱼ, cⱼ) into the step's coefficient tⱼ.
/// </summary>
internal abstract class SpectralModel
{
    /// <summary>δ.</summary>
    public const double LeastCurvature = 1e-15;

    /// <summary>λ, ascending.</summary>
    public double[] Values { get; protected set; } = [];

    /// <summary>c = Qᵀg.</summary>
    public double[] Coefficients { get; protected set; } = [];

    /// <summary>max |λⱼ|.</summary>
    public double Norm => Values.Length == 0 ? 0 : Math.Max(Math.Abs(Values[0]), Math.Abs(Values[^1]));

    /// <summary>The dense Hessian up to <paramref name="denseLimit"/> variables, a Krylov space of at most
    /// <paramref name="basisLimit"/> beyond.</summary>
    public static SpectralModel For(int dimension, int denseLimit, int basisLimit) =>
        dimension <= denseLimit ? new DenseSpectralModel() : new KrylovSpectralModel(dimension, basisLimit);

    /// <summary>Forms the model where the oracle is linearized.</summary>
    /// <param name="oracle">Gives the products.</param>
    /// <param name="symmetric">H, or what a symmetry leaves of it.</param>
    /// <param name="gradient">g, of which no part lies along the symmetry.</param>
    /// <param name="directions">Directions that the subspace has to contain too, at a product each.</param>
    /// <param name="accuracy">The relative residual to which |H|s = −g is to be solvable in the subspace.</param>
    public abstract void Form(
        Oracle oracle, SymmetricModel symmetric, ReadOnlySpan<double> gradient, IReadOnlyList<double[]> directions, double accuracy);

    /// <summary>s = Q·t.</summary>
    public abstract void Combine(ReadOnlySpan<double> t, Span<double> s);

    /// <summary>Column <paramref name="index"/> of Q.</summary>
    public double[] Direction(int index, int dimension)
    {
        double[] t = new double[Values.Length], direction = new double[dimension];
        t[index] = 1;
        Combine(t, direction);
        return direction;
    }

    /// <summary>Writes tⱼ = −cⱼ/(max(|λⱼ|, δ‖H‖) + μ), the coefficients of the step (|H| + μI)s = −g, with δ = 1e-15: about what rounding
    /// leaves of an eigenvalue that is zero.</summary>
    public void AbsoluteStep(double mu, Span<double> t)
    {
        for (int j = 0; j < t.Length; j++)
            t[j] = Coefficients[j] == 0 ? 0 : -Coefficients[j] / (AbsoluteCurvature(j) + mu);
    }

    /// <summary>max(|λⱼ|, δ‖H‖).</summary>
    public double AbsoluteCurvature(int j) => Math.Max(Math.Abs(Values[j]), LeastCurvature * Norm);

    /// <summary>−(gᵀs + ½sᵀHs) for s = Q·t: how far the quadratic model falls.</summary>
    public double Decrease(ReadOnlySpan<double> t)
    {
        double sum = 0;
        for (int j = 0; j < t.Length; j++)
            sum -= t[j] * (Coefficients[j] + 0.5 * Values[j] * t[j]);
        return sum;
    }

    /// <summary>gᵀs.</summary>
    public double Slope(ReadOnlySpan<double> t) => Kernels.Vectors.Dot(Coefficients, t);
}
