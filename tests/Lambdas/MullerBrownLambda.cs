namespace AutoDiff.Lambdas;

/// <summary>The potential of Müller and Brown (Theor. Chim. Acta 53, 1979), on which methods for saddle points are tried: three minima, two
/// saddles.</summary>
public static class MullerBrownLambda
{
    private static readonly double[] s_height = [-200, -100, -170, 15], s_a = [-1, -1, -6.5, 0.7], s_b = [0, 0, 11, 0.6],
        s_c = [-10, -10, -6.5, 0.7];
    private static readonly double[] s_x = [1, 0, -0.5, -1], s_y = [0, 0.5, 1.5, 1];

    /// <summary>E(x, y) = Σ Aₖ exp(aₖ(x − xₖ)² + bₖ(x − xₖ)(y − yₖ) + cₖ(y − yₖ)²).</summary>
    public static Objective Energy() => Objective.Of(p =>
    {
        Var sum = 0;
        for (int k = 0; k < s_height.Length; k++)
        {
            Var x = p[0] - s_x[k], y = p[1] - s_y[k];
            sum += s_height[k] * Math.Exp(s_a[k] * x * x + s_b[k] * x * y + s_c[k] * y * y);
        }
        return sum;
    });

    /// <summary>The saddles, (x, y, E), to the digits that were computed independently.</summary>
    public static readonly double[][] Saddles = [[-0.82200156, 0.62431280, -40.66484351], [0.21248658, 0.29298833, -72.24894011]];
}
