using AutoDiff.Kernels;
using AutoDiff.Engine;
using System.Numerics.Tensors;
using AutoDiff.Rules;

namespace AutoDiff.Bench;

/// <summary>
/// Nanoseconds an element of the functions over arrays: System.Math (or what scalars use) one by one, TensorPrimitives, and the vector
/// form.
/// </summary>
internal static class Functions
{
    private const int Count = 2048;

    private delegate void Tensor(ReadOnlySpan<double> x, Span<double> y);

    private delegate void TensorPair(ReadOnlySpan<double> x, ReadOnlySpan<double> z, Span<double> y);

    public static void Run()
    {
        Console.WriteLine($"{"ns an element",-16}{"scalar",10}{"tensor",10}{"lanes",10}{"scalar/lanes",14}");
        One<Exp>(-10, 10, TensorPrimitives.Exp);
        One<Exp10>(-10, 10, TensorPrimitives.Exp10);
        One<Log>(0.1, 100, TensorPrimitives.Log);
        One<Log2>(0.1, 100, TensorPrimitives.Log2);
        One<Log10>(0.1, 100, TensorPrimitives.Log10);
        One<Sin>(-10, 10, TensorPrimitives.Sin);
        One<Tan>(-10, 10, TensorPrimitives.Tan);
        One<SinPi>(-10, 10, TensorPrimitives.SinPi);
        One<CosPi>(-10, 10, TensorPrimitives.CosPi);
        One<Asin>(-1, 1, TensorPrimitives.Asin);
        One<Acos>(-1, 1, TensorPrimitives.Acos);
        One<Atan>(-5, 5, TensorPrimitives.Atan);
        One<Asinh>(-5, 5, TensorPrimitives.Asinh);
        One<Acosh>(1, 10, TensorPrimitives.Acosh);
        One<Atanh>(-1, 1, TensorPrimitives.Atanh);
        One<Cbrt>(-100, 100, TensorPrimitives.Cbrt);
        One<LogGamma>(0.01, 30);
        One<Digamma>(0.01, 30);
        One<LogNormalCdf>(-5, 5);
        One<InverseMillsRatio>(-5, 5);
        Two<Pow>("Pow", 0.1, 10, -5, 5, TensorPrimitives.Pow);
        Two<Pow>("Pow (x < 0 too)", -10, 10, -5, 5, TensorPrimitives.Pow, whole: true);
        Two<Atan2>("Atan2", -5, 5, -5, 5, TensorPrimitives.Atan2);
        Two<Hypot>("Hypot", -5, 5, -5, 5, TensorPrimitives.Hypot);
        Two<CircleInversion>("CircleInversion", -5, 5, -5, 5);
    }

    private static void One<TRule>(double from, double to, Tensor? tensor = null) where TRule : struct, IUnaryRule<TRule>
    {
        double[] x = Arguments(from, to, 1), y = new double[Count];
        Report(
            typeof(TRule).Name,
            () => Scalars<TRule>(x, y),
            tensor is null ? null : () => tensor(x, y),
            () => Wide<TRule>(x, y));
    }

    private static void Two<TRule>(
        string name, double from, double to, double secondFrom, double secondTo, TensorPair? tensor = null, bool whole = false)
        where TRule : struct, IBinaryRule<TRule>
    {
        double[] x = Arguments(from, to, 1), z = Arguments(secondFrom, secondTo, 2), y = new double[Count];
        if (whole)
            TensorPrimitives.Round(z, z);
        Report(
            name,
            () => Scalars<TRule>(x, z, y),
            tensor is null ? null : () => tensor(x, z, y),
            () => Wide<TRule>(x, z, y));
    }

    private static void Scalars<TRule>(double[] x, double[] y) where TRule : struct, IUnaryRule<TRule>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = TRule.Value(x[i]);
    }

    private static void Scalars<TRule>(double[] x, double[] z, double[] y) where TRule : struct, IBinaryRule<TRule>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = TRule.Value(x[i], z[i]);
    }

    private static void Wide<TRule>(double[] x, double[] y) where TRule : struct, IUnaryRule<TRule>
    {
        if (VectorWidth.Lanes == 8)
            InLanes<TRule, Lanes8>(x, y);
        else if (VectorWidth.Lanes == 4)
            InLanes<TRule, Lanes4>(x, y);
        else
            InLanes<TRule, Lanes2>(x, y);
    }

    private static void InLanes<TRule, L>(double[] x, double[] y) where TRule : struct, IUnaryRule<TRule> where L : struct, ILanes<L>
    {
        for (int i = 0; i < x.Length; i += L.Count)
            L.Store(TRule.Value(L.Load(ref x[i])), ref y[i]);
    }

    private static void Wide<TRule>(double[] x, double[] z, double[] y) where TRule : struct, IBinaryRule<TRule>
    {
        if (VectorWidth.Lanes == 8)
            InLanes<TRule, Lanes8>(x, z, y);
        else if (VectorWidth.Lanes == 4)
            InLanes<TRule, Lanes4>(x, z, y);
        else
            InLanes<TRule, Lanes2>(x, z, y);
    }

    private static void InLanes<TRule, L>(double[] x, double[] z, double[] y)
        where TRule : struct, IBinaryRule<TRule> where L : struct, ILanes<L>
    {
        for (int i = 0; i < x.Length; i += L.Count)
            L.Store(TRule.Value(L.Load(ref x[i]), L.Load(ref z[i])), ref y[i]);
    }

    private static double[] Arguments(double from, double to, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => from + (to - from) * random.NextDouble())];
    }

    private static void Report(string name, Action scalar, Action? tensor, Action lanes)
    {
        double[] times = Quick.Shortest(scalar, tensor ?? (() => { }), lanes);
        string tensorTime = tensor is null ? "–" : $"{times[1] / Count:F2}";
        Console.WriteLine($"{name,-16}{times[0] / Count,10:F2}{tensorTime,10}{times[2] / Count,10:F2}{times[0] / times[2],14:F1}");
    }
}
