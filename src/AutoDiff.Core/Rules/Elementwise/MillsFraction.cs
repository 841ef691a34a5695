using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// z = cₙ of Laplace's continued fraction φ(y)/Φ(y) = −y + c₁, cₙ = n/(cₙ₊₁ − y), for the whole number n = x from 1 to 119 (NaN otherwise):
/// what the inverse Mills ratio has beyond its asymptote, without the cancellation of the sum; ∂z/∂y = cₙ·(cₙ₊₁ − cₙ). The index is a
/// constant: ∂z/∂x is NaN.
/// </summary>
/// <remarks>The fraction: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.14. Its derivative follows from φ/Φ′ = −φ/Φ·(y +
/// φ/Φ) by induction.</remarks>
public readonly struct MillsFraction : IBinaryRule<MillsFraction>
{
    // To the left, so many terms settle the fraction; to the right the sum does not cancel.
    private const double Far = -2.5;
    private const int Terms = 120;

    /// <inheritdoc/>
    public static double Value(double x, double y)
    {
        if (!(x >= 1 && x < Terms && x == (int)x))
            return double.NaN;
        if (y < Far)
        {
            double fraction = -y;
            for (int k = Terms; k > x; k--)
                fraction = k / fraction - y;
            return x / fraction;
        }
        double c = y + SpecialFunctions.InverseMillsRatio(y);
        for (int k = 1; k < x; k++)
            c = k / c + y;
        return c;
    }

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => z * (T.Apply<MillsFraction>(x + 1, y) - z);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);
}
