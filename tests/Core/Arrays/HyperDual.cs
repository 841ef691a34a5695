namespace AutoDiff.Tests.Core.Arrays;

/// <summary>
/// a + b ε₁ + c ε₂ + d ε₁ε₂ with ε₁² = ε₂² = 0: exact first and second derivatives of plain loops, sharing nothing with the library.
/// J. A. Fike and J. J. Alonso, The development of hyper-dual numbers for exact second-derivative calculations, AIAA 2011-886.
/// </summary>
internal readonly record struct HyperDual(double A, double B = 0, double C = 0, double D = 0)
{
    public static implicit operator HyperDual(double a) => new(a);

    public static HyperDual operator +(HyperDual x, HyperDual y) => new(x.A + y.A, x.B + y.B, x.C + y.C, x.D + y.D);

    public static HyperDual operator -(HyperDual x, HyperDual y) => new(x.A - y.A, x.B - y.B, x.C - y.C, x.D - y.D);

    public static HyperDual operator -(HyperDual x) => 0 - x;

    public static HyperDual operator *(HyperDual x, HyperDual y) =>
        new(x.A * y.A, x.A * y.B + x.B * y.A, x.A * y.C + x.C * y.A, x.A * y.D + x.B * y.C + x.C * y.B + x.D * y.A);

    public static HyperDual operator /(HyperDual x, HyperDual y) => x * y.With(1 / y.A, -1 / (y.A * y.A), 2 / (y.A * y.A * y.A));

    public static HyperDual operator %(HyperDual x, HyperDual y) => x - Math.Truncate(x.A / y.A) * y;

    public static HyperDual Exp(HyperDual x) => x.With(Math.Exp(x.A), Math.Exp(x.A), Math.Exp(x.A));

    public static HyperDual Log(HyperDual x) => x.With(Math.Log(x.A), 1 / x.A, -1 / (x.A * x.A));

    public static HyperDual Sqrt(HyperDual x) => x.With(Math.Sqrt(x.A), 0.5 / Math.Sqrt(x.A), -0.25 / (x.A * Math.Sqrt(x.A)));

    public static HyperDual Tanh(HyperDual x)
    {
        double t = Math.Tanh(x.A);
        return x.With(t, 1 - t * t, -2 * t * (1 - t * t));
    }

    public static HyperDual Sum(IEnumerable<HyperDual> terms) => terms.Aggregate(new HyperDual(0), (sum, x) => sum + x);

    /// <summary>φ(x), given its value and derivatives at the real part.</summary>
    private HyperDual With(double value, double first, double second) => new(value, first * B, first * C, first * D + second * B * C);
}
