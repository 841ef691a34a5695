using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The verdict on a point: what kind of critical point it is, and how that was found out. Immutable.</summary>
public sealed record CriticalPoint
{
    // Of the default tolerance, and at how many points it looks.
    internal const double Accuracy = 1e-8;
    private const int Surroundings = 4;

    /// <summary>Minimum, maximum, saddle, undecided, or no critical point.</summary>
    public required CriticalPointKind Kind { get; init; }

    /// <summary>How surely.</summary>
    public CriticalPointProof Proof { get; init; }

    /// <summary>Whether the Hessian is singular to working accuracy, so that higher orders had to decide.</summary>
    public bool IsDegenerate { get; init; }

    /// <summary>Whether it is certain that the point is no minimum: at a saddle or a maximum, and where a direction of negative curvature
    /// beyond its error, or a lower point, is in hand though the kind is <see cref="CriticalPointKind.Undecided"/>, as at 0 of x⁴ − x² +
    /// 0·y.</summary>
    public bool IsNoMinimum { get; init; }

    /// <summary>Whether a curve through the point was followed on which f stays the same and the gradient zero to rounding, over a distance
    /// of 16 times the point's norm (of 16 at least) or until it closed: one of a continuum. False does not mean that the point is
    /// isolated.</summary>
    public bool IsNonIsolated { get; init; }

    /// <summary>The point, after polishing.</summary>
    public required double[] X { get; init; }

    /// <summary>f there.</summary>
    public required double Value { get; init; }

    /// <summary>‖∇f‖₂ there, with bounds ‖P(x − ∇f) − x‖₂.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The lowest eigenvalue of the Hessian that was found (with bounds, of the free variables'); NaN if none was looked
    /// for.</summary>
    public double LowestEigenvalue { get; init; } = double.NaN;

    /// <summary>A bound on the distance from <see cref="LowestEigenvalue"/> to an eigenvalue. That it is the lowest one is proven by a
    /// factorization only; see <see cref="Proof"/>.</summary>
    public double LowestEigenvalueError { get; init; } = double.NaN;

    /// <summary>The unit eigenvector that belongs to it; empty if none was looked for.</summary>
    public double[] LowestDirection { get; init; } = [];

    /// <summary>The highest eigenvalue found.</summary>
    public double HighestEigenvalue { get; init; } = double.NaN;

    /// <summary>A bound on the distance from <see cref="HighestEigenvalue"/> to an eigenvalue.</summary>
    public double HighestEigenvalueError { get; init; } = double.NaN;

    /// <summary>The unit eigenvector that belongs to it.</summary>
    public double[] HighestDirection { get; init; } = [];

    /// <summary>The number of negative eigenvalues, where it is known: by a factorization. Zero modes are left out: it counts on their
    /// complement.</summary>
    public int? Index { get; init; }

    /// <summary>How many directions belong to motions that leave f as it is (<see cref="Optim.Symmetry"/>), so that the Hessian is singular
    /// along them for no other reason. <see cref="Kind"/>, <see cref="Index"/> and the eigenvalues are those of their complement: a minimum
    /// is one up to these motions.</summary>
    public int ZeroModes { get; init; }

    /// <summary>What these motions are, such as "rigid motions"; empty if there are none.</summary>
    public string Motions { get; init; } = "";

    /// <summary>ε: with probability 1 − <see cref="FailureProbability"/> no eigenvalue lies below −ε. Zero after a factorization; NaN if
    /// nothing was bounded.</summary>
    public double Resolution { get; init; } = double.NaN;

    /// <summary>δ of <see cref="Resolution"/>.</summary>
    public double FailureProbability { get; init; }

    /// <summary>How the verdict was reached, in sentences.</summary>
    public required string Evidence { get; init; }

    /// <summary>What the examination asked of f.</summary>
    public Counts Counts { get; init; }

    /// <summary>Kind, extreme curvatures and evidence.</summary>
    public override string ToString() =>
        $"{Kind}{(ZeroModes > 0 ? $" up to {Findings.Counted(ZeroModes, Motions)}" : "")}{(IsDegenerate ? " (degenerate)" : "")}: ‖g‖ = {GradientNorm:G4}, curvature from {LowestEigenvalue:G6} ± {LowestEigenvalueError:G2} to {HighestEigenvalue:G6} ± {HighestEigenvalueError:G2}. {Evidence}";

