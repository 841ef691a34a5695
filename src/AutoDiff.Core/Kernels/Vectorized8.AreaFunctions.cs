using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// arsinh, arcosh, artanh: log(1 + y), the argument y in two parts. From 2²⁷ on the first two are log 2x to the last bit.
/// </content>
internal static partial class Vectorized8
{
    private const double AreaLimit = 134217728;

    /// <summary>arsinh x: log(1 + y) with y = a + a²/(1 + √(1 + a²)), a = |x|.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Asinh(Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> a = Abs(x);
        Vector512<double> far = GreaterThan(a, Create(AreaLimit));
        Vector512<double> square = a * a;
        Vector512<double> added = square / (one + Sqrt(one + square));
        Vector512<double> y = a + added;
        Vector512<double> low = ConditionalSelect(GreaterThan(added, a), a - (y - added), added - (y - a));
        return CopySign(KeepZero(x, LogOfArea(a, y, low, far)), x);
    }

    /// <summary>arcosh x: log(1 + y) with y = t + √(t(t + 2)), t = x − 1; NaN below 1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Acosh(Vector512<double> x)
    {
        Vector512<double> two = Create(2.0);
        Vector512<double> far = GreaterThan(x, Create(AreaLimit));
        Vector512<double> t = ConditionalSelect(LessThan(x, Vector512<double>.One), Create(double.NaN), x - Vector512<double>.One);
        Vector512<double> sum = t + two;
        Vector512<double> sumLow = ConditionalSelect(GreaterThan(t, two), two - (sum - t), t - (sum - two));
        Vector512<double> product = t * sum;
        Vector512<double> productLow = FusedMultiplyAdd(t, sum, -product) + t * sumLow;
        Vector512<double> root = Sqrt(product);
        Vector512<double> rootLow = (FusedMultiplyAdd(-root, root, product) + productLow) / (root + root);
        Vector512<double> y = root + t;
        Vector512<double> low = (t - (y - root)) + rootLow;
        return ConditionalSelect(IsZero(t), t, LogOfArea(x, y, low, far));
    }

    /// <summary>log(1 + y + low), or log 2a where <paramref name="far"/> is set.</summary>
    private static Vector512<double> LogOfArea(Vector512<double> a, Vector512<double> y, Vector512<double> low, Vector512<double> far)
    {
        y = ConditionalSelect(far, a - Vector512<double>.One, y);
        return LogP1(y, AndNot(low, far), far & Vector512<double>.One);
    }

    /// <summary>artanh x = ½ log(1 + 2x/(1 − x)); ±∞ at ±1, NaN beyond.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Atanh(Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> a = Abs(x);
        Vector512<double> denominator = one - a;
        Vector512<double> denominatorLow = (one - denominator) - a;
        Vector512<double> inverse = one / denominator;
        Vector512<double> y = (a + a) * inverse;
        Vector512<double> low = (FusedMultiplyAdd(-y, denominator, a + a) - y * denominatorLow) * inverse;
        return KeepZero(x, CopySign(LogP1(y, low, Vector512<double>.Zero) * 0.5, x));
    }
}
