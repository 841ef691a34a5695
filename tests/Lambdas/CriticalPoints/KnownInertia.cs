using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>A function with a critical point in closed form, all eigenvalues of its Hessian there, and what the point is.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Objective">f.</param>
/// <param name="Point">The critical point; exact, or correctly rounded up to a few units in the last place.</param>
/// <param name="Spectrum">The exact eigenvalues of the Hessian, ascending.</param>
/// <param name="Kind">What the point is in truth.</param>
/// <param name="DecidingOrder">The order of the derivatives that decide it: 2, 3, 4, a higher one, or 0 if none does.</param>
/// <param name="Descent">A curve from the point, 0 &lt; t ≤ 1, on which f lies below; null if there is none.</param>
/// <param name="Ascent">The same with f above.</param>
public sealed record KnownInertia(
    string Name, Objective Objective, double[] Point, double[] Spectrum, TrueKind Kind, int DecidingOrder,
    Func<double, double[]>? Descent = null, Func<double, double[]>? Ascent = null)
{
    private static readonly Lazy<IReadOnlyList<KnownInertia>> s_all = new(() =>
        [.. PlanePoints.All(), .. TurnedPoints.All(), .. HiddenSaddles.All(), .. ModelPoints.All()]);

    /// <summary>All of them, with 1 to 300 variables.</summary>
    public static IReadOnlyList<KnownInertia> All => s_all.Value;

    /// <summary>The one of that name.</summary>
    public static KnownInertia Get(string name) => All.Single(point => point.Name == name);

    /// <summary>The number of variables.</summary>
    public int N => Point.Length;

    /// <summary>The number of positive eigenvalues.</summary>
    public int Positive => Spectrum.Count(value => value > 0);

    /// <summary>The number of eigenvalues that are 0.</summary>
    public int Zero => Spectrum.Count(value => value == 0);

    /// <summary>The number of negative eigenvalues, a saddle's index.</summary>
    public int Negative => Spectrum.Count(value => value < 0);

    /// <summary>λ_min.</summary>
    public double SmallestEigenvalue => Spectrum[0];

    /// <summary>λ_max.</summary>
    public double LargestEigenvalue => Spectrum[^1];

    /// <summary>
    /// The smallest size of an eigenvalue other than 0, relative to the largest; where it is below about 1e-15, products with the Hessian
    /// in double precision cannot tell the sign. 0 if all eigenvalues are.
    /// </summary>
    public double Resolution => Positive + Negative == 0 ? 0 : Spectrum.Where(value => value != 0).Min(Math.Abs) / Spectrum.Max(Math.Abs);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({N})";
}
