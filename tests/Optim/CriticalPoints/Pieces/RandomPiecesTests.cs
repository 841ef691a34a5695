using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Optim.CriticalPoints.Pieces;

/// <summary>Random piecewise functions at the origin. Their leading part is homogeneous, so that its values on a fine sphere tell what the
/// point is.</summary>
public class RandomPiecesTests
{
    private const int Count = 150;

    [Theory, InlineData(2, 1), InlineData(2, 2), InlineData(3, 1), InlineData(3, 2)]
    public void No_verdict_is_wrong_and_few_are_missing(int n, int order)
    {
        SplitMix64 random = new((ulong)(100 * n + order));
        int undecided = 0, decidable = 0;
        for (int i = 0; i < Count; i++)
        {
            Func<VarVector, Var> leading = order == 1 ? Slopes(n, ref random) : Curvatures(n, ref random);
            (double least, double most) = OnTheSphere(Objective.Of(leading), n);
            double size = Math.Max(Math.Abs(least), Math.Abs(most));
            if (Math.Abs(least) < 0.02 * size || Math.Abs(most) < 0.02 * size)
                continue;
            decidable++;
            double bend = random.NextSigned();
            double scale = Math.ScaleB(1, (int)(random.Next() % 41) - 20), unit = Math.ScaleB(1, (int)(random.Next() % 21) - 10);
            // A change of variables that is the identity to first order, and what is of higher order than the leading part.
            Objective f = Objective.Of(
                x => scale * leading(Bent(unit * x, bend)) + (order == 1 ? scale * 0.3 * (unit * x).SquaredNorm() : 0));
            CriticalPoint point = CriticalPoint.Classify(f, new double[n]);
            CriticalPointKind truth = least > 0 ? CriticalPointKind.Minimum : most < 0 ? CriticalPointKind.Maximum
                : CriticalPointKind.Saddle;
            if (point.Kind == CriticalPointKind.Undecided)
                undecided++;
            else if (point.Kind == CriticalPointKind.NotCritical)
                truth.ShouldBe(CriticalPointKind.Saddle, $"n = {n}, order {order}, case {i}: from {least} to {most}; {point}");
            else
                point.Kind.ShouldBe(truth, $"n = {n}, order {order}, case {i}: from {least} to {most}; {point}");
        }
        decidable.ShouldBeGreaterThan(Count / 2);
        undecided.ShouldBeLessThanOrEqualTo(decidable / 10);
    }

    // y = x + bend·x₀²·e₁ − ½·bend·x₁²·e₀.
    private static VarVector Bent(VarVector x, double bend)
    {
        Var[] y = new Var[x.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i];
        y[0] = x[0] - 0.5 * bend * x[1] * x[1];
        y[1] = x[1] + bend * x[0] * x[0];
        return VarVector.Of(y);
    }

    // Sums of magnitudes, maxima of them, and magnitudes within magnitudes.
    private static Func<VarVector, Var> Slopes(int n, ref SplitMix64 random)
    {
        double[][] a = Rows(4, n, ref random);
        double[] w = Rows(1, 4, ref random)[0];
        double lift = 2 * random.NextSigned();
        bool isNested = random.Next() % 2 == 0;
        return x =>
        {
            Var first = Math.Abs(x.Dot(a[0])), second = Math.Abs(x.Dot(a[1]));
            Var inner = isNested ? Math.Abs(first - w[0] * second + w[1] * x.Dot(a[2])) : Math.Max(first, x.Dot(a[2]));
            return inner + w[2] * second + w[3] * Math.Relu(x.Dot(a[3])) + lift * (first + second);
        };
    }

    private static Func<VarVector, Var> Curvatures(int n, ref SplitMix64 random)
    {
        double[][] a = Rows(5, n, ref random);
        double[] w = Rows(1, 4, ref random)[0];
        double lift = 1.5 * random.NextSigned();
        return x =>
        {
            Var first = Math.Abs(x.Dot(a[0])), second = Math.Relu(x.Dot(a[1]));
            return lift * x.SquaredNorm() + w[0] * first * second + w[1] * Math.Abs(x.Dot(a[2]) * x.Dot(a[3])) + w[2] * Math.Square(second)
                + w[3] * first * x.Dot(a[4]);
        };
    }

    private static double[][] Rows(int count, int n, ref SplitMix64 random)
    {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++)
        {
            rows[i] = new double[n];
            for (int j = 0; j < n; j++)
                rows[i][j] = random.NextSigned();
        }
        return rows;
    }

    private static (double Least, double Most) OnTheSphere(Objective f, int n)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        const int steps = 720;
        for (int i = 0; i < steps; i++)
        {
            double longitude = 2 * Math.PI * i / steps;
            for (int j = 0; j < (n == 2 ? 1 : 60); j++)
            {
                double height = n == 2 ? 0 : (2 * j + 1) / 60.0 - 1, radius = Math.Sqrt(1 - height * height);
                double value = f.Value(
                    n == 2 ? [Math.Cos(longitude), Math.Sin(longitude)]
                    : [radius * Math.Cos(longitude), radius * Math.Sin(longitude), height]);
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }
        return (least, most);
    }
}
