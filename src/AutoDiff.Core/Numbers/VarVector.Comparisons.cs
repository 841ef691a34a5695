using AutoDiff.Rules;

namespace AutoDiff;

// Elementwise comparisons: masks, one instruction each.
public readonly partial struct VarVector
{
    /// <summary>Where xᵢ &gt; yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator >(VarVector x, VarVector y) => new(Elementwise.Apply<IsAbove>(x.View, y.View));

    /// <summary>Where xᵢ &lt; yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator <(VarVector x, VarVector y) => y > x;

    /// <summary>Where xᵢ ≥ yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator >=(VarVector x, VarVector y) => new(Elementwise.Apply<IsAtLeast>(x.View, y.View));

    /// <summary>Where xᵢ ≤ yᵢ.</summary>
    /// <exception cref="ShapeMismatchException">The lengths differ and neither is 1.</exception>
    public static Mask operator <=(VarVector x, VarVector y) => y >= x;

    /// <summary>Where xᵢ &gt; c.</summary>
    public static Mask operator >(VarVector x, double c) => x > Constant(c);

    /// <summary>Where xᵢ &lt; c.</summary>
    public static Mask operator <(VarVector x, double c) => x < Constant(c);

    /// <summary>Where xᵢ ≥ c.</summary>
    public static Mask operator >=(VarVector x, double c) => x >= Constant(c);

    /// <summary>Where xᵢ ≤ c.</summary>
    public static Mask operator <=(VarVector x, double c) => x <= Constant(c);
}
