namespace AutoDiff.Optim.CriticalPoints;

/// <summary>C and Q over all directions cos θ·b₁ + sin θ·b₂: trigonometric polynomials, known from five angles.</summary>
internal sealed class NullCircle
{
    private const int Samples = 5, Grid = 360;

    // C = Σ (a cos jθ + b sin jθ), j = 1, 3; Q = q₀ + Σ (a cos jθ + b sin jθ), j = 2, 4.
    private readonly double[] _cosine = new double[5], _sine = new double[5];

    private NullCircle()
    {
    }

    /// <summary>From C and Q at five angles.</summary>
    public static NullCircle Through(Func<double, (double Cubic, double Quartic)> sample)
    {
        NullCircle circle = new();
        for (int k = 0; k < Samples; k++)
        {
            double angle = k * Math.PI / Samples;
            (double cubic, double quartic) = sample(angle);
            for (int j = 0; j <= 4; j++)
            {
                double weight = (j == 0 ? 1.0 : 2.0) / Samples * (j % 2 == 0 ? quartic : cubic);
                circle._cosine[j] += weight * Math.Cos(j * angle);
                circle._sine[j] += weight * Math.Sin(j * angle);
            }
        }
        return circle;
    }

    public double Cubic(double angle) => Term(1, angle) + Term(3, angle);

    public double Quartic(double angle) => _cosine[0] + Term(2, angle) + Term(4, angle);

    /// <summary>Where over [0, 2π) a trigonometric polynomial of fourth order is largest: on a grid that none of its humps escapes, then by
    /// golden section.</summary>
    public static double Largest(Func<double, double> function)
    {
        double step = 2 * Math.PI / Grid, best = 0;
        for (int k = 1; k < Grid; k++)
        {
            if (function(k * step) > function(best))
                best = k * step;
        }
        double low = best - step, high = best + step, golden = 0.5 * (Math.Sqrt(5) - 1);
        for (int i = 0; i < 80; i++)
        {
            double left = high - golden * (high - low), right = low + golden * (high - low);
            if (function(left) > function(right))
                high = right;
            else
                low = left;
        }
        double refined = 0.5 * (low + high);
        return function(refined) > function(best) ? refined : best;
    }

    private double Term(int j, double angle) => _cosine[j] * Math.Cos(j * angle) + _sine[j] * Math.Sin(j * angle);
}
