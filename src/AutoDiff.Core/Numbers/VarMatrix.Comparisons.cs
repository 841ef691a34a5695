using AutoDiff.Rules;

namespace AutoDiff;

// Elementwise comparisons: masks of the matrices' common shape, one instruction each.
public readonly partial struct VarMatrix
{
    /// <summary>Where xᵢⱼ &gt; yᵢⱼ; rows, columns and scalars are repeated.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static Mask operator >(VarMatrix x, VarMatrix y) => new(Elementwise.Apply<IsAbove>(x.View, y.View));

    /// <summary>Where xᵢⱼ &lt; yᵢⱼ; rows, columns and scalars are repeated.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static Mask operator <(VarMatrix x, VarMatrix y) => y > x;

    /// <summary>Where xᵢⱼ ≥ yᵢⱼ; rows, columns and scalars are repeated.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static Mask operator >=(VarMatrix x, VarMatrix y) => new(Elementwise.Apply<IsAtLeast>(x.View, y.View));

    /// <summary>Where xᵢⱼ ≤ yᵢⱼ; rows, columns and scalars are repeated.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
    public static Mask operator <=(VarMatrix x, VarMatrix y) => y >= x;
}
