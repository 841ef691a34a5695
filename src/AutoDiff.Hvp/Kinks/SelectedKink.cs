using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>A kink that is active at a point, as one selection passes it. Immutable.</summary>
public sealed class SelectedKink
{
    private readonly double[] _point, _gradient;
    private readonly Lazy<bool> _isAffine;

    internal SelectedKink(TracedRun run, TracedKink kink, double[] x)
    {
        (Kink, Sides, _point) = (Kink.Of(kink), kink.Taken, x);
        Argument = run.ArgumentOf(kink);
        _gradient = new double[x.Length];
        Value = Argument.Gradient(x, _gradient);
        _isAffine = new(() => ((PieceObjective)Argument).IsAffine(_point));
    }

    /// <summary>The kink.</summary>
    public Kink Kink { get; }

    /// <summary>Where its argument lies in this selection. A single <see cref="Sides.Zero"/> is an equality that holds: a set without
    /// interior. <see cref="Sides.Negative"/> | <see cref="Sides.Positive"/> is one that does not, and bounds nothing.</summary>
    public Sides Sides { get; }

    /// <summary>z, as a smooth function of x within this selection.</summary>
    public Objective Argument { get; }

    /// <summary>z(x).</summary>
    public double Value { get; }

    /// <summary>∇z(x).</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Whether z is seen to be affine from the operations that make it. An affine z that multiplications hide is not
    /// seen.</summary>
    /// <remarks>Cost: one run of the reference interpreter, when first asked for.</remarks>
    public bool IsAffine => _isAffine.Value;
}
