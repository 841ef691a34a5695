using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>An objective that writes down where it is evaluated: with all data a first-order method evaluates its iterates, each
/// once.</summary>
internal sealed class Watched
{
    public Watched(Func<VarVector, Var> f) => Objective = Objective.Of(x =>
    {
        double[] point = new double[x.Length];
        for (int i = 0; i < point.Length; i++)
            point[i] = x[i].Value;
        Points.Add(point);
        return f(x);
    });

    public Objective Objective { get; }

    public List<double[]> Points { get; } = [];

    /// <summary>The iterates x₀ … x_steps.</summary>
    public static List<double[]> Iterates(FirstOrderMinimizer method, Func<VarVector, Var> f, double[] x0, int steps)
    {
        Watched watched = new(f);
        (method with { MaxIterations = steps, Certify = false }).Minimize(watched.Objective, x0);
        return watched.Points;
    }
}
