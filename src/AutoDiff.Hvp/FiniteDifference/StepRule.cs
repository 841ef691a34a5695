namespace AutoDiff.Hvp;

/// <summary>
/// How a finite difference chooses its step h along v. Truncation falls as h², round-off rises as u‖g‖/h (u = 2⁻⁵³): the rules balance the
/// two by a guess of the function's length scale, and none is safe everywhere; <see cref="Scan"/> looks instead of guessing.
/// </summary>
/// <remarks>
/// The relative step is c = (3u)^{1/3} for central differences, 2√u for forward ones, and 1/16 as the start of an extrapolation.
/// Source: P. E. Gill, W. Murray, M. A. Saunders, M. H. Wright, Computing forward-difference intervals for numerical optimization,
/// SIAM Journal on Scientific and Statistical Computing 4, 1983.
/// </remarks>
public sealed class StepRule
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly Func<Line, double> _scale;
    private readonly bool _isAbsolute;

    private StepRule(string name, Func<Line, double> scale, bool isAbsolute = false) =>
        (Name, _scale, _isAbsolute) = (name, scale, isAbsolute);

    /// <summary>The point and the direction.</summary>
    private readonly ref struct Line(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        public readonly ReadOnlySpan<double> X = x, V = v;
    }

    /// <summary>h = c·max(1, ‖x‖)/‖v‖, Euclidean norms. Wrong where the function varies on a scale far below ‖x‖, as cos does at
    /// 1e8.</summary>
    public static StepRule Classic { get; } = new("classic", line => Math.Max(1, Norms.Euclidean(line.X)) / Norms.Euclidean(line.V));

    /// <summary>h = c / maxᵢ(|vᵢ|/max(1, |xᵢ|)): no coordinate moves by more than c of its own size.</summary>
    public static StepRule PerCoordinate { get; } = new("per coordinate", line =>
    {
        double rate = 0;
        for (int i = 0; i < line.V.Length; i++)
            rate = Math.Max(rate, Math.Abs(line.V[i]) / Math.Max(1, Math.Abs(line.X[i])));
        return 1 / rate;
    });

    /// <summary>
    /// The step is looked for: differences at a step in each of 51 octaves below 16/‖v‖∞ and below 16‖x‖∞/‖v‖∞, judged by their consistency
    /// with one another. Costs some 100 to 200 evaluations, and meets every scale.
    /// </summary>
    public static StepRule Scan { get; } = new("scan", _ => double.NaN, isAbsolute: true);

    /// <summary>The step <paramref name="h"/>, whatever x and v are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">h is not positive and finite.</exception>
    public static StepRule Fixed(double h)
    {
        if (!(h > 0 && double.IsFinite(h)))
            throw new ArgumentOutOfRangeException(nameof(h), h, "A step must be positive and finite.");
        return new($"fixed {h.ToString("g6", System.Globalization.CultureInfo.InvariantCulture)}", _ => h, isAbsolute: true);
    }

    /// <summary>The rule's name, as reports print it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The step for a line x + t·v with v ≠ 0.</summary>
    internal double Step(ReadOnlySpan<double> x, ReadOnlySpan<double> v, DifferenceScheme scheme)
    {
        double scale = _scale(new Line(x, v));
        return _isAbsolute ? scale : scale * RelativeStep(scheme);
    }

    private static double RelativeStep(DifferenceScheme scheme) => scheme switch
    {
        DifferenceScheme.Central => Math.Cbrt(3 * UnitRoundoff),
        DifferenceScheme.Forward => 2 * Math.Sqrt(UnitRoundoff),
        _ => 1.0 / 16,
    };
}
