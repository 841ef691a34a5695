using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// y = x + φ(x)/Φ(x), by which the inverse Mills ratio exceeds its asymptote −x: the sum cancels far to the left, its continued fraction
/// 1/(t + 2/(t + 3/(t + …))) in t = −x does not; y′ = 1 − y·φ(x)/Φ(x).
/// </summary>
/// <remarks>Laplace's continued fraction: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.14.</remarks>
public readonly struct MillsExcess : IUnaryRule<MillsExcess>
{
    private const double Far = -4;
    private const int Terms = 60;

    /// <inheritdoc/>
    public static double Value(double x)
    {
        if (!(x < Far))
            return x + SpecialFunctions.InverseMillsRatio(x);
        double fraction = -x;
        for (int k = Terms; k > 1; k--)
            fraction = k / fraction - x;
        return 1 / fraction;
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 - y * T.Apply<InverseMillsRatio>(x);
}
