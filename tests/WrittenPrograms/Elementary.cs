namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>φ and its first five derivatives at a point, with the sizes of the terms that they are added up from.</summary>
public readonly struct Derivatives
{
    private readonly double[] _values, _sizes;

    public Derivatives(double[] values, double[]? sizes = null) => (_values, _sizes) = (values, sizes ?? values);

    public double this[int order] => _values[order];

    public double Size(int order) => Math.Max(Math.Abs(_sizes[order]), Math.Abs(_values[order]));
}

/// <summary>Elementary functions with their derivatives to the fifth order, from power series in h: φ(x + h), truncated.</summary>
/// <remarks>Each follows from a differential equation or from another series, so that no derivative is copied from the library; the sums of
/// absolute values of the same recurrences are the sizes.</remarks>
public static class Elementary
{
    private const int Orders = 6;

    private static readonly double[] s_factorials = [1, 1, 2, 6, 24, 120];

    public static Derivatives Sin(double x) => Cycle(Math.Sin(x), Math.Cos(x));

    public static Derivatives Cos(double x) => Cycle(Math.Cos(x), -Math.Sin(x));

    public static Derivatives Exp(double x) => All(Math.Exp(x));

    public static Derivatives ExpM1(double x)
    {
        double e = Math.Exp(x), value = Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Abs(x) < 0.5
            ? 2 * Math.Sinh(x / 2) * Math.Exp(x / 2) : e - 1;
        return new([value, e, e, e, e, e]);
    }

    public static Derivatives Exp2(double x)
    {
        double l = Math.Log(2), e = Math.Exp(x * l);
        return new([Math.Pow(2, x), e * l, e * l * l, e * l * l * l, e * l * l * l * l, e * l * l * l * l * l]);
    }

    public static Derivatives Sinh(double x) => new([Math.Sinh(x), Math.Cosh(x), Math.Sinh(x), Math.Cosh(x), Math.Sinh(x), Math.Cosh(x)]);

    public static Derivatives Cosh(double x) => new([Math.Cosh(x), Math.Sinh(x), Math.Cosh(x), Math.Sinh(x), Math.Cosh(x), Math.Sinh(x)]);

    public static Derivatives Reciprocal(double x) => Power(x, -1, 1 / x);

    public static Derivatives Sqrt(double x) => Power(x, 0.5, Math.Sqrt(x));

    public static Derivatives Cbrt(double x) => Power(x, 1.0 / 3, Math.Cbrt(x));

    public static Derivatives Square(double x) => new([x * x, 2 * x, 2, 0, 0, 0]);

    public static Func<double, Derivatives> Pow(double c) => x => Power(x, c, Math.Pow(x, c));

    public static Derivatives Log(double x)
    {
        double r = 1 / x;
        return new([Math.Log(x), r, -r * r, 2 * r * r * r, -6 * r * r * r * r, 24 * r * r * r * r * r]);
    }

    public static Derivatives LogP1(double x)
    {
        double r = 1 / (1 + x), u = 1 + x, value = u == 1 ? x : Math.Log(u) * x / (u - 1);
        return new([value, r, -r * r, 2 * r * r * r, -6 * r * r * r * r, 24 * r * r * r * r * r]);
    }

    // φ′ = 1 − φ².
    public static Derivatives Tanh(double x)
    {
        double t = Math.Tanh(x), c = Math.Cosh(x);
        return Series(t, 1 / (c * c), (s, k) => -Convolution(s, s, k), (s, k) => Convolution(s, s, k));
    }

    // φ′ = 1 + φ².
    public static Derivatives Tan(double x)
    {
        double t = Math.Tan(x);
        return Series(t, 1 + t * t, (s, k) => Convolution(s, s, k), (s, k) => Convolution(s, s, k));
    }

