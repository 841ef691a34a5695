using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// ∛x: x = 8^q 2^j m; a polynomial for m^−⅓, two Newton steps for the reciprocal root, one for the root with an exact residual.
/// </content>
internal static partial class Vectorized8
{
    /// <summary>m^−⅓ for 1 ≤ m ≤ 2, relative error 2⁻¹⁴.</summary>
    private static ReadOnlySpan<double> ReciprocalCubeRootCoefficients =>
        [1.6662787377309156, -1.1623973573078166, 0.6846527077322325, -0.21636185469244387, 0.02778280101858424];

    /// <summary>∛x, the real root of either sign.</summary>
    /// <remarks>Worst error: below 1 ulp; every tested value was the nearest double.</remarks>
    internal static Vector512<double> Cbrt(Vector512<double> x)
    {
        const double third = 1.0 / 3;
        Vector512<double> a = Abs(x);
        Vector512<double> denormal = LessThan(a, Create(SmallestNormal));
        Vector512<double> lifted = ConditionalSelect(denormal, a * DenormalLift, a);
        Vector512<long> exponent = ShiftRightLogical(lifted.AsInt64(), 52) - Create(1023L);
        Vector512<double> fraction = (lifted.AsInt64() - ShiftLeft(exponent, 52)).AsDouble();
        Vector512<double> k = ConvertToDouble(exponent);
        Vector512<double> q = Floor((k + Create(0.5)) * third);
        Vector512<double> j = k - q * 3.0;

        Vector512<double> m = Scale(fraction, j);
        Vector512<double> step = ConditionalSelect(
            Vector512.Equals(j, Vector512<double>.Zero),
            Vector512<double>.One,
            ConditionalSelect(Vector512.Equals(j, Vector512<double>.One), Create(0.7937005259840998), Create(0.6299605249474366)));
        Vector512<double> r = Evaluate(fraction, ReciprocalCubeRootCoefficients) * step;
        r = FusedMultiplyAdd(r * third, FusedMultiplyAdd(-(m * r), r * r, Vector512<double>.One), r);
        r = FusedMultiplyAdd(r * third, FusedMultiplyAdd(-(m * r), r * r, Vector512<double>.One), r);

        Vector512<double> square = r * r;
        Vector512<double> y = m * square;
        Vector512<double> ySquare = y * y;
        Vector512<double> ySquareRest = FusedMultiplyAdd(y, y, -ySquare);
        Vector512<double> residual = FusedMultiplyAdd(ySquare, y, -m) + ySquareRest * y;
        y = FusedMultiplyAdd(residual * square, Create(-third), y);

        y = Scale(y, q - (denormal & Create(18.0)));
        Vector512<double> finite = LessThan(a, Create(double.PositiveInfinity)) & ~IsZero(x);
        return CopySign(ConditionalSelect(finite, y, a), x);
    }
}
