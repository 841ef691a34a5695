using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Bench;

/// <summary>A function that is measured: written plainly, by hand with derivatives, and as a lambda.</summary>
public sealed record Workload(
    string Name, Objective Lambda, double[] Point,
    Func<double> Plain, Action<double[]>? GradientByHand, Action<double[], double[]>? HvpByHand)
{
    public override string ToString() => Name;

    public static Workload RosenbrockScalar(int n) => Rosenbrock(n, "scalars", RosenbrockLambda.Scalar());

    public static Workload RosenbrockArrays(int n) => Rosenbrock(n, "arrays", RosenbrockLambda.Arrays());

    public static Workload Mixture()
    {
        GmmData data = GmmData.LoadD10K25();
        double[] x = data.Start();
        return new("GMM 1k d10 K25, scalars", GmmLambda.Scalar(data), x, () => Gmm.Value(data, x), g => Gmm.ValueAndGradient(data, x, g),
            (v, hv) => Gmm.Hvp(data, x, v, hv));
    }

    public static Workload NetworkArrays(int batch)
    {
        NetworkData data = new(batch: batch);
        double[] x = data.Start();
        return new($"network 784-128-10, batch {batch}, arrays", NetworkLambda.Arrays(data), x, () => Network.Value(data, x),
            g => Network.ValueAndGradient(data, x, g), (v, hv) => Network.Hvp(data, x, v, hv));
    }

    public static Workload Recurrent()
    {
        LstmData data = LstmData.LoadL2C1024();
        double[] x = data.Start();
        return new("LSTM l2 c1024, scalars", LstmLambda.Scalar(data), x, () => Lstm.Value(data, x), g => Lstm.ValueAndGradient(data, x, g),
            null);
    }

    public static Workload Pairs(int atoms)
    {
        double[] x = LennardJones.Lattice(atoms);
        return new($"Lennard-Jones, {atoms} atoms, scalars", LennardJonesLambda.Scalar(), x, () => LennardJones.Value(x),
            g => LennardJones.ValueAndGradient(x, g), (v, hv) => LennardJones.Hvp(x, v, hv));
    }

    public static IEnumerable<Workload> All() =>
        [RosenbrockScalar(1000), RosenbrockScalar(100_000), RosenbrockArrays(1000), RosenbrockArrays(100_000), Mixture(), Recurrent(),
            Pairs(40), NetworkArrays(64), NetworkArrays(256)];

    private static Workload Rosenbrock(int n, string style, Objective lambda)
    {
        double[] x = Problems.Rosenbrock.Start(n);
        return new($"Rosenbrock {n}, {style}", lambda, x, () => Problems.Rosenbrock.Value(x),
            g => Problems.Rosenbrock.ValueAndGradient(x, g), (v, hv) => Problems.Rosenbrock.Hvp(x, v, hv));
    }
}
