using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86; // only: 8
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

// eng/lanes makes the other widths: in one generic type each operation would be a call to inline, and the budget for that is soon spent.
/// <summary>
/// Elementary and special functions of eight numbers at once. A lane's bits depend on that lane's argument only: not on its position, not
/// on its neighbours, not on the length of the array it came from, not on the width. (<see cref="Vector512"/>'s own Exp, Log, Sin and Cos
/// switch algorithm for all lanes when one argument is out of range, which is why they are not used.)
/// </summary>
/// <remarks>
/// Branches are on "any lane" only and choose which formulas are evaluated, never which one a lane gets. Errors in the remarks are the
/// worst found against 50-digit values over the argument table of the tests and random arguments, in units in the last place (ulp).
/// </remarks>
internal static partial class Vectorized8
{
    /// <summary>1.5·2⁵²: adding it to |x| ≤ 2⁵¹ leaves the nearest integer in the low bits of the sum.</summary>
    private const double RoundingShift = 6755399441055744.0;

    /// <summary>ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.</summary>
    private const double Ln2High = 0.6931471805598903, Ln2Low = 5.497923018708371e-14;

    /// <summary>2⁵⁴, which lifts every denormal number into the normal range.</summary>
    private const double DenormalLift = 18014398509481984.0;

    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>y·2ᵏ, rounded once, for integers |k| ≤ 1154.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scale(Vector512<double> y, Vector512<double> k)
    {
        if (Avx512F.IsSupported) // only: 8
            return Avx512F.Scale(y, k); // only: 8
        Vector512<long> exponent = (k + Create(RoundingShift)).AsInt64() - Create(RoundingShift).AsInt64();
        Vector512<long> half = ShiftRightArithmetic(exponent, 1);
        return y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>2ᵏ for −1022 ≤ k ≤ 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<long> k) => ShiftLeft(k + Create(1023L), 52).AsDouble();

    /// <summary>The integer nearest to x, |x| ≤ 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Nearest(Vector512<double> x) => (x + Create(RoundingShift)) - Create(RoundingShift);

    // x·y + z where a rounding between the two does not matter. // not: 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // not: 2
    private static Vector512<double> MultiplyAdd(Vector512<double> x, Vector512<double> y, Vector512<double> z) => // not: 2
        FusedMultiplyAdd(x, y, z); // not: 2

    /// <summary>Σ cᵢxⁱ in every lane, as <see cref="Polynomial"/> does it. At least two coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Evaluate(Vector512<double> x, ReadOnlySpan<double> c)
    {
        Vector512<double> square = x * x;
        int i = c.Length - 1;
        Vector512<double> upper = Create(c[i]);
        Vector512<double> lower = Create(c[i - 1]);
        for (i -= 2; i > 0; i -= 2)
        {
            upper = MultiplyAdd(upper, square, Create(c[i]));
            lower = MultiplyAdd(lower, square, Create(c[i - 1]));
        }

        return i == 0
            ? MultiplyAdd(lower, x, MultiplyAdd(upper, square, Create(c[0])))
            : MultiplyAdd(upper, x, lower);
    }

    /// <summary>min(x, limit); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtMost(Vector512<double> x, double limit) =>
        ConditionalSelect(GreaterThan(x, Create(limit)), Create(limit), x);

    /// <summary>max(x, limit); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtLeast(Vector512<double> x, double limit) =>
        ConditionalSelect(LessThan(x, Create(limit)), Create(limit), x);

    /// <summary>f(x), except that a zero keeps its sign: for odd functions with slope 1 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> KeepZero(Vector512<double> x, Vector512<double> y) => ConditionalSelect(IsZero(x), x, y);

    /// <summary>y with the selected lanes, rare as they are, replaced by f(x) one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<double> ReplaceLanes(
        Vector512<double> selected, Vector512<double> x, Vector512<double> y, delegate*<double, double> f) =>
        EqualsAll(selected.AsInt64(), Vector512<long>.Zero) ? y : ReplaceSome(selected, x, y, f);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector512<double> ReplaceSome(
        Vector512<double> selected, Vector512<double> x, Vector512<double> y, delegate*<double, double> f)
    {
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            if (selected.AsInt64()[lane] != 0)
                y = y.WithElement(lane, f(x[lane]));
        }

        return y;
    }
}
