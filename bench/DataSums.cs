using System.Globalization;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Bench;

/// <summary>
/// Sums over rows of data: a lambda of one row through <see cref="Objective.Mean"/>, beside the plain function, its derivatives by hand and
/// the same in operations on whole arrays, in one run.
/// </summary>
internal static class DataSums
{
    public static void Run(string? file)
    {
        Console.WriteLine($"{"workload",-44}{"plain µs",10}{"by hand:",10}{"grad",7}{"Hv",7}{"  lambda:",10}{"value",8}{"grad",8}{"Hv",8}{"Hv more",9}");
        LogisticRegressionData data = file is null ? LogisticRegressionData.Synthetic(569, 30) : Read(file);
        string name = file is null ? "logistic 569 × 30, synthetic"
            : $"logistic {data.RowCount} × {data.FeatureCount}, {Path.GetFileNameWithoutExtension(file)}";
        Logistic(name, data);
        Logistic("logistic 20,000 × 30, synthetic", LogisticRegressionData.Synthetic(20_000, 30));
        Network(64);
        Network(1024);
        Console.WriteLine();
        OneByOne("logistic 569 × 30, loop in the row", LogisticLambda.Loop(data), new double[data.ParameterCount]);
        NetworkData images = new(batch: 64);
        OneByOne("network 784-128-10, 64 rows", NetworkLambda.ByRow(images), images.Start());
        Digits();
        Console.WriteLine();
        Threads();
    }

    private static void Logistic(string name, LogisticRegressionData data)
    {
        double[] x = [.. Enumerable.Range(0, data.ParameterCount).Select(i => 0.1 * Math.Sin(i + 1))];
        Measurement of = new(
            x, () => LogisticRegression.Value(data, x), g => LogisticRegression.ValueAndGradient(data, x, g),
            (v, hv) => LogisticRegression.Hvp(data, x, v, hv));
        of.Print(name + ", loop in the row", LogisticLambda.Loop(data));
        of.Print(name + ", dot in the row", LogisticLambda.ByRow(data));
        of.Print(name + ", whole arrays", LogisticLambda.Arrays(data));
    }

    private static void Network(int batch)
    {
        NetworkData data = new(batch: batch);
        double[] x = data.Start();
        Measurement of = new(
            x, () => Problems.Network.Value(data, x), g => Problems.Network.ValueAndGradient(data, x, g),
            (v, hv) => Problems.Network.Hvp(data, x, v, hv));
        of.Print($"network 784-128-10, {batch} rows, by row", NetworkLambda.ByRow(data));
        of.Print($"network 784-128-10, {batch} rows, whole arrays", NetworkLambda.Arrays(data));
    }

    /// <summary>The shape of the handwritten digits: 1797 rows of 64 numbers, a hidden layer of 32, a little weight decay.</summary>
    private static void Digits()
    {
        const int rows = 1797, inputs = 64;
        ParameterLayout layout = new();
        MatrixBlock hiddenWeights = layout.Matrix("hidden weights", 32, inputs), outputWeights = layout.Matrix("output weights", 10, 32);
        VectorBlock hiddenBias = layout.Vector("hidden bias", 32), outputBias = layout.Vector("output bias", 10);
        SplitMix64 random = new(3);
        double[,] data = new double[rows, inputs + 1];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < inputs; j++)
                data[i, j] = random.NextUnit();
            data[i, inputs] = i % 10;
        }
        DataObjective f = Objective.Mean(data, (x, row) =>
        {
            VarVector hidden = Math.Tanh(hiddenWeights.In(x).MatMul(row[..inputs]) + hiddenBias.In(x));
            return (outputWeights.In(x).MatMul(hidden) + outputBias.In(x)).CrossEntropy(row.Label(inputs)) + 0.5e-4 * x.SquaredNorm();
        });
        OneByOne("network 64-32-10, 1797 rows", f, layout.Initialize(1));
    }

    private static void OneByOne(string name, DataObjective f, double[] x)
    {
        double[] gradient = new double[x.Length];
        double[] times = Quick.Shortest(() => f.Gradient(x, gradient), () => f.Accumulate(x, gradient, true));
        Console.WriteLine($"{name}: gradient in lanes {times[0] / 1000:F1} µs, each row recorded {times[1] / 1000:F1} µs");
    }

    private static void Threads()
    {
        LogisticRegressionData data = LogisticRegressionData.Synthetic(100_000, 30);
        DataObjective f = LogisticLambda.ByRow(data);
        double[] x = new double[data.ParameterCount], gradient = new double[x.Length];
        foreach (int threads in (int[])[1, 2])
        {
            f.MaxDegreeOfParallelism = threads;
            double time = Quick.Shortest(() => f.Gradient(x, gradient))[0];
            Console.WriteLine($"logistic 100,000 × 30, gradient, {threads} thread(s): {time / 1000:F0} µs");
        }
    }

    /// <summary>The first line tells rows and columns; the last column is the class. Features are brought to mean 0 and deviation
    /// 1.</summary>
    private static LogisticRegressionData Read(string file)
    {
        string[] lines = File.ReadAllLines(file);
        int[] size = [.. lines[0].Split(',').Take(2).Select(t => int.Parse(t, CultureInfo.InvariantCulture))];
        (int count, int features) = (size[0], size[1]);
        double[] rows = new double[count * features], labels = new double[count];
        for (int i = 0; i < count; i++)
        {
            double[] numbers = [.. lines[i + 1].Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
            numbers.AsSpan(0, features).CopyTo(rows.AsSpan(i * features));
            labels[i] = numbers[features];
        }
        for (int j = 0; j < features; j++)
        {
            double mean = 0, square = 0;
            for (int i = 0; i < count; i++)
                mean += rows[i * features + j] / count;
            for (int i = 0; i < count; i++)
                square += Math.Pow(rows[i * features + j] - mean, 2) / count;
            for (int i = 0; i < count; i++)
                rows[i * features + j] = (rows[i * features + j] - mean) / Math.Sqrt(square);
        }
        return new LogisticRegressionData(features, rows, labels);
    }

    private sealed record Measurement(double[] X, Func<double> Plain, Action<double[]> GradientByHand, Action<double[], double[]> HvpByHand)
    {
        public void Print(string name, Objective f)
        {
            double[] gradient = new double[X.Length], product = new double[X.Length],
                v = [.. Enumerable.Range(0, X.Length).Select(i => Math.Sin(i + 1))];
            using LocalModel at = f.At(X);
            double sink = 0;
            double[] times = Quick.Shortest(
                () => sink += Plain(),
                () => GradientByHand(gradient),
                () => HvpByHand(v, product),
                () => sink += f.Value(X),
                () => sink += f.Gradient(X, gradient),
                () => sink += f.Hvp(X, v, product),
                () => at.Hessian.Apply(v, product));
            GC.KeepAlive(sink);
            double plain = times[0];
            Console.WriteLine($"{name,-44}{plain / 1000,10:F1}{"",10}{times[1] / plain,7:F2}{times[2] / plain,7:F2}{"",10}{times[3] / plain,8:F2}{times[4] / plain,8:F2}{times[5] / plain,8:F2}{times[6] / plain,9:F2}");
        }
    }
}