    // φ′ = φ(1 − φ).
    public static Derivatives Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x)), s0 = x >= 0 ? 1 / (1 + e) : e / (1 + e);
        return Series(s0, e / ((1 + e) * (1 + e)), (s, k) => s[k] - Convolution(s, s, k), (s, k) => s[k] + Convolution(s, s, k));
    }

    public static Derivatives Softplus(double x) => Integral(Math.Max(x, 0) + LogP1(Math.Exp(-Math.Abs(x)))[0], Sigmoid(x));

    public static Derivatives LogSigmoid(double x)
    {
        Derivatives s = Sigmoid(-x);
        return new([-Softplus(-x)[0], s[0], -s[1], s[2], -s[3], s[4]],
            [Softplus(-x)[0], s.Size(0), s.Size(1), s.Size(2), s.Size(3), s.Size(4)]);
    }

    public static Derivatives Silu(double x) => TimesX(x, Sigmoid(x));

    // φ′ = 1/(1 + x²), and so on: quotients of polynomials.
    public static Derivatives Atan(double x) => Integral(Math.Atan(x), OfPolynomial(-1, [1 + x * x, 2 * x, 1]));

    public static Derivatives Atanh(double x) =>
        Integral(0.5 * (LogP1(x)[0] - LogP1(-x)[0]), OfPolynomial(-1, [(1 - x) * (1 + x), -2 * x, -1]));

    public static Derivatives Asin(double x) => Integral(Math.Asin(x), OfPolynomial(-0.5, [(1 - x) * (1 + x), -2 * x, -1]));

    public static Derivatives Acos(double x)
    {
        Derivatives s = OfPolynomial(-0.5, [(1 - x) * (1 + x), -2 * x, -1]);
        return new([Math.Acos(x), -s[0], -s[1], -s[2], -s[3], -s[4]],
            [Math.Acos(x), s.Size(0), s.Size(1), s.Size(2), s.Size(3), s.Size(4)]);
    }

    public static Derivatives Asinh(double x) =>
        Integral(Math.Sign(x) * LogP1(Math.Abs(x) + x * x / (1 + Math.Sqrt(1 + x * x)))[0], OfPolynomial(-0.5, [1 + x * x, 2 * x, 1]));

    public static Derivatives Acosh(double x) => Integral(Math.Acosh(x), OfPolynomial(-0.5, [(x - 1) * (x + 1), 2 * x, 1]));

    public static Derivatives Erf(double x)
    {
        double sum = x, term = x;
        for (int n = 1; n < 200 && Math.Abs(term) > 1e-19 * Math.Abs(sum); n++)
            sum += term *= 2 * x * x / (2 * n + 1);
        double factor = 2 / Math.Sqrt(Math.PI);
        return Integral(factor * Math.Exp(-x * x) * sum, Scaled(factor, Gaussian(x, 2)));
    }

    public static Derivatives NormalCdf(double x)
    {
        double r = Math.Sqrt(0.5);
        Derivatives density = Scaled(1 / Math.Sqrt(2 * Math.PI), Gaussian(x, 1));
        return new([0.5 + 0.5 * Erf(x * r)[0], density[0], density[1], density[2], density[3], density[4]],
            [1, density.Size(0), density.Size(1), density.Size(2), density.Size(3), density.Size(4)]);
    }

    public static Derivatives Gelu(double x) => TimesX(x, NormalCdf(x));

    public static Derivatives Abs(double x) => Clear(x) > 0 ? new([x, 1, 0, 0, 0, 0]) : new([-x, -1, 0, 0, 0, 0]);

    public static Derivatives Relu(double x) => Clear(x) > 0 ? new([x, 1, 0, 0, 0, 0]) : new([0, 0, 0, 0, 0, 0]);

    /// <summary>x·exp(−x²), the suite's own rule.</summary>
    public static Derivatives Bump(double x) => TimesX(x, Gaussian(x, 2));

    // exp(−cx²/2): φ′ = −cxφ.
    private static Derivatives Gaussian(double x, double c)
    {
        double[] series = new double[Orders], sizes = new double[Orders];
        series[0] = sizes[0] = Math.Exp(-c * x * x / 2);
        for (int k = 0; k + 1 < Orders; k++)
        {
            series[k + 1] = -c * (x * series[k] + (k > 0 ? series[k - 1] : 0)) / (k + 1);
            sizes[k + 1] = c * (Math.Abs(x) * sizes[k] + (k > 0 ? sizes[k - 1] : 0)) / (k + 1);
        }
        return OfSeries(series, sizes);
    }

    private static Derivatives Scaled(double c, Derivatives d) =>
        new([.. Enumerable.Range(0, Orders).Select(k => c * d[k])], [.. Enumerable.Range(0, Orders).Select(k => Math.Abs(c) * d.Size(k))]);

    // (xφ)⁽ᵏ⁾ = xφ⁽ᵏ⁾ + kφ⁽ᵏ⁻¹⁾.
    private static Derivatives TimesX(double x, Derivatives d) =>
        new([.. Enumerable.Range(0, Orders).Select(k => x * d[k] + (k > 0 ? k * d[k - 1] : 0))],
            [.. Enumerable.Range(0, Orders).Select(k => Math.Abs(x) * d.Size(k) + (k > 0 ? k * d.Size(k - 1) : 0))]);

    private static Derivatives Integral(double value, Derivatives slope) =>
        new([value, slope[0], slope[1], slope[2], slope[3], slope[4]],
            [value, slope.Size(0), slope.Size(1), slope.Size(2), slope.Size(3), slope.Size(4)]);

    // p(x + h)ᵃ from p·φ′ = a·p′·φ.
    private static Derivatives OfPolynomial(double a, double[] p)
    {
        double[] series = new double[Orders], sizes = new double[Orders];
        series[0] = sizes[0] = Math.Pow(p[0], a);
        for (int k = 1; k < Orders; k++)
        {
            for (int j = 1; j <= Math.Min(k, p.Length - 1); j++)
            {
                double factor = (a * j - (k - j)) * p[j] / (k * p[0]);
                series[k] += factor * series[k - j];
                sizes[k] += Math.Abs(factor) * sizes[k - j];
            }
        }
        return OfSeries(series, sizes);
    }

    private static Derivatives Power(double x, double c, double value)
    {
        double[] d = new double[Orders];
        d[0] = value;
        for (int k = 1; k < Orders; k++)
            d[k] = d[k - 1] * (c - k + 1) / x;
        return new(d);
    }

    private static Derivatives Series(double value, double slope, Func<double[], int, double> next, Func<double[], int, double> nextSize)
    {
        double[] series = new double[Orders], sizes = new double[Orders];
        (series[0], series[1], sizes[0], sizes[1]) = (value, slope, Math.Abs(value), slope);
        for (int k = 1; k + 1 < Orders; k++)
        {
            series[k + 1] = next(series, k) / (k + 1);
            sizes[k + 1] = nextSize(sizes, k) / (k + 1);
        }
        return OfSeries(series, sizes);
    }

    private static double Convolution(double[] a, double[] b, int k)
    {
        double sum = 0;
        for (int j = 0; j <= k; j++)
            sum += a[j] * b[k - j];
        return sum;
    }

    private static Derivatives OfSeries(double[] series, double[] sizes) =>
        new([.. series.Select((s, k) => s * s_factorials[k])], [.. sizes.Select((s, k) => s * s_factorials[k])]);

    private static Derivatives Cycle(double a, double b) => new([a, b, -a, -b, a, b]);

    private static Derivatives All(double value) => new([value, value, value, value, value, value]);

    private static double Clear(double x) => Math.Abs(x) > 1e-9 ? x : throw new AmbiguousException();
}
