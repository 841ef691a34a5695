namespace AutoDiff.Hvp;

/// <summary>f(x), and ∇f(x) written to a span.</summary>
internal delegate double GradientFunction(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>t ↦ F(t), a function on the line x + t·v whose derivative at t = 0 is sought.</summary>
internal abstract class Curve(double[] x, double[] v)
{
    private readonly double[] _point = new double[x.Length];

    public ReadOnlySpan<double> X => x;

    public ReadOnlySpan<double> V => v;

    /// <summary>The length of F.</summary>
    public abstract int Dimension { get; }

    /// <summary>How often F was evaluated.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Writes F(t).</summary>
    public void Evaluate(double t, Span<double> result)
    {
        Evaluations++;
        Displace(t);
        EvaluateAt(_point, result);
    }

    /// <summary>
    /// How far the direction from x − t·v to x + t·v, whose coordinates are rounded, is from v: maxᵢ|(x + tv)ᵢ − (x − tv)ᵢ − 2tvᵢ| /
    /// (2t‖v‖∞). It is 1 where nothing moves.
    /// </summary>
    public double Rounding(double t)
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double shift = t * v[i];
            largest = Math.Max(largest, Math.Abs(0.5 * (x[i] + shift) - 0.5 * (x[i] - shift) - shift));
        }
        return largest / (t * Norms.Largest(v));
    }

    protected abstract void EvaluateAt(ReadOnlySpan<double> point, Span<double> result);

    private void Displace(double t)
    {
        for (int i = 0; i < x.Length; i++)
            _point[i] = x[i] + t * v[i];
    }
}

/// <summary>t ↦ ∇f(x + t·v), whose derivative is Hv; the values f(x + t·v) come along.</summary>
internal sealed class GradientCurve(GradientFunction gradient, double[] x, double[] v) : Curve(x, v)
{
    /// <summary>f at the last point.</summary>
    public double LastValue { get; private set; }

    public override int Dimension => X.Length;

    // Where f is no number, a gradient by formula (1/x of log x at −1) is none either.
    protected override void EvaluateAt(ReadOnlySpan<double> point, Span<double> result)
    {
        LastValue = gradient(point, result);
        if (double.IsNaN(LastValue))
            result.Fill(double.NaN);
    }
}

/// <summary>t ↦ f(x + t·v), whose derivative is vᵀ∇f.</summary>
internal sealed class ValueCurve(Objective f, double[] x, double[] v) : Curve(x, v)
{
    public override int Dimension => 1;

    protected override void EvaluateAt(ReadOnlySpan<double> point, Span<double> result) => result[0] = f.Value(point);
}
