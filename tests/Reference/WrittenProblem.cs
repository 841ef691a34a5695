using System.Globalization;
using System.Text;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Reference;

/// <summary>A problem with its hand-written derivatives and a point to test them at; its name is its name in the test report.</summary>
internal sealed record WrittenProblem(
    string Name, double[] X, Func<double[], double> Value, Func<double[], double[], double> ValueAndGradient,
    Action<double[], double[], double[]>? Hvp)
{
    /// <summary>Sizes at which every derivative can be held against differences, with no parameter at a special value.</summary>
    public static WrittenProblem Small(string name) => name switch
    {
        nameof(Rosenbrock) => new(name, Somewhere(7, 1.3), x => Rosenbrock.Value(x), (x, g) => Rosenbrock.ValueAndGradient(x, g),
            (x, v, hv) => Rosenbrock.Hvp(x, v, hv)),
        nameof(QuadraticForm) => Quadratic(6),
        nameof(LennardJones) => new(name, LennardJones.Lattice(9), x => LennardJones.Value(x),
            (x, g) => LennardJones.ValueAndGradient(x, g), (x, v, hv) => LennardJones.Hvp(x, v, hv)),
        nameof(LogisticRegression) => Logistic(LogisticRegressionData.Synthetic(23, 5)),
        nameof(Gmm) => Mixture(SmallGmm()),
        nameof(Lstm) => Memory(SmallLstm()),
        nameof(Network) => Layers(new NetworkData(inputs: 6, hidden: 5, classes: 3, batch: 7)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such problem."),
    };

    public static WrittenProblem Mixture(GmmData data) => new(nameof(Gmm), data.Start(), x => Gmm.Value(data, x),
        (x, g) => Gmm.ValueAndGradient(data, x, g), (x, v, hv) => Gmm.Hvp(data, x, v, hv));

    public static WrittenProblem Memory(LstmData data) => new(nameof(Lstm), data.Start(), x => Lstm.Value(data, x),
        (x, g) => Lstm.ValueAndGradient(data, x, g), null);

    public static WrittenProblem Layers(NetworkData data) => new(nameof(Network), data.Start(), x => Network.Value(data, x),
        (x, g) => Network.ValueAndGradient(data, x, g), (x, v, hv) => Network.Hvp(data, x, v, hv));

    public static WrittenProblem Chain(int n) => Small(nameof(Rosenbrock)) with { X = Rosenbrock.Start(n) };

    public double[] Gradient(double[] x)
    {
        double[] g = Stale(x.Length);
        ValueAndGradient(x, g);
        return g;
    }

    public double[] Product(double[] x, double[] v)
    {
        double[] hv = Stale(x.Length);
        Hvp!(x, v, hv);
        return hv;
    }

    /// <summary>What a destination may hold before it is written.</summary>
    private static double[] Stale(int n)
    {
        double[] a = new double[n];
        Array.Fill(a, 1e3);
        return a;
    }

    private static double[] Somewhere(int n, double scale, ulong seed = 11)
    {
        var random = new SplitMix64(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = scale * random.NextSigned();
        return x;
    }

    private static WrittenProblem Logistic(LogisticRegressionData data) => new(
        nameof(LogisticRegression), Somewhere(data.ParameterCount, 2), x => LogisticRegression.Value(data, x),
        (x, g) => LogisticRegression.ValueAndGradient(data, x, g), (x, v, hv) => LogisticRegression.Hvp(data, x, v, hv));

    private static WrittenProblem Quadratic(int n)
    {
        double[] a = Somewhere(n * n, 3, seed: 12), b = Somewhere(n, 2, seed: 13);
        return new(nameof(QuadraticForm), Somewhere(n, 1), x => QuadraticForm.Value(a, b, x),
            (x, g) => QuadraticForm.ValueAndGradient(a, b, x, g), (_, v, hv) => QuadraticForm.Hvp(a, v, hv));
    }

    /// <summary>4 dimensions, 3 components, 8 points, with a prior (γ, m) other than the files' (1, 0).</summary>
    private static GmmData SmallGmm()
    {
        const int D = 4, K = 3, N = 8;
        return new GmmData(new StringReader($"{D} {K} {N} {Text(Somewhere(K * (1 + 2 * D + D * (D - 1) / 2) + N * D, 1.1))} 0.7 2"));
    }

    private static LstmData SmallLstm()
    {
        const int L = 3, C = 6, B = 4;
        return new LstmData(new StringReader($"{L} {C} {B} {Text(Somewhere(8 * L * B + 3 * B + 2 * L * B + C * B, 1.5))}"));
    }

    private static string Text(double[] numbers)
    {
        var text = new StringBuilder();
        foreach (double e in numbers) text.Append(e.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }
}
