using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>A function of rotated and shifted variables y = Q(x − a), Q a Householder reflection and a not representable in few
/// digits.</summary>
internal static class Rotation
{
    public static (Objective F, double[] Origin) Of(int n, Func<Var[], Var> f, ulong seed = 3, double shift = 1)
    {
        RandomStream random = new(seed);
        double[] w = new double[n], a = new double[n];
        random.FillNormal(w);
        random.FillNormal(a);
        for (int i = 0; i < n; i++)
            a[i] *= shift;
        double square = w.Sum(c => c * c);
        Objective rotated = Objective.Of(x =>
        {
            Var dot = 0;
            for (int i = 0; i < n; i++)
                dot += w[i] * (x[i] - a[i]);
            Var[] y = new Var[n];
            for (int i = 0; i < n; i++)
                y[i] = x[i] - a[i] - 2 * w[i] / square * dot;
            return f(y);
        });
        return (rotated, a);
    }
}
