
namespace AutoDiff.Kernels;

/// <content>
/// ∛x: x = 8^q 2^j m; a polynomial for m^−⅓, two Newton steps for the reciprocal root, one for the root with an exact residual.
/// </content>
internal static partial class Vectorized<L>
{
    /// <summary>m^−⅓ for 1 ≤ m ≤ 2, relative error 2⁻¹⁴.</summary>
    private static ReadOnlySpan<double> ReciprocalCubeRootCoefficients =>
        [1.6662787377309156, -1.1623973573078166, 0.6846527077322325, -0.21636185469244387, 0.02778280101858424];

    /// <summary>∛x, the real root of either sign.</summary>
    /// <remarks>Worst error: below 1 ulp; every tested value was the nearest double.</remarks>
    internal static L Cbrt(L x)
    {
        const double third = 1.0 / 3;
        L a = L.Abs(x);
        L denormal = L.LessThan(a, L.Constant(SmallestNormal));
        L lifted = L.Select(denormal, a * DenormalLift, a);
        L exponent = L.SubtractBits(L.ShiftRightLogical(lifted, 52), L.Bits(1023));
        L fraction = L.SubtractBits(lifted, L.ShiftLeft(exponent, 52));
        L k = L.ToDouble(exponent);
        L q = L.Floor((k + L.Constant(0.5)) * third);
        L j = k - q * 3.0;

        L m = L.Scale(fraction, j);
        L step = L.Select(
            L.AreEqual(j, L.Zero),
            L.One,
            L.Select(L.AreEqual(j, L.One), L.Constant(0.7937005259840998), L.Constant(0.6299605249474366)));
        L r = Polynomial.Evaluate(fraction, ReciprocalCubeRootCoefficients) * step;
        r = L.FusedMultiplyAdd(r * third, L.FusedMultiplyAdd(-(m * r), r * r, L.One), r);
        r = L.FusedMultiplyAdd(r * third, L.FusedMultiplyAdd(-(m * r), r * r, L.One), r);

        L square = r * r;
        L y = m * square;
        L ySquare = y * y;
        L ySquareRest = L.FusedMultiplyAdd(y, y, -ySquare);
        L residual = L.FusedMultiplyAdd(ySquare, y, -m) + ySquareRest * y;
        y = L.FusedMultiplyAdd(residual * square, L.Constant(-third), y);

        y = L.Scale(y, q - (denormal & L.Constant(18.0)));
        L finite = L.LessThan(a, L.Constant(double.PositiveInfinity)) & ~L.IsZero(x);
        return L.CopySign(L.Select(finite, y, a), x);
    }
}
