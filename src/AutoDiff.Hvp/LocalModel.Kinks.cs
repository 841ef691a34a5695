namespace AutoDiff.Hvp;

// What is not smooth near the point.
public sealed partial class LocalModel
{
    private KinkReport? _kinks;

    /// <summary>The kinks of f's lambda, the nearest to x first: with their operation, place, argument and distance.</summary>
    /// <remarks>The lambda runs again when this is first asked for; see <see cref="KinkReport.Of"/> for the cost.</remarks>
    public KinkReport Kinks => LazyInitializer.EnsureInitialized(ref _kinks, () => KinkReport.Of(_objective, _point));

    /// <inheritdoc cref="SelectionSet.Of"/>
    public SelectionSet Selections(double radius, int limit = 1024) => SelectionSet.Of(_objective, _point, radius, limit);
}
