using AutoDiff.Rules;

namespace AutoDiff.Tests.Custom;

/// <summary>
/// yᵢ = xᵢ sin xᵢ₊₁ around a ring, and the last y = exp(mean x), whose derivative is written with y: one function with each choice of
/// derivative rules, and the same in scalar operations, whose derivatives are the library's own.
/// </summary>
public abstract class Coupled : ArrayFunction
{
    public override int OutputLength(int inputLength) => inputLength + 1;

    public override void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * Math.Sin(x[(i + 1) % x.Length]);
            sum += x[i];
        }
        y[x.Length] = Math.Exp(sum / x.Length);
    }

    /// <summary>The same function by recorded scalars.</summary>
    public static VarVector InScalars(VarVector x)
    {
        Var[] y = new Var[x.Length + 1];
        Var sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * Var.Apply<Sin>(x[(i + 1) % x.Length]);
            sum += x[i];
        }
        y[x.Length] = Var.Apply<Exp>(sum / x.Length);
        return VarVector.Of(y);
    }

    protected static VarVector Next(VarVector x) => VarVector.Concat(x[1..], x[..1]);

    protected static VarVector Previous(VarVector x) => VarVector.Concat(x[^1..], x[..^1]);

    protected static VarVector JvpRule(VarVector x, VarVector y, VarVector xDot)
    {
        VarVector next = Next(x);
        VarVector ring = xDot * VarVector.Apply<Sin>(next) + x * VarVector.Apply<Cos>(next) * Next(xDot);
        return VarVector.Concat(ring, VarVector.Of(y[^1] * xDot.Sum() / x.Length));
    }

    protected static VarVector VjpRule(VarVector x, VarVector y, VarVector yBar)
    {
        VarVector next = Next(x), ring = yBar[..^1];
        return ring * VarVector.Apply<Sin>(next) + Previous(ring * x * VarVector.Apply<Cos>(next)) + yBar[^1] * y[^1] / x.Length;
    }

    public sealed class WithNothing : Coupled;

    public sealed class WithJvp : Coupled, IArrayJvp
    {
        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => JvpRule(x, y, xDot);
    }

    public sealed class WithVjp : Coupled, IArrayVjp
    {
        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => VjpRule(x, y, yBar);
    }

    public sealed class WithBoth : Coupled, IArrayJvp, IArrayVjp
    {
        public VarVector Jvp(VarVector x, VarVector y, VarVector xDot) => JvpRule(x, y, xDot);

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => VjpRule(x, y, yBar);
    }

    public class WithNumericVjp : Coupled, INumericVjp
    {
        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar)
        {
            int n = x.Length;
            for (int i = 0; i < n; i++)
            {
                int next = (i + 1) % n;
                xBar[i] += yBar[i] * Math.Sin(x[next]) + yBar[n] * y[n] / n;
                xBar[next] += yBar[i] * x[i] * Math.Cos(x[next]);
            }
        }
    }

    public sealed class WithNumbers : WithNumericVjp, INumericJvp, INumericVjpTangent
    {
        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot)
        {
            int n = x.Length;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                int next = (i + 1) % n;
                yDot[i] = xDot[i] * Math.Sin(x[next]) + x[i] * Math.Cos(x[next]) * xDot[next];
                sum += xDot[i];
            }
            yDot[n] = y[n] * sum / n;
        }

        public void VjpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar,
            ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
        {
            int n = x.Length;
            for (int i = 0; i < n; i++)
            {
                int next = (i + 1) % n;
                (double sin, double cos) = Math.SinCos(x[next]);
                xBarDot[i] += yBarDot[i] * sin + yBar[i] * cos * xDot[next] + (yBarDot[n] * y[n] + yBar[n] * yDot[n]) / n;
                xBarDot[next] += yBarDot[i] * x[i] * cos + yBar[i] * (xDot[i] * cos - x[i] * sin * xDot[next]);
            }
        }
    }
}
