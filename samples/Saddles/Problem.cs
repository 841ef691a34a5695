using AutoDiff.Optim;

namespace AutoDiff.Samples.Saddles;

/// <summary>A function with a saddle, a start near or on it, and the rates that suit it.</summary>
/// <param name="Title">What is shown above the table.</param>
/// <param name="Function">f; a <see cref="DataObjective"/> where mini-batches are to be tried.</param>
/// <param name="Start">x₀.</param>
/// <param name="SaddleValue">f at the saddle.</param>
/// <param name="MinimumValue">f at the minima.</param>
/// <param name="LearningRate">η of the methods that follow gradients.</param>
/// <param name="Boost">By what η may be raised near the saddle and stay below 2/λmax.</param>
internal sealed record Problem(
    string Title, Objective Function, double[] Start, double SaddleValue, double MinimumValue, double LearningRate, double Boost)
{
    /// <summary>Halfway down from the saddle to the minimum: what lies below has left the saddle.</summary>
    public double Left => 0.5 * (SaddleValue + MinimumValue);

    /// <summary>x² − y² + y⁴/4: saddle 0, minima (0, ±√2) with f = −1.</summary>
    public static Problem Quartic(double[] start, string where) =>
        new($"x² − y² + y⁴/4 {where}", Objective.Of(x => x[0] * x[0] - x[1] * x[1] + Math.Pow(x[1], 4) / 4), start, 0, -1, 0.1, 5);

    /// <summary>
    /// ½Σλᵢzᵢ² + ¼z₀⁴ with λ₀ = −1 and the others from 1 to 10; z = x − 2(uᵀx)u, a reflection, so that no variable stands for the way
    /// out alone. The minima z₀ = ±1 have f = −¼.
    /// </summary>
    public static Problem Large(int n, bool isExact)
    {
        double[] curvatures = new double[n], u = new double[n], start = new double[n];
        for (int i = 0; i < n; i++)
        {
            curvatures[i] = i == 0 ? -1 : Math.Pow(10, (double)i / n);
            u[i] = 1 / Math.Sqrt(n);
        }
        if (!isExact)
        {
            // z₀ = 1e-6, the others 0.1: the reflection is its own inverse.
            double dot = (1e-6 + 0.1 * (n - 1)) / Math.Sqrt(n);
            for (int i = 0; i < n; i++)
                start[i] = (i == 0 ? 1e-6 : 0.1) - 2 * dot * u[i];
        }
        Objective f = Objective.Of(x =>
        {
            VarVector z = x - 2 * x.Dot(u) * (VarVector)u;
            return 0.5 * z.Dot(z * (VarVector)curvatures) + Math.Pow(z[0], 4) / 4;
        });
        return new($"{n} variables, one of the curvatures negative, {(isExact ? "from the saddle exactly" : "from beside the saddle")}", f,
            start, 0, -0.25, 0.1, 1.9);
    }

    /// <summary>
    /// The mean over noisy rows nᵢ of ¼(y − n)⁴ − ½(y − n)² + ½‖x − m‖². The noise of y comes in pairs ±n, so that y = 0 is a saddle of the
    /// mean, though it is not critical for any batch. The start lies on the ridge that leads down to it.
    /// </summary>
    public static Problem Rows(ulong seed)
    {
        const int pairs = 200, n = 10;
        Random random = new((int)(seed % int.MaxValue));
        double[,] rows = new double[2 * pairs, n];
        for (int i = 0; i < pairs; i++)
        {
            for (int j = 0; j < n; j++)
            {
                rows[2 * i, j] = 0.6 * (random.NextDouble() - 0.5);
                rows[2 * i + 1, j] = -rows[2 * i, j];
            }
        }
        DataObjective f = Objective.Mean(rows, (x, row) =>
        {
            VarVector d = x - row[..];
            Var square = d[0] * d[0];
            return 0.25 * square * square - square + 0.5 * d.SquaredNorm();
        });
        double[] start = new double[n];
        double saddle = f.Value(start);
        start.AsSpan(1).Fill(0.3);
        double minimum = new TrustRegionNewton { Certify = false }.Minimize(f, [1, .. new double[n - 1]]).Value;
        return new($"{2 * pairs} rows, {n} variables, from the ridge of their mean", f, start, saddle, minimum, 0.1, 5);
    }
}
