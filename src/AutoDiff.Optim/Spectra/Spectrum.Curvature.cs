using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim;

public static partial class Spectrum
{
    /// <summary>dᵀAd/‖d‖², for a Hessian the second derivative along the direction d. The direction is normalized: its length does not
    /// count.</summary>
    /// <remarks>One product. The value lies between the smallest and the largest eigenvalue. NaN if the product is not finite.</remarks>
    /// <exception cref="ArgumentException">The direction is 0 or not finite, or has not the operator's length.</exception>
    public static double Curvature(ILinearOperator a, ReadOnlySpan<double> direction)
    {
        double[] d = UnitDirection(a, direction), product = new double[d.Length];
        a.Apply(d, product);
        return Vectors.AreFinite(product) ? Vectors.Dot(d, product) : double.NaN;
    }

    /// <summary>The curvature along a direction, split over the eigenvalues: dᵀAd = Σ tᵢ²λᵢ, with the part that belongs to no eigenvalue
    /// found named as the remainder.</summary>
    /// <remarks>
    /// A Lanczos run that starts from d itself: its Ritz values θᵢ and the squared first components tᵢ² of T's eigenvectors satisfy Σtᵢ²θᵢ
    /// = dᵀAd exactly at every step (Golub and Meurant 2010, chapter 6), and those that have converged are the eigenvalues that d has a
    /// part along. The direction is normalized first.
    /// </remarks>
    /// <exception cref="ArgumentException">The direction is 0 or not finite, or has not the operator's length; an option is outside its
    /// range.</exception>
    public static CurvatureDecomposition CurvatureAlong(
        ILinearOperator a, ReadOnlySpan<double> direction, CurvatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        double[] d = UnitDirection(a, direction);
        options ??= new CurvatureOptions();
        Lanczos lanczos = new(d.Length, options.Steps);
        lanczos.Start(d);
        while (lanczos.Step(a))
            cancellationToken.ThrowIfCancellationRequested();
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        int k = t.Values.Length;
        double norm = k == 0 ? 0 : Math.Max(Math.Abs(t.Values[0]), Math.Abs(t.Values[^1]));
        double roundOff = 5 * Tridiagonal.Epsilon * Math.Sqrt(d.Length) * lanczos.NormBound,
            productError = Math.Max(roundOff, lanczos.Asymmetry) + lanczos.DroppedCoupling;
        double threshold = Math.Max(options.Tolerance * norm, roundOff);
        List<CurvatureTerm> terms = [];
        double share = 0, remainder = 0;
        for (int i = 0; i < k; i++)
        {
            double residual = lanczos.NextCoupling * Math.Abs(t.Last(i)), coefficient = t.First(i);
            if (residual > threshold || lanczos.Asymmetry > threshold)
            {
                share += coefficient * coefficient;
                remainder += coefficient * coefficient * t.Values[i];
                continue;
            }
            double[] vector = new double[d.Length];
            lanczos.Combine(t.Vector(i), vector);
            if (coefficient < 0)
                Vectors.Negate(vector, vector);
            terms.Add(new CurvatureTerm(t.Values[i], Math.Abs(coefficient), vector, residual + productError));
        }
        return new CurvatureDecomposition
        {
            Curvature = k == 0 ? double.NaN : lanczos.Diagonal[0],
            Terms = terms,
            RemainderShare = k == 0 ? 1 : share,
            RemainderCurvature = k == 0 ? double.NaN : remainder,
            Status = lanczos.IsNonFinite ? SpectrumStatus.NonFinite : terms.Count == k ? SpectrumStatus.Converged
                : lanczos.Asymmetry > threshold ? SpectrumStatus.Stalled : SpectrumStatus.LimitProducts,
            Products = k,
        };
    }

    /// <summary>The condition number |λ|max/|λ|min with bounds, from both ends of the spectrum.</summary>
    /// <remarks>An indefinite operator's smallest magnitude lies inside the spectrum and is known only if the basis spans ℝⁿ; otherwise the
    /// result says that it is unreliable, as it does when the error bound of the smallest eigenvalue crosses 0.</remarks>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ConditionNumber Condition(
        ILinearOperator a, ExtremeEigenvalueOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ConditionNumber.Of(Extremes(
            a, (options ?? new ExtremeEigenvalueOptions()) with { Smallest = true, Largest = true }, progress, cancellationToken));

    /// <summary>The steps of gradient descent and of the heavy ball that the curvature allows, for the interval that the error bounds of
    /// both extreme eigenvalues span.</summary>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="ArithmeticException">No product was finite.</exception>
    public static LearningRates LearningRates(
        ILinearOperator a, ExtremeEigenvalueOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ExtremeEigenvalues e =
            Extremes(a, (options ?? new ExtremeEigenvalueOptions()) with { Smallest = true, Largest = true }, progress, cancellationToken);
        return e.Smallest.Count > 0
            ? Optim.LearningRates.Of(e.Smallest[0].Lower, e.Largest[0].Upper)
            : throw new ArithmeticException(
                "The operator's first product is not finite; no learning rate follows from it. Look at the point it was taken at.");
    }

    private static double[] UnitDirection(ILinearOperator a, ReadOnlySpan<double> direction)
    {
        int n = CheckOperator(a);
        if (direction.Length != n)
            throw new ShapeMismatchException($"The direction has {direction.Length} elements and the operator acts on {n}.");
        double[] d = direction.ToArray();
        double norm = Vectors.Norm(d);
        if (!(norm > 0) || !double.IsFinite(norm))
            throw new ArgumentException($"A direction has a finite length other than 0; this one's is {norm}.", nameof(direction));
        System.Numerics.Tensors.TensorPrimitives.Divide(d, norm, d);
        return d;
    }
}
