using System.Diagnostics;
using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Bench;

/// <summary>Compiled gradients and Hessian-vector products as multiples of the plain C# function at every vector width of the machine,
/// each in a process of its own whose run time knows no wider vectors either.</summary>
internal static class Widths
{
    private const string Child = "widths";

    private static readonly (string Title, (string Name, string Value)[] Settings)[] s_machines =
    [
        ("512", []),
        ("256", [("DOTNET_EnableAVX512", "0")]),
        ("128", [("DOTNET_EnableAVX512", "0"), ("AUTODIFF_VECTOR_WIDTH", "128")]),
    ];

    public static void Run()
    {
        Console.WriteLine("Gradient / Hv as multiples of the plain function, compiled, one core; Hv with the point's LocalModel at hand.");
        List<Dictionary<string, string>> columns = [];
        foreach ((string title, (string Name, string Value)[] settings) in s_machines)
        {
            ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                start.ArgumentList.Add(typeof(Widths).Assembly.Location);
            start.ArgumentList.Add(Child);
            start.ArgumentList.Add("here");
            foreach ((string name, string value) in settings)
                start.Environment[name] = value;
            using Process child = Process.Start(start)!;
            columns.Add(child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]));
            child.WaitForExit();
        }
        Console.WriteLine($"{"",-34}{string.Concat(s_machines.Select(m => $"{m.Title,16}"))}");
        foreach (string row in columns[0].Keys)
            Console.WriteLine($"{row,-34}{string.Concat(columns.Select(c => $"{c.GetValueOrDefault(row, "–"),16}"))}");
    }

    /// <summary>The rows at the width of this process.</summary>
    public static void RunHere()
    {
        foreach (Workload workload in (Workload[])[Workload.RosenbrockScalar(1000), Workload.Mixture(), Workload.Recurrent(),
            Workload.Pairs(40), Waves(1000), Workload.NetworkArrays(64), Charges(30)])
        {
            Objective compiled = workload.Lambda.Compile(workload.Point);
            Print(workload.Name, workload.Point, workload.Plain, compiled);
        }
        LogisticRegressionData data = LogisticRegressionData.Synthetic(569, 30);
        double[] x = [.. Enumerable.Range(0, data.ParameterCount).Select(i => 0.1 * Math.Sin(i + 1))];
        Print("logistic, Objective.Mean", x, () => LogisticRegression.Value(data, x), LogisticLambda.ByRow(data));
        Adjust();
    }

    private static void Adjust()
    {
        BundleAdjustmentData data = BundleAdjustmentData.LoadBa1();
        double[] x = data.Start(), residuals = new double[BundleAdjustment.ResidualSize * data.ObservationCount],
            blocks = new double[BundleAdjustment.BlockSize * data.ObservationCount];
        BundleAdjustmentLambda.Compiled compiled = new(data, x);
        double[] times = Quick.Shortest(
            () => BundleAdjustment.Residuals(data, x, residuals), () => compiled.Jacobian(data, x, blocks));
        Console.WriteLine($"BA1, Jacobian\t{times[1] / times[0]:F2}");
    }

    private static void Print(string name, double[] x, Func<double> plain, Objective f)
    {
        double[] gradient = new double[x.Length], product = new double[x.Length],
            v = [.. Enumerable.Range(0, x.Length).Select(i => Math.Sin(i + 1))];
        using LocalModel at = f.At(x);
        double sink = 0;
        double[] times = Quick.Shortest(
            () => sink += plain(), () => sink += f.Gradient(x, gradient), () => at.Hessian.Apply(v, product));
        GC.KeepAlive(sink);
        Console.WriteLine($"{name}\t{times[1] / times[0]:F2} / {times[2] / times[0]:F2}");
    }

    private static Workload Waves(int n)
    {
        double[] x = [.. Enumerable.Range(0, n + 1).Select(i => Math.Sin(i))];
        Objective f = Objective.Of(z =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
                sum += VarMath.Exp(-z[i] * z[i]) * VarMath.Sin(z[i + 1]);
            return sum;
        });
        return new($"sum of exp(-x²) sin y, {n}", f, x, () =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
                sum += Math.Exp(-x[i] * x[i]) * Math.Sin(x[i + 1]);
            return sum;
        }, null, null);
    }

    private static Workload Charges(int n)
    {
        double[] x = [.. Enumerable.Range(0, 2 * n).Select(i => Math.Sin(2.3 * i * i))];
        Objective f = Objective.Of(z =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                {
                    Var dx = z[2 * i] - z[2 * j], dy = z[2 * i + 1] - z[2 * j + 1];
                    sum += 1 / VarMath.Sqrt(dx * dx + dy * dy);
                }
            }
            return sum;
        });
        return new($"sum of 1/r, {n} charges", f, x, () =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                {
                    double dx = x[2 * i] - x[2 * j], dy = x[2 * i + 1] - x[2 * j + 1];
                    sum += 1 / Math.Sqrt(dx * dx + dy * dy);
                }
            }
            return sum;
        }, null, null);
    }
}
