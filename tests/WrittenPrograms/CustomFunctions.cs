using AutoDiff.Rules;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>x·exp(−x²) by its first derivative.</summary>
public readonly struct BumpRule : IUnaryRule<BumpRule>
{
    public static double Value(double x) => x * Math.Exp(-x * x);

    public static T First<T>(T x, T y) where T : struct, IScalar<T> => Faults.Bump * T.Exp(-T.Square(x)) * (1.0 - 2.0 * T.Square(x));
}

/// <summary>yᵢ = xᵢxᵢ₊₁ by its Jacobian-vector product.</summary>
public sealed class Neighbours : ArrayFunction, IArrayJvp
{
    public override int OutputLength(int inputLength) => inputLength;

    public override void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] * x[(i + 1) % x.Length];
    }

    public VarVector Jvp(VarVector x, VarVector y, VarVector xDot)
    {
        int[] next = [.. Enumerable.Range(0, x.Length).Select(i => (i + 1) % x.Length)];
        return xDot * x.Gather(next) + Faults.Neighbours * (x * xDot.Gather(next));
    }
}

/// <summary>yᵢ = sin(xᵢ)·x₀ by its vector-Jacobian product.</summary>
public sealed class SineTimesFirst : ArrayFunction, IArrayVjp
{
    public override int OutputLength(int inputLength) => inputLength;

    public override void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.Sin(x[i]) * x[0];
    }

    public VarVector Vjp(VarVector x, VarVector y, VarVector yBar)
    {
        VarVector xBar = Math.Cos(x) * x[0] * yBar;
        return Faults.DropSelf ? xBar : xBar + VarVector.Of(yBar.Dot(Math.Sin(x))).ScatterAdd([0], x.Length);
    }
}

/// <summary>(Σxᵢ³, Σxᵢ) by rules in plain numbers: gradients and Hessian-vector products, nothing beyond.</summary>
public sealed class CubesAndSum : ArrayFunction, INumericJvp, INumericVjp, INumericVjpTangent
{
    public override int OutputLength(int inputLength) => 2;

    public override void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        foreach (double e in x)
        {
            y[0] += e * e * e;
            y[1] += e;
        }
    }

    public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot)
    {
        for (int i = 0; i < x.Length; i++)
        {
            yDot[0] += 3 * x[i] * x[i] * xDot[i];
            yDot[1] += xDot[i];
        }
    }

    public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar)
    {
        for (int i = 0; i < x.Length; i++)
            xBar[i] = 3 * x[i] * x[i] * yBar[0] + yBar[1];
    }

    public void VjpTangent(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
    {
        for (int i = 0; i < x.Length; i++)
            xBarDot[i] = Faults.Curvature * 6 * x[i] * xDot[i] * yBar[0] + 3 * x[i] * x[i] * yBarDot[0] + yBarDot[1];
    }
}

/// <summary>Faults that a test plants into the suite's own rules, to see that they are found. Thread-static: other tests run beside
/// it.</summary>
internal static class Faults
{
    [ThreadStatic]
    private static double s_bump, s_neighbours, s_curvature;

    [ThreadStatic]
    internal static bool DropSelf;

    internal static void Clear()
    {
        (s_bump, s_neighbours, s_curvature) = (0, 0, 0);
        DropSelf = false;
    }

    internal static double Bump { get => 1 + s_bump; set => s_bump = value - 1; }

    internal static double Neighbours { get => 1 + s_neighbours; set => s_neighbours = value - 1; }

    internal static double Curvature { get => 1 + s_curvature; set => s_curvature = value - 1; }
}
