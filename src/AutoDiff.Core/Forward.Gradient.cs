using System.Runtime.Intrinsics;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff;

// Derivatives by all variables, eight at a time.
public static partial class Forward
{
    /// <summary>∇f(x), of n elements, by ⌈n/8⌉ evaluations with eight directions each. For many variables reverse mode
    /// (<see cref="Objective"/>) is cheaper.</summary>
    /// <param name="f">The function, written over an array of multi-duals, which it may overwrite.</param>
    /// <param name="x">The point.</param>
    /// <exception cref="NestingException">A number kept from another differentiation entered f.</exception>
    public static double[] Gradient(Func<MultiDual[], MultiDual> f, ReadOnlySpan<double> x)
    {
        var gradient = new double[x.Length];
        Gradient(f, x, gradient);
        return gradient;
    }

    /// <summary>Writes ∇f(x) to <paramref name="gradient"/> and returns f(x).</summary>
    /// <inheritdoc cref="Gradient(Func{MultiDual[], MultiDual}, ReadOnlySpan{double})"/>
    /// <param name="f">The function, written over an array of multi-duals, which it may overwrite.</param>
    /// <param name="x">The point.</param>
    /// <param name="gradient">Receives the gradient; of the point's length. It may be the point's memory.</param>
    /// <exception cref="ShapeMismatchException">The gradient's length is not the point's.</exception>
    public static double Gradient(Func<MultiDual[], MultiDual> f, ReadOnlySpan<double> x, Span<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException(
                $"The point has {x.Length} elements, the gradient {gradient.Length}; give a gradient as long as the point.");
        double[] point = x.ToArray();
        var variables = new MultiDual[point.Length];
        int start = 0;
        double value;
        do
        {
            long level = Seed(variables, point, start);
            MultiDual y = f(variables);
            Vector512<double> tangents = y.TangentsAt(level);
            for (int i = start; i < Math.Min(start + MultiDual.Directions, point.Length); i++)
                gradient[i] = tangents.GetElement(i - start);
            value = y.Primal;
            start += MultiDual.Directions;
        }
        while (start < point.Length);
        return value;
    }

    /// <summary>The Jacobian of a function of n variables with m results: element [i, j] is ∂fᵢ/∂xⱼ. ⌈n/8⌉ evaluations.</summary>
    /// <param name="f">The function, written over an array of multi-duals, which it may overwrite.</param>
    /// <param name="x">The point.</param>
    /// <exception cref="ShapeMismatchException">The function returned arrays of different lengths.</exception>
    /// <exception cref="NestingException">A number kept from another differentiation entered f.</exception>
    public static double[,] Jacobian(Func<MultiDual[], MultiDual[]> f, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        double[] point = x.ToArray();
        var variables = new MultiDual[point.Length];
        double[,]? jacobian = null;
        int start = 0;
        do
        {
            long level = Seed(variables, point, start);
            MultiDual[] y = f(variables);
            jacobian ??= new double[y.Length, point.Length];
            if (y.Length != jacobian.GetLength(0))
                throw new ShapeMismatchException(
                    $"The function returned {jacobian.GetLength(0)} numbers, then {y.Length}; their number must not change between calls.");
            for (int i = 0; i < y.Length; i++)
            {
                Vector512<double> tangents = y[i].TangentsAt(level);
                for (int j = start; j < Math.Min(start + MultiDual.Directions, point.Length); j++)
                    jacobian[i, j] = tangents.GetElement(j - start);
            }
            start += MultiDual.Directions;
        }
        while (start < point.Length);
        return jacobian;
    }

    // One differentiation by eight variables; the others take part without a direction of their own.
    private static long Seed(MultiDual[] variables, double[] point, int start)
    {
        long level = Level.Next(Finite.HasInfinity(point));
        for (int i = 0; i < variables.Length; i++)
            variables[i] = i >= start && i < start + MultiDual.Directions
                ? MultiDual.Variable(point[i], i - start, level)
                : MultiDual.Inactive(point[i], level);
        return level;
    }
}
