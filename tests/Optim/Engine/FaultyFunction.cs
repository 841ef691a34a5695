namespace AutoDiff.Tests.Optim.Engine;

/// <summary>What is made to go wrong.</summary>
public enum InjectedFault
{
    NaN,
    PositiveInfinity,
    NegativeInfinity,
    Exception,
    Cancellation,
    Timeout,
}

/// <summary>Where it goes wrong.</summary>
public enum FaultyPart
{
    Value,
    Gradient,
    Product,
}

/// <summary>
/// Rosenbrock's valley in four variables, f = Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², with derivatives by hand, which goes wrong at one evaluation
/// (or from one on) of its value, gradient or second derivative; and remembers the lowest finite value that it gave.
/// </summary>
internal sealed class FaultyFunction(FaultyPart part, InjectedFault fault, int at, bool lasts, CancellationTokenSource cancellation)
    : ArrayFunction, INumericJvp, INumericVjp, INumericVjpTangent
{
    public const int Dimension = 4;

    private readonly int[] _calls = new int[3];

    public static double[] Start => [-1.2, 1, -1.2, 1];

    /// <summary>The lowest finite value given; infinity before there is one. A value whose gradient threw in the same evaluation was not
    /// given.</summary>
    public double Lowest { get; private set; } = double.PositiveInfinity;

    private double _lowestBefore = double.PositiveInfinity;

    public bool HasFired { get; private set; }

    public override int OutputLength(int inputLength) => 1;

    public static double Exact(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
            sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i]);
        return sum;
    }

    public static double[] ExactGradient(ReadOnlySpan<double> x)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double d = x[i + 1] - x[i] * x[i];
            gradient[i] += -400 * d * x[i] - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * d;
        }
        return gradient;
    }

    public override void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        y[0] = Exact(x);
        Spoil(FaultyPart.Value, y);
        _lowestBefore = Lowest;
        if (double.IsFinite(y[0]))
            Lowest = Math.Min(Lowest, y[0]);
    }

    public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot)
    {
        double[] gradient = ExactGradient(x);
        for (int i = 0; i < x.Length; i++)
            yDot[0] += gradient[i] * xDot[i];
    }

    public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar)
    {
        double[] gradient = ExactGradient(x);
        for (int i = 0; i < x.Length; i++)
            xBar[i] += gradient[i] * yBar[0];
        Spoil(FaultyPart.Gradient, xBar);
    }

    public void VjpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar,
        ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
    {
        double[] gradient = ExactGradient(x);
        for (int i = 0; i < x.Length; i++)
            xBarDot[i] += gradient[i] * yBarDot[0];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double d = x[i + 1] - x[i] * x[i], dDot = xDot[i + 1] - 2 * x[i] * xDot[i];
            xBarDot[i] += yBar[0] * (-400 * (dDot * x[i] + d * xDot[i]) + 2 * xDot[i]);
            xBarDot[i + 1] += yBar[0] * 200 * dDot;
        }
        Spoil(FaultyPart.Product, xBarDot);
    }

    private void Spoil(FaultyPart called, Span<double> result)
    {
        int call = ++_calls[(int)called];
        if (called != part || (lasts ? call < at : call != at))
            return;
        HasFired = true;
        switch (fault)
        {
            case InjectedFault.NaN:
                result[^1] = double.NaN;
                break;
            case InjectedFault.PositiveInfinity:
                result[^1] = double.PositiveInfinity;
                break;
            case InjectedFault.NegativeInfinity:
                result[^1] = double.NegativeInfinity;
                break;
            case InjectedFault.Exception:
                Lowest = called == FaultyPart.Gradient ? _lowestBefore : Lowest;
                throw new TimeZoneNotFoundException("injected");
            case InjectedFault.Cancellation:
                cancellation.Cancel();
                break;
            case InjectedFault.Timeout:
                Thread.Sleep(FaultInjectionTests.Limit + TimeSpan.FromMilliseconds(2));
                break;
        }
    }
}
