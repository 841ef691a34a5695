namespace AutoDiff.Hvp;

/// <summary>
/// Derivatives by differences: Hessian-vector products from exact gradients, Hv ≈ (∇f(x + hv) − ∇f(x − hv)) / 2h, and gradients from
/// values. They cost about what the exact ones do, are less accurate by five digits or more, and are here to be compared with those.
/// </summary>
/// <remarks>
/// The error is O(h²‖v‖³f⁗) truncation plus u‖∇f‖/h round-off, so the step matters and no rule for it is safe everywhere: see
/// <see cref="StepRule"/>. f must be smooth between x − hv and x + hv. What is not finite in f is not finite in the result, and nothing is
/// thrown for it. Arguments are copied first, so a result may overlap them, and v may be the gradient itself: <c>FiniteDifference.Hvp(f, x,
/// f.Gradient(x))</c>. Source of the product by differences: B. A. Pearlmutter, Fast exact multiplication by the Hessian, Neural
/// Computation 6, 1994.
/// </remarks>
public static class FiniteDifference
{
    /// <summary>Hv by central differences of gradients with the classic step. Two gradients, O(n) memory.</summary>
    /// <exception cref="ShapeMismatchException">x and v differ in length.</exception>
    public static double[] Hvp(Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v) =>
        Hvp(f, x, v, FiniteDifferenceOptions.Default);

    /// <summary>Hv by differences of gradients.</summary>
    /// <inheritdoc cref="Hvp(Objective, ReadOnlySpan{double}, ReadOnlySpan{double})" path="/exception"/>
    public static double[] Hvp(Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, FiniteDifferenceOptions options)
    {
        double[] result = new double[x.Length];
        Hvp(f, x, v, result, options);
        return result;
    }

    /// <summary>Hv by differences of gradients, with an account of step and error. Two more gradients than without, for the estimate of the
    /// truncation error.</summary>
    /// <inheritdoc cref="Hvp(Objective, ReadOnlySpan{double}, ReadOnlySpan{double})" path="/exception"/>
    public static double[] Hvp(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, FiniteDifferenceOptions options, out FiniteDifferenceReport report)
    {
        double[] result = new double[x.Length];
        Hvp(f, x, v, result, options, out report);
        return result;
    }

    /// <summary>Writes Hv by differences of gradients to <paramref name="result"/>.</summary>
    /// <exception cref="ShapeMismatchException">x, v and the result differ in length.</exception>
    public static void Hvp(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result, FiniteDifferenceOptions? options = null) =>
        Product(f, x, v, result, options ?? FiniteDifferenceOptions.Default, withErrors: false);

    /// <summary>Writes Hv by differences of gradients to <paramref name="result"/>, with an account of step and error.</summary>
    /// <exception cref="ShapeMismatchException">x, v and the result differ in length.</exception>
    public static void Hvp(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result, FiniteDifferenceOptions options,
            out FiniteDifferenceReport report) =>
        report = Product(f, x, v, result, options, withErrors: true);

    /// <summary>∇f(x) by central differences of values along each coordinate, with the classic step. 2n values.</summary>
    public static double[] Gradient(Objective f, ReadOnlySpan<double> x) => Gradient(f, x, FiniteDifferenceOptions.Default);

    /// <summary>∇f(x) by differences of values along each coordinate.</summary>
    public static double[] Gradient(Objective f, ReadOnlySpan<double> x, FiniteDifferenceOptions options)
    {
        double[] result = new double[x.Length];
        Gradient(f, x, result, options);
        return result;
    }

    /// <summary>∇f(x) by differences of values along each coordinate, with an account of steps and errors. 2n more values than
    /// without.</summary>
    public static double[] Gradient(Objective f, ReadOnlySpan<double> x, FiniteDifferenceOptions options, out FiniteDifferenceReport report)
    {
        double[] result = new double[x.Length];
        Gradient(f, x, result, options, out report);
        return result;
    }

    /// <summary>Writes ∇f(x) by differences of values along each coordinate to <paramref name="result"/>.</summary>
    /// <exception cref="ShapeMismatchException">x and the result differ in length.</exception>
    public static void Gradient(Objective f, ReadOnlySpan<double> x, Span<double> result, FiniteDifferenceOptions? options = null) =>
        Slopes(f, x, result, options ?? FiniteDifferenceOptions.Default, withErrors: false);

    /// <summary>Writes ∇f(x) by differences of values along each coordinate to <paramref name="result"/>, with an account of steps and
    /// errors.</summary>
    /// <exception cref="ShapeMismatchException">x and the result differ in length.</exception>
    public static void Gradient(
        Objective f, ReadOnlySpan<double> x, Span<double> result, FiniteDifferenceOptions options, out FiniteDifferenceReport report) =>
        report = Slopes(f, x, result, options, withErrors: true);

    private static FiniteDifferenceReport Product(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result, FiniteDifferenceOptions options, bool withErrors)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(options);
        RequireLength("v", v.Length, x.Length);
        RequireLength("The result", result.Length, x.Length);
        if (Norms.Largest(v) == 0)
        {
            result.Clear();
            return Report(options, 0, 0, 0, 0, isFinite: true);
        }
        var curve = new GradientCurve(f.Gradient, x.ToArray(), v.ToArray());
        CurveDerivative derivative = CurveDerivative.Of(curve, options, withErrors);
        derivative.Value.CopyTo(result);
        return Report(options, derivative.Step, derivative.TruncationError, derivative.RoundOffFloor, curve.Evaluations,
            Norms.AreFinite(result));
    }

    private static FiniteDifferenceReport Slopes(
        Objective f, ReadOnlySpan<double> x, Span<double> result, FiniteDifferenceOptions options, bool withErrors)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(options);
        RequireLength("The result", result.Length, x.Length);
        double[] point = x.ToArray(), direction = new double[point.Length], truncation = new double[point.Length],
            roundoff = new double[point.Length];
        double step = double.PositiveInfinity;
        int evaluations = 0;
        for (int i = 0; i < point.Length; i++)
        {
            direction[i] = 1;
            var curve = new ValueCurve(f, point, direction);
            CurveDerivative derivative = CurveDerivative.Of(curve, options, withErrors);
            direction[i] = 0;
            (result[i], truncation[i], roundoff[i]) = (derivative.Value[0], derivative.TruncationError, derivative.RoundOffFloor);
            step = Math.Min(step, derivative.Step);
            evaluations += curve.Evaluations;
        }
        return Report(options, point.Length == 0 ? 0
            : step, Norms.Euclidean(truncation), Norms.Euclidean(roundoff), evaluations, Norms.AreFinite(result));
    }

    private static FiniteDifferenceReport Report(
        FiniteDifferenceOptions options, double step, double truncation, double roundoff, int evaluations, bool isFinite) => new()
    {
        Scheme = options.Scheme,
        Rule = options.StepRule,
        Step = step,
        TruncationError = truncation,
        RoundOffFloor = roundoff,
        Evaluations = evaluations,
        IsFinite = isFinite,
    };

    private static void RequireLength(string what, int length, int dimension)
    {
        if (length != dimension)
            throw new ShapeMismatchException($"{what} has {length} elements, and x has {dimension}: give both the same length.");
    }
}
