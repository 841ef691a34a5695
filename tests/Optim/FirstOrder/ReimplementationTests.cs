using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>Iterates on random quadratics against the formulas written out number by number.</summary>
public class ReimplementationTests
{
    private const double Eta = 0.05, Beta = 0.85;
    private const int Dimension = 7, Steps = 60;

    public static TheoryData<FirstOrderMinimizer, int> Cases()
    {
        TheoryData<FirstOrderMinimizer, int> cases = new();
        foreach (FirstOrderMinimizer method in (FirstOrderMinimizer[])[
            new GradientDescent { LearningRate = Eta }, new Momentum { LearningRate = Eta, Beta = Beta },
                new HeavyBall { LearningRate = Eta, Beta = Beta },
            new Nesterov { LearningRate = Eta, Beta = Beta }, new RmsProp { LearningRate = Eta }, new Adam { LearningRate = Eta },
                new AdamW { LearningRate = Eta }])
        {
            for (int seed = 0; seed < 4; seed++)
                cases.Add(method, seed);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Each_method_follows_its_formula(FirstOrderMinimizer method, int seed)
    {
        Random random = new(seed);
        double[,] a = new double[Dimension, Dimension];
        double[] b = new double[Dimension], x = new double[Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            b[i] = random.NextDouble() - 0.5;
            x[i] = 4 * random.NextDouble() - 2;
            for (int j = 0; j <= i; j++)
                a[i, j] = a[j, i] = random.NextDouble() - 0.5 + (i == j ? 3 : 0);
        }
        List<double[]> iterates = Watched.Iterates(method, p => 0.5 * p.QuadraticForm(a) - p.Dot(b), x, Steps);
        iterates.Count.ShouldBe(Steps + 1);
        double[] v = new double[Dimension], s = new double[Dimension];
        for (int k = 1; k <= Steps; k++)
        {
            double[] g = new double[Dimension];
            for (int i = 0; i < Dimension; i++)
            {
                g[i] = -b[i];
                for (int j = 0; j < Dimension; j++)
                    g[i] += a[i, j] * x[j];
            }
            for (int i = 0; i < Dimension; i++)
            {
                x[i] = Next(method, k, x[i], g[i], ref v[i], ref s[i]);
                iterates[k][i].ShouldBe(x[i], 1e-11, $"step {k}, coordinate {i}");
            }
        }
    }

    private static double Next(FirstOrderMinimizer method, int k, double x, double g, ref double v, ref double s)
    {
        switch (method)
        {
            case GradientDescent:
                return x - Eta * g;
            case Momentum:
                v = Beta * v + (1 - Beta) * g;
                return x - Eta * v;
            case HeavyBall:
                v = Beta * v + g;
                return x - Eta * v;
            case Nesterov:
                v = Beta * v + g;
                return x - Eta * (g + Beta * v);
            case RmsProp:
                s = 0.99 * s + 0.01 * g * g;
                return x - Eta * g / (Math.Sqrt(s) + 1e-8);
            default:
                v = 0.9 * v + 0.1 * g;
                s = 0.999 * s + 0.001 * g * g;
                double shrunk = method is AdamW ? x - Eta * 0.01 * x : x;
                return shrunk - Eta * (v / (1 - Math.Pow(0.9, k))) / (Math.Sqrt(s / (1 - Math.Pow(0.999, k))) + 1e-8);
        }
    }
}
