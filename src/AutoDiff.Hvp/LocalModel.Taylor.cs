namespace AutoDiff.Hvp;

// Higher derivatives along curves, by Taylor arithmetic over the recording.
public sealed partial class LocalModel
{
    /// <summary>
    /// The directional derivatives f(x), f′[n], f″[n, n], f³[n, n, n], f⁴[n, n, n, n] up to <paramref name="order"/>, that is
    /// dᵏ/dtᵏ f(x + t·n) at t = 0: derivatives, not Taylor coefficients, which are the same by k!.
    /// </summary>
    /// <remarks>
    /// <para>Exact to rounding: Taylor arithmetic through the recording (Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008,
    /// chapter 13), without differences. Where the function has a kink on its way, the conventions of docs/nonsmooth.md hold at every
    /// order; a branch that the lambda chose by comparing numbers stays as chosen at x. Not finite where a derivative is not.</para>
    /// <para>Cost: one run of the reference interpreter, number by number, at (k + 1)(k + 2)/2 multiplications where the value takes one;
    /// an elementary function is evaluated up to 2ᵏ times. To order 4 that is 5 to 40 gradients, the more the better the gradient is
    /// vectorized, and about 100 bytes a recorded number while it runs: for looking at a point closely, not for an inner loop. Safe to call
    /// from many threads at once.</para>
    /// </remarks>
    /// <param name="direction">n, of <see cref="Dimension"/> numbers, of any norm.</param>
    /// <param name="order">The highest order k, from 0 to <see cref="TaylorExpansion.MaximumOrder"/>.</param>
    /// <returns><paramref name="order"/> + 1 numbers.</returns>
    /// <exception cref="ShapeMismatchException">The direction has not <see cref="Dimension"/> numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside 0 … 4.</exception>
    /// <exception cref="MissingRuleException">The lambda calls an <see cref="ArrayFunction"/> that has neither <see cref="IArrayJvp"/> nor
    /// <see cref="IArrayVjp"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public double[] DirectionalDerivatives(ReadOnlySpan<double> direction, int order)
    {
        double[] derivatives = new double[Checked(direction, order) + 1];
        Expand(direction, derivatives, []);
        return derivatives;
    }

    /// <summary>
    /// f and ∇f along the line x + t·n: the derivatives by t, at t = 0, up to <paramref name="order"/>. Of order 2 it has γ″ = f³[n, n, ·];
    /// of order 3 also f⁴[n, n, n, ·].
    /// </summary>
    /// <remarks>Accuracy, smoothness, cost and threads as of <see cref="DirectionalDerivatives"/>; the gradient's derivatives come from a
    /// reverse run in the same arithmetic, at about twice the cost.</remarks>
    /// <param name="direction">n, of <see cref="Dimension"/> numbers, of any norm.</param>
    /// <param name="order">The highest order, from 0 to <see cref="TaylorExpansion.MaximumOrder"/>.</param>
    /// <exception cref="ShapeMismatchException">The direction has not <see cref="Dimension"/> numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside 0 … 4.</exception>
    /// <exception cref="MissingRuleException">The lambda calls an <see cref="ArrayFunction"/> that has neither <see cref="IArrayJvp"/> nor
    /// <see cref="IArrayVjp"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public TaylorExpansion Expand(ReadOnlySpan<double> direction, int order)
    {
        Checked(direction, order);
        return ExpandAlong(direction, order);
    }

    /// <summary>
    /// f and ∇f along the parabola x + t·n + ½t²·m: the derivatives by t, at t = 0, up to <paramref name="order"/>. So
    /// φ″ = f″[n, n] + f′[m], and φ⁗ = f⁴[n, n, n, n] + 6 f³[n, n, m] + 3 f″[m, m].
    /// </summary>
    /// <remarks>As <see cref="Expand(ReadOnlySpan{double}, int)"/>.</remarks>
    /// <param name="direction">n = x′(0), of <see cref="Dimension"/> numbers.</param>
    /// <param name="curvature">m = x″(0), of as many.</param>
    /// <param name="order">The highest order, from 0 to <see cref="TaylorExpansion.MaximumOrder"/>.</param>
    /// <exception cref="ShapeMismatchException">The direction or the curvature has not <see cref="Dimension"/> numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside 0 … 4.</exception>
    /// <exception cref="MissingRuleException">The lambda calls an <see cref="ArrayFunction"/> that has neither <see cref="IArrayJvp"/> nor
    /// <see cref="IArrayVjp"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed of.</exception>
    public TaylorExpansion Expand(ReadOnlySpan<double> direction, ReadOnlySpan<double> curvature, int order)
    {
        Checked(curvature, Checked(direction, order));
        return ExpandAlong([.. direction, .. curvature], order);
    }

    private TaylorExpansion ExpandAlong(ReadOnlySpan<double> path, int order)
    {
        double[] derivatives = new double[order + 1], gradients = new double[(order + 1) * Dimension];
        Expand(path, derivatives, gradients);
        return new TaylorExpansion(derivatives, gradients);
    }

    private void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients)
    {
        Enter();
        try
        {
            _linearization.Expand(path, derivatives, gradients);
        }
        finally
        {
            _memory.Leave();
        }
    }

    private int Checked(ReadOnlySpan<double> vector, int order)
    {
        if (vector.Length != Dimension)
            throw new ShapeMismatchException($"A direction at a point of {Dimension} variables has as many numbers, not {vector.Length}.");
        if (order is < 0 or > TaylorExpansion.MaximumOrder)
            throw new ArgumentOutOfRangeException(
                nameof(order), order, $"Derivatives along a curve are available to orders 0 … {TaylorExpansion.MaximumOrder}.");
        return order;
    }
}