    /// <summary>
    /// Says what kind of critical point of f lies at <paramref name="x"/>: polishes it by Newton steps, looks at the Hessian's extreme
    /// eigenvalues, and where some are zero to working accuracy at third and fourth derivatives.
    /// </summary>
    /// <remarks>
    /// <para>x is taken for critical if ‖∇f(x)‖ (with bounds ‖P(x − ∇f) − x‖) is at most <see cref="VerdictOptions.GradientTolerance"/>,
    /// by default a 10⁻⁸th of the gradient usual around, or if a relative change of x by 10⁻⁸ (by as much as the tolerance, where one is
    /// given) explains it: ‖g‖ ≤ 10⁻⁸·‖x‖·‖H·g/‖g‖‖. Both know no units of f. Otherwise the verdict is
    /// <see cref="CriticalPointKind.NotCritical"/>. Only points that Newton steps converge to, or that lie beside a critical one by the
    /// theorem of Newton and Kantorovich, are called critical: on a tail that levels off like e⁻ˣ it is
    /// <see cref="CriticalPointKind.Undecided"/>.</para>
    /// <para>Up to <see cref="VerdictOptions.DenseLimit"/> variables the error of the eigenvalues includes what rounding makes of the
    /// products, measured at points a few roundings off. Where it hides some, the variables are measured in units in which the Hessian is
    /// well scaled, which leaves its inertia as it is; <see cref="Evidence"/> says so, and the eigenvalues reported remain those of the
    /// Hessian itself.</para>
    /// <para>Cost: up to <see cref="VerdictOptions.DenseLimit"/> variables n products for each polishing step, mostly one to three, three
    /// more, and O(n³); beyond, Lanczos with <see cref="VerdictOptions.MaxProducts"/> products and as many vectors of n numbers. A Taylor
    /// expansion of order k counts as (k+1)(k+2)/2 products. f must be smooth around x; of third and fourth derivatives only where the
    /// Hessian is singular.</para>
    /// <para>Sources: C. Lanczos 1950; Kuczyński and Woźniakowski 1992 and van Dorsselaer, Hochstenbach and van der Vorst 2000 for the
    /// probabilities; the reduction to the null space is Lyapunov and Schmidt's.</para>
    /// </remarks>
    /// <param name="f">The objective; read from the calling thread only.</param>
    /// <param name="x">The point, which is not changed; the polished one is <see cref="X"/>.</param>
    /// <param name="options">Budget, limits, tolerance, symmetry; null: the defaults.</param>
    /// <param name="bounds">Bounds that x lies within; null: none.</param>
    /// <param name="seed">Of Lanczos' random start.</param>
    /// <param name="cancellationToken">Looked at before each evaluation; what was found until then is returned.</param>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty or lies outside the bounds, or f varies along the declared
    /// symmetry.</exception>
    /// <exception cref="ShapeMismatchException">The bounds are on another number of variables.</exception>
    public static CriticalPoint Classify(
        Objective f, ReadOnlySpan<double> x, VerdictOptions? options = null, Bounds? bounds = null, ulong seed = 1,
            CancellationToken cancellationToken = default)
    {
        options ??= VerdictOptions.Default;
        CheckWithin(x, bounds);
        using Oracle oracle = new(f, x.Length, null, cancellationToken) { Bounds = bounds };
        Examination examination = new(oracle, options, bounds, RandomStream.Of(seed, RandomStreams.Verdict));
        return NotCriticalAt(oracle, x, options, bounds, RandomStream.Of(seed, RandomStreams.Surroundings)) is { } verdict
            ? examination.ExamineKinks(x) ?? verdict
            : examination.Examine(x, [], null);
    }

    private static void CheckWithin(ReadOnlySpan<double> x, Bounds? bounds)
    {
        if (bounds is null)
            return;
        if (bounds.Dimension != x.Length)
            throw new ShapeMismatchException($"There are bounds on {bounds.Dimension} variables and the point has {x.Length}.");
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < bounds.Lower[i] || x[i] > bounds.Upper[i])
                throw new ArgumentException(
                    $"Variable {i} is {x[i]}, outside of its bounds {bounds.Lower[i]} and {bounds.Upper[i]}. Project the point first (Bounds.Project).", nameof(x));
        }
    }

    // What ends the evaluation here will end the examination too, which tells of it.
    private static CriticalPoint? NotCriticalAt(
        Oracle oracle, ReadOnlySpan<double> x, VerdictOptions options, Bounds? bounds, RandomStream random)
    {
        try
        {
            double[] gradient = new double[x.Length];
            double value = oracle.Linearize(x, gradient);
            oracle.HasBegun = true;
            double norm = bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
            if (norm == 0 || !double.IsFinite(value) || !double.IsFinite(norm))
                return null;
            double[] change = new double[x.Length];
            Vectors.Scale(1 / Vectors.Norm(gradient), gradient, change);
            oracle.Hessian.Apply(change, change);
            double explained = (options.GradientTolerance ?? Accuracy) * Vectors.Norm(x) * Vectors.Norm(change);
            double ofCurvature = Math.Max(1, Vectors.Norm(x)) * Vectors.Norm(change);
            double tolerance = options.GradientTolerance ?? Accuracy * Math.Max(ofCurvature, UsualGradient(oracle, x, bounds, ref random));
            if (norm <= explained || norm <= tolerance)
            {
                oracle.Relinearize(x);
                return null;
            }
            return new CriticalPoint
            {
                Kind = CriticalPointKind.NotCritical,
                Proof = CriticalPointProof.Proven,
                X = x.ToArray(),
                Value = value,
                GradientNorm = norm,
                Counts = oracle.Meter.Counts,
                Evidence = $"‖g‖ = {norm:G4} exceeds the tolerance of {tolerance:G3}, and the {explained:G2} that a relative change of x by as much would explain.",
            };
        }
        catch (RunEnded)
        {
            return null;
        }
    }

    // The least ‖∇f‖ of a few points around.
    private static double UsualGradient(Oracle oracle, ReadOnlySpan<double> x, Bounds? bounds, ref RandomStream random)
    {
        double least = double.PositiveInfinity, distance = Math.Max(1, Vectors.Norm(x));
        double[] point = new double[x.Length], gradient = new double[x.Length];
        for (int i = 0; i < Surroundings; i++)
        {
            random.FillNormal(point);
            Vectors.Scale(distance / Vectors.Norm(point), point, point);
            Vectors.AddScaled(1, x, point);
            bounds?.Project(point, point);
            oracle.Gradient(point, gradient);
            double norm = Vectors.Norm(gradient);
            if (double.IsFinite(norm))
                least = Math.Min(least, norm);
        }
        return double.IsFinite(least) ? least : 0;
    }
}
