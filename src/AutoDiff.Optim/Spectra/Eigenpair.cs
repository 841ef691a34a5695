namespace AutoDiff.Optim;

/// <summary>An approximate eigenvalue with its unit eigenvector.</summary>
/// <param name="Value">The Ritz value θ = vᵀAv.</param>
/// <param name="Vector">The Ritz vector v, of unit length; its sign is arbitrary.</param>
/// <param name="ErrorBound">
/// ‖Av − θv‖ and what the products themselves may be off. Some eigenvalue of a symmetric A lies within this of θ (Parlett 1998, theorem
/// 4.5.1). That does not prove it to be the extreme one: a start without a part along the extreme eigenvector never sees it. What a random
/// start makes likely is <see cref="LanczosProbability"/>.
/// </param>
public sealed record Eigenpair(double Value, double[] Vector, double ErrorBound)
{
    /// <summary>θ − <see cref="ErrorBound"/>.</summary>
    public double Lower => Value - ErrorBound;

    /// <summary>θ + <see cref="ErrorBound"/>.</summary>
    public double Upper => Value + ErrorBound;

    /// <summary>Eigenvalue and error bound.</summary>
    public override string ToString() =>
        $"{Value:G10} ± {ErrorBound:G2}";
}
