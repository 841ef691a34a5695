using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Bench.AdBench;

/// <summary>
/// ADBench's objectives and the Rosenbrock function, differentiated by hand, by this library and by other engines, in one run. What runs in
/// this process takes turns; the other engines' programs run straight after, each beside the plain function in C++.
/// </summary>
internal static class Comparison
{
    /// <summary>All objectives whose name contains <paramref name="filter"/>.</summary>
    public static void Print(string? filter)
    {
        Engine[] engines = [.. Engine.All.Where(IsBuilt)];
        Console.WriteLine("Ratios are to the plain function of the same language, whose time stands first; processor times in µs. Of a lambda, Hv is one more product at the same point.");
        Console.WriteLine();
        Result.PrintHeader();
        foreach ((string title, string objective, Func<IEnumerable<Result>> results) in Objectives())
        {
            if (filter is not null && !title.Contains(filter, StringComparison.OrdinalIgnoreCase))
                continue;
            Console.WriteLine(title);
            Figures? byHand = null;
            foreach (Result result in results().Concat(engines.SelectMany(engine => engine.Measure(objective))))
            {
                Figures reference = byHand ?? result.Figures;
                byHand = reference with { Curvature = reference.Curvature ?? result.Figures.Curvature }; // Of the LSTM, the first lambda's.
                result.Print(byHand.Value);
            }
        }
    }

    private static IEnumerable<(string Title, string Objective, Func<IEnumerable<Result>> Results)> Objectives()
    {
        yield return ("Rosenbrock 1000", "rosenbrock-1000", () => Measure(Workload.RosenbrockScalar(1000), RosenbrockLambda.Arrays()));
        yield return ("Rosenbrock 100000", "rosenbrock-100000",
            () => Measure(Workload.RosenbrockScalar(100_000), RosenbrockLambda.Arrays()));
        yield return ("GMM 1k d10 K25", "gmm", () => Measure(Workload.Mixture(), GmmLambda.Arrays(GmmData.LoadD10K25())));
        yield return ("LSTM l2 c1024", "lstm", () => Measure(Workload.Recurrent(), LstmLambda.Arrays(LstmData.LoadL2C1024())));
        yield return ("BA1, Jacobian", "ba", MeasureJacobian);
    }

    private static bool IsBuilt(Engine engine)
    {
        string? reason = engine.Build();
        if (reason is not null)
            Console.WriteLine(reason);
        return reason is null;
    }

    private static IEnumerable<Result> Measure(Workload workload, Objective arrays)
    {
        double[] x = workload.Point;
        Objective compiled = workload.Lambda.Compile(x), compiledArrays = arrays.Compile(x);
        using LocalModel atScalars = workload.Lambda.At(x), atArrays = arrays.At(x), atCompiled = compiled.At(x),
            atCompiledArrays = compiledArrays.At(x);
        return Measure(x.Length, () => s_sink = workload.Plain(),
        [
            new("by hand", workload.Plain, workload.GradientByHand!, workload.HvpByHand),
            new("lambda, scalars", () => workload.Lambda.Value(x), g => workload.Lambda.Gradient(x, g),
                (v, hv) => atScalars.Hessian.Apply(v, hv)),
            new("lambda, arrays", () => arrays.Value(x), g => arrays.Gradient(x, g), (v, hv) => atArrays.Hessian.Apply(v, hv)),
            new("compiled, scalars", () => compiled.Value(x), g => compiled.Gradient(x, g), (v, hv) => atCompiled.Hessian.Apply(v, hv)),
            new("compiled, arrays", () => compiledArrays.Value(x), g => compiledArrays.Gradient(x, g),
                (v, hv) => atCompiledArrays.Hessian.Apply(v, hv)),
        ]);
    }

    private static IEnumerable<Result> MeasureJacobian()
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        double[] x = data.Start(), residuals = new double[BundleAdjustment.ResidualSize * data.ObservationCount];
        BundleAdjustmentLambda.Compiled compiled = new(data, x);
        return Measure(BundleAdjustment.BlockSize * data.ObservationCount, () => BundleAdjustment.Residuals(data, x, residuals),
        [
            new("by hand", () => Squares(() => BundleAdjustment.Residuals(data, x, residuals)),
                blocks => BundleAdjustment.Jacobian(data, x, blocks), null),
            new("lambda, scalars", () => Squares(() => BundleAdjustmentLambda.Residuals(data, x, residuals)),
                blocks => BundleAdjustmentLambda.Jacobian(data, x, blocks), null),
            new("lambda, vectors of 256", () => Squares(() => BundleAdjustmentLambda.Residuals(data, x, residuals)),
                blocks => BundleAdjustmentLambda.JacobianOfVectors(data, x, blocks), null),
            new("compiled, scalars", () => Squares(() => BundleAdjustmentLambda.Residuals(data, x, residuals)),
                blocks => compiled.Jacobian(data, x, blocks), null),
        ]);

        double Squares(Action evaluate)
        {
            evaluate();
            return Dot(residuals, residuals);
        }
    }

    // Results go here, or the compiler might find that nobody wants them.
    private static double s_sink;

    private sealed record Contender(string Name, Func<double> Value, Action<double[]> Gradient, Action<double[], double[]>? Product);

    private static List<Result> Measure(int size, Action plain, IReadOnlyList<Contender> contenders)
    {
        double[] gradient = new double[size], v = new double[size], product = new double[size];
        for (int i = 0; i < size; i++)
            v[i] = Math.Sin(i + 1);
        double[] nanoseconds =
            Quick.Shortest([plain,
            .. contenders.SelectMany(c => new Action[] { () => c.Gradient(gradient), () => c.Product?.Invoke(v, product) })]);
        List<Result> results = [];
        for (int i = 0; i < contenders.Count; i++)
        {
            (string name, Func<double> value, Action<double[]> differentiate, Action<double[], double[]>? multiply) = contenders[i];
            differentiate(gradient);
            multiply?.Invoke(v, product);
            Figures figures = new(value(), Math.Sqrt(Dot(gradient, gradient)), multiply is null ? null : Dot(v, product));
            results.Add(new Result(
                name, nanoseconds[0] / 1000, nanoseconds[1 + 2 * i] / 1000, multiply is null ? null
                : nanoseconds[2 + 2 * i] / 1000, figures));
        }
        return results;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (s, t) => s * t).Sum();
}
