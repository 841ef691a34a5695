using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>
/// Elementary and special functions of several numbers at once. A lane's bits depend on that lane's argument only: not on its position, not
/// on its neighbours, not on the length of the array it came from, not on how many lanes there are. (The framework's own Exp, Log, Sin and
/// Cos of <see cref="System.Runtime.Intrinsics.Vector512"/> switch algorithm for all lanes when one argument is out of range, which is why
/// they are not used.)
/// </summary>
/// <remarks>
/// Branches are on "any lane" only and choose which formulas are evaluated, never which one a lane gets. Errors in the remarks are the
/// worst found against 50-digit values over the argument table of the tests and random arguments, in units in the last place (ulp).
/// </remarks>
/// <typeparam name="L">The lanes: eight, four or two.</typeparam>
internal static partial class Vectorized<L> where L : struct, ILanes<L>
{
    /// <summary>1.5·2⁵²: adding it to |x| ≤ 2⁵¹ leaves the nearest integer in the low bits of the sum.</summary>
    private const double RoundingShift = 6755399441055744.0;

    /// <summary>ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.</summary>
    private const double Ln2High = 0.6931471805598903, Ln2Low = 5.497923018708371e-14;

    /// <summary>2⁵⁴, which lifts every denormal number into the normal range.</summary>
    private const double DenormalLift = 18014398509481984.0;

    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>The integer nearest to x, |x| ≤ 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Nearest(L x) => (x + L.Constant(RoundingShift)) - L.Constant(RoundingShift);

    /// <summary>min(x, limit); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L AtMost(L x, double limit) =>
        L.Select(L.GreaterThan(x, L.Constant(limit)), L.Constant(limit), x);

    /// <summary>max(x, limit); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L AtLeast(L x, double limit) =>
        L.Select(L.LessThan(x, L.Constant(limit)), L.Constant(limit), x);

    /// <summary>f(x), except that a zero keeps its sign: for odd functions with slope 1 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L KeepZero(L x, L y) => L.Select(L.IsZero(x), x, y);

    /// <summary>y with the selected lanes, rare as they are, replaced by f(x) one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe L ReplaceLanes(
        L selected, L x, L y, delegate*<double, double> f) =>
        L.None(selected) ? y : ReplaceSome(selected, x, y, f);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe L ReplaceSome(
        L selected, L x, L y, delegate*<double, double> f)
    {
        for (int lane = 0; lane < L.Count; lane++)
        {
            if (BitConverter.DoubleToInt64Bits(selected[lane]) != 0)
                y = L.With(y, lane, f(x[lane]));
        }

        return y;
    }
}
