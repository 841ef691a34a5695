using AutoDiff.Tests.Tables;

namespace AutoDiff.Tests.Laws;

/// <summary>
/// What a function of one or two variables must give at a point. A scale is what one relative error of the arguments makes of a result, so
/// that an error is judged against |result| + scale; NaN among the results says that the oracle does not know.
/// </summary>
public sealed record Sample(double[] X, double Value, double[] Gradient, double[,] Hessian)
{
    public double ValueScale { get; init; }
    public double[] GradientScale { get; init; } = new double[X.Length];
    public double[,] HessianScale { get; init; } = new double[X.Length, X.Length];

    /// <summary>The third derivative of a function of one variable, where the oracle knows it.</summary>
    public double Third { get; init; } = double.NaN;

    public double ThirdScale { get; init; }

    /// <summary>Whether the derivatives are stated so, and not the limit of difference quotients.</summary>
    public bool IsConvention { get; init; }

    public static Sample Of(UnaryRow r) => new([r.X], r.Value, [r.First], new[,] { { r.Second } })
    {
        ValueScale = Finite(r.X * r.First),
        GradientScale = [Finite(r.X * r.Second)],
        HessianScale = new[,] { { Finite(r.X * r.Third) } },
        Third = r.Third,
    };

    public static Sample Of(BinaryRow r) => new([r.X, r.Y], r.Value, [r.Fx, r.Fy], new[,] { { r.Fxx, r.Fxy }, { r.Fxy, r.Fyy } })
    {
        ValueScale = Finite(r.X * r.Fx) + Finite(r.Y * r.Fy),
        GradientScale = [Finite(r.X * r.Fxx) + Finite(r.Y * r.Fxy), Finite(r.X * r.Fxy) + Finite(r.Y * r.Fyy)],
    };

    /// <summary>The function with all operands but one held constant.</summary>
    public Sample Section(int variable) => new([X[variable]], Value, [Gradient[variable]], new[,] { { Hessian[variable, variable] } })
    {
        ValueScale = ValueScale,
        GradientScale = [GradientScale[variable]],
        HessianScale = new[,] { { HessianScale[variable, variable] } },
    };

    public override string ToString() => $"({string.Join(", ", X.Select(x => x.ToString("R")))})";

    private static double Finite(double scale) => double.IsFinite(scale) ? Math.Abs(scale) : 0;
}
