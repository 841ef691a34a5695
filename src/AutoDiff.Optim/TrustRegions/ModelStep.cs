namespace AutoDiff.Optim.TrustRegions;

/// <summary>A step as its model sees it.</summary>
/// <param name="Length">Its length in the norm of the trust region.</param>
/// <param name="Decrease">By how much the model falls along it.</param>
/// <param name="Slope">gᵀs.</param>
/// <param name="IsBound">Whether the trust region, or the cubic term, held it back.</param>
internal readonly record struct ModelStep(double Length, double Decrease, double Slope, bool IsBound);
