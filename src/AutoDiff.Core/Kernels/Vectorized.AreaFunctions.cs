
namespace AutoDiff.Kernels;

/// <content>
/// arsinh, arcosh, artanh: log(1 + y), the argument y in two parts. From 2²⁷ on the first two are log 2x to the last bit.
/// </content>
internal static partial class Vectorized<L>
{
    private const double AreaLimit = 134217728;

    /// <summary>arsinh x: log(1 + y) with y = a + a²/(1 + √(1 + a²)), a = |x|.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Asinh(L x)
    {
        L one = L.One;
        L a = L.Abs(x);
        L far = L.GreaterThan(a, L.Constant(AreaLimit));
        L square = a * a;
        L added = square / (one + L.Sqrt(one + square));
        L y = a + added;
        L low = L.Select(L.GreaterThan(added, a), a - (y - added), added - (y - a));
        return L.CopySign(KeepZero(x, LogOfArea(a, y, low, far)), x);
    }

    /// <summary>arcosh x: log(1 + y) with y = t + √(t(t + 2)), t = x − 1; NaN below 1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Acosh(L x)
    {
        L two = L.Constant(2.0);
        L far = L.GreaterThan(x, L.Constant(AreaLimit));
        L t = L.Select(L.LessThan(x, L.One), L.Constant(double.NaN), x - L.One);
        L sum = t + two;
        L sumLow = L.Select(L.GreaterThan(t, two), two - (sum - t), t - (sum - two));
        L product = t * sum;
        L productLow = L.FusedMultiplyAdd(t, sum, -product) + t * sumLow;
        L root = L.Sqrt(product);
        L rootLow = (L.FusedMultiplyAdd(-root, root, product) + productLow) / (root + root);
        L y = root + t;
        L low = (t - (y - root)) + rootLow;
        return L.Select(L.IsZero(t), t, LogOfArea(x, y, low, far));
    }

    /// <summary>log(1 + y + low), or log 2a where <paramref name="far"/> is set.</summary>
    private static L LogOfArea(L a, L y, L low, L far)
    {
        y = L.Select(far, a - L.One, y);
        return LogP1(y, L.AndNot(low, far), far & L.One);
    }

    /// <summary>artanh x = ½ log(1 + 2x/(1 − x)); ±∞ at ±1, NaN beyond.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Atanh(L x)
    {
        L one = L.One;
        L a = L.Abs(x);
        L denominator = one - a;
        L denominatorLow = (one - denominator) - a;
        L inverse = one / denominator;
        L y = (a + a) * inverse;
        L low = (L.FusedMultiplyAdd(-y, denominator, a + a) - y * denominatorLow) * inverse;
        return KeepZero(x, L.CopySign(LogP1(y, low, L.Zero) * 0.5, x));
    }
}
