// Made of Vectorized8.*.cs by eng/lanes: change those files.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector128;

namespace AutoDiff.Kernels;

/// <summary>
/// Elementary and special functions of two numbers at once. A lane's bits depend on that lane's argument only: not on its position, not
/// on its neighbours, not on the length of the array it came from, not on the width. (<see cref="Vector128"/>'s own Exp, Log, Sin and Cos
/// switch algorithm for all lanes when one argument is out of range, which is why they are not used.)
/// </summary>
/// <remarks>
/// Branches are on "any lane" only and choose which formulas are evaluated, never which one a lane gets. Errors in the remarks are the
/// worst found against 50-digit values over the argument table of the tests and random arguments, in units in the last place (ulp).
/// </remarks>
internal static partial class Vectorized2
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
    private static Vector128<double> Scale(Vector128<double> y, Vector128<double> k)
    {
        Vector128<long> exponent = (k + Create(RoundingShift)).AsInt64() - Create(RoundingShift).AsInt64();
        Vector128<long> half = ShiftRightArithmetic(exponent, 1);
        return y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>2ᵏ for −1022 ≤ k ≤ 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowerOfTwo(Vector128<long> k) => ShiftLeft(k + Create(1023L), 52).AsDouble();

    /// <summary>The integer nearest to x, |x| ≤ 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Nearest(Vector128<double> x) => (x + Create(RoundingShift)) - Create(RoundingShift);

    /// <summary>Σ cᵢxⁱ in every lane, as <see cref="Polynomial"/> does it. At least two coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Evaluate(Vector128<double> x, ReadOnlySpan<double> c)
    {
        Vector128<double> square = x * x;
        int i = c.Length - 1;
        Vector128<double> upper = Create(c[i]);
        Vector128<double> lower = Create(c[i - 1]);
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
    private static Vector128<double> AtMost(Vector128<double> x, double limit) =>
        ConditionalSelect(GreaterThan(x, Create(limit)), Create(limit), x);

    /// <summary>max(x, limit); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AtLeast(Vector128<double> x, double limit) =>
        ConditionalSelect(LessThan(x, Create(limit)), Create(limit), x);

    /// <summary>f(x), except that a zero keeps its sign: for odd functions with slope 1 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> KeepZero(Vector128<double> x, Vector128<double> y) => ConditionalSelect(IsZero(x), x, y);

    /// <summary>y with the selected lanes, rare as they are, replaced by f(x) one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<double> ReplaceLanes(
        Vector128<double> selected, Vector128<double> x, Vector128<double> y, delegate*<double, double> f) =>
        EqualsAll(selected.AsInt64(), Vector128<long>.Zero) ? y : ReplaceSome(selected, x, y, f);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector128<double> ReplaceSome(
        Vector128<double> selected, Vector128<double> x, Vector128<double> y, delegate*<double, double> f)
    {
        for (int lane = 0; lane < Vector128<double>.Count; lane++)
        {
            if (selected.AsInt64()[lane] != 0)
                y = y.WithElement(lane, f(x[lane]));
        }

        return y;
    }
}

/// <content>
/// arcsin and arccos: an odd polynomial on [−½, ½]; beyond, arccos x = 2 arcsin √((1 − x)/2), whose argument is at most ½ again and whose
/// radicand is exact.
/// </content>
internal static partial class Vectorized2
{
    /// <summary>(arcsin(s)/s − 1) / s² in s², for |s| ≤ ½, error 2⁻⁵⁹ relative to s⁻².</summary>
    private static ReadOnlySpan<double> AsinCoefficients =>
    [
        0.16666666666666763, 0.07499999999970264, 0.04464285717512015, 0.03038194268363769, 0.02237221565990691, 0.017351600097087843,
        0.013980961400287444, 0.011397776363663827, 0.010786526988517826, 0.003683050116985621, 0.02176347764717837,
        -0.021077258433876724, 0.03267686608143648
    ];

    /// <summary>arcsin x; NaN beyond ±1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Asin(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        Vector128<double> far = GreaterThan(a, Create(0.5));
        Vector128<double> z = ConditionalSelect(far, (Vector128<double>.One - a) * 0.5, a * a);
        Vector128<double> s = ConditionalSelect(far, Sqrt(z), a);
        Vector128<double> rest = s * z * Evaluate(z, AsinCoefficients);
        Vector128<double> outer = Create(HalfPi) - (s + s + (rest + rest - Create(HalfPiRest)));
        return CopySign(ConditionalSelect(far, outer, s + rest), x);
    }

    /// <summary>arccos x; NaN beyond ±1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Acos(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        Vector128<double> far = GreaterThan(a, Create(0.5));
        Vector128<double> z = ConditionalSelect(far, (Vector128<double>.One - a) * 0.5, a * a);
        Vector128<double> s = ConditionalSelect(far, Sqrt(z), x);
        Vector128<double> rest = s * z * Evaluate(z, AsinCoefficients);
        Vector128<double> inner = Create(HalfPi) - (s + (rest - Create(HalfPiRest)));
        Vector128<double> right = s + s + (rest + rest);
        Vector128<double> left = Create(Math.PI) - (s + s + (rest + rest - Create(PiRest)));
        return ConditionalSelect(far, ConditionalSelect(LessThan(x, Vector128<double>.Zero), left, right), inner);
    }
}

/// <content>
/// arctan: an odd polynomial on [−1, 1] and arctan x = ±π/2 − arctan(1/x) beyond; the angle of a point from its quotient in two parts.
/// </content>
internal static partial class Vectorized2
{
    private const double HalfPi = 1.5707963267948966, HalfPiRest = 6.123233995736766e-17, PiRest = 2 * HalfPiRest;

    /// <summary>(arctan(t)/t − 1) / t² in t², for |t| ≤ 1, error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> AtanCoefficients =>
    [
        -0.3333333333333333, 0.19999999999999554, -0.14285714285648404, 0.11111111107234799, -0.09090908969557403,
        0.07692305354678655, -0.06666636435777692, 0.05882074956371294, -0.05261265735709454, 0.04752086773576656,
        -0.04308119655330471, 0.03872640214042632, -0.033750132001619734, 0.027567942297344678, -0.020238706986393514,
        0.012756172907694298, -0.006575683344151699, 0.002622977891906089, -0.0007518472526973822, 0.0001368724853148122,
        -1.1832505417555692e-05
    ];

    /// <summary>arctan x.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Atan(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        Vector128<double> far = GreaterThan(a, Vector128<double>.One);
        Vector128<double> t = ConditionalSelect(far, Vector128<double>.One / a, a);
        Vector128<double> s = t * t;
        Vector128<double> curvature = t * s * Evaluate(s, AtanCoefficients);
        Vector128<double> near = t + curvature;
        Vector128<double> outer = Create(HalfPi) - (t + (curvature - Create(HalfPiRest)));
        return CopySign(ConditionalSelect(far, outer, near), x);
    }

    /// <summary>The angle of the point (x, y), in [−π, π], by the rules of <see cref="Math.Atan2"/>.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Atan2(Vector128<double> y, Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One, zero = Vector128<double>.Zero;
        Vector128<double> far = GreaterThan(Abs(y), Abs(x));
        Vector128<double> smaller = Abs(ConditionalSelect(far, x, y));
        Vector128<double> larger = Abs(ConditionalSelect(far, y, x));

        // At the origin the quotient counts as 0/1, between infinities as 1/1.
        Vector128<double> infinite = Vector128.Equals(larger, Create(double.PositiveInfinity));
        Vector128<double> finite = LessThan(smaller, Create(double.PositiveInfinity));
        smaller = ConditionalSelect(infinite, ConditionalSelect(finite, zero, AtMost(smaller, 1)), smaller);
        larger = ConditionalSelect(infinite | IsZero(larger), one, larger);

        // t + low = smaller/larger, scaled so that neither the reciprocal nor the residual leaves the range.
        Vector128<double> scale = ConditionalSelect(
            GreaterThan(larger, Create(3.273390607896142e+150)), Create(6.223015277861142e-61),
                ConditionalSelect(LessThan(larger, Create(3.054936363499605e-151)), Create(1.6069380442589903e+60), one));
        smaller *= scale;
        larger *= scale;
        Vector128<double> inverse = one / larger;
        Vector128<double> t = smaller * inverse;
        Vector128<double> low = FusedMultiplyAdd(-t, larger, smaller) * inverse;
        Vector128<double> s = t * t;
        Vector128<double> slope = FusedMultiplyAdd(s, FusedMultiplyAdd(s, Create(0.343), Create(-0.828)), Create(0.993));
        Vector128<double> rest = FusedMultiplyAdd(t * s, Evaluate(s, AtanCoefficients), low * slope);

        // The octants: 0 + t, π/2 − t, π/2 + t, π − t.
        Vector128<double> left = LessThan(x.AsInt64(), Vector128<long>.Zero).AsDouble();
        Vector128<double> sign = (far ^ left) & Create(-0.0);
        Vector128<double> quarters = ConditionalSelect(far, one, left & Create(2.0));
        rest = FusedMultiplyAdd(quarters, Create(HalfPiRest), rest ^ sign);
        return CopySign(FusedMultiplyAdd(quarters, Create(HalfPi), (t ^ sign) + rest), y);
    }
}

/// <content>
/// arsinh, arcosh, artanh: log(1 + y), the argument y in two parts. From 2²⁷ on the first two are log 2x to the last bit.
/// </content>
internal static partial class Vectorized2
{
    private const double AreaLimit = 134217728;

    /// <summary>arsinh x: log(1 + y) with y = a + a²/(1 + √(1 + a²)), a = |x|.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Asinh(Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> a = Abs(x);
        Vector128<double> far = GreaterThan(a, Create(AreaLimit));
        Vector128<double> square = a * a;
        Vector128<double> added = square / (one + Sqrt(one + square));
        Vector128<double> y = a + added;
        Vector128<double> low = ConditionalSelect(GreaterThan(added, a), a - (y - added), added - (y - a));
        return CopySign(KeepZero(x, LogOfArea(a, y, low, far)), x);
    }

    /// <summary>arcosh x: log(1 + y) with y = t + √(t(t + 2)), t = x − 1; NaN below 1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Acosh(Vector128<double> x)
    {
        Vector128<double> two = Create(2.0);
        Vector128<double> far = GreaterThan(x, Create(AreaLimit));
        Vector128<double> t = ConditionalSelect(LessThan(x, Vector128<double>.One), Create(double.NaN), x - Vector128<double>.One);
        Vector128<double> sum = t + two;
        Vector128<double> sumLow = ConditionalSelect(GreaterThan(t, two), two - (sum - t), t - (sum - two));
        Vector128<double> product = t * sum;
        Vector128<double> productLow = FusedMultiplyAdd(t, sum, -product) + t * sumLow;
        Vector128<double> root = Sqrt(product);
        Vector128<double> rootLow = (FusedMultiplyAdd(-root, root, product) + productLow) / (root + root);
        Vector128<double> y = root + t;
        Vector128<double> low = (t - (y - root)) + rootLow;
        return ConditionalSelect(IsZero(t), t, LogOfArea(x, y, low, far));
    }

    /// <summary>log(1 + y + low), or log 2a where <paramref name="far"/> is set.</summary>
    private static Vector128<double> LogOfArea(Vector128<double> a, Vector128<double> y, Vector128<double> low, Vector128<double> far)
    {
        y = ConditionalSelect(far, a - Vector128<double>.One, y);
        return LogP1(y, AndNot(low, far), far & Vector128<double>.One);
    }

    /// <summary>artanh x = ½ log(1 + 2x/(1 − x)); ±∞ at ±1, NaN beyond.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Atanh(Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> a = Abs(x);
        Vector128<double> denominator = one - a;
        Vector128<double> denominatorLow = (one - denominator) - a;
        Vector128<double> inverse = one / denominator;
        Vector128<double> y = (a + a) * inverse;
        Vector128<double> low = (FusedMultiplyAdd(-y, denominator, a + a) - y * denominatorLow) * inverse;
        return KeepZero(x, CopySign(LogP1(y, low, Vector128<double>.Zero) * 0.5, x));
    }
}

/// <content>
/// ∛x: x = 8^q 2^j m; a polynomial for m^−⅓, two Newton steps for the reciprocal root, one for the root with an exact residual.
/// </content>
internal static partial class Vectorized2
{
    /// <summary>m^−⅓ for 1 ≤ m ≤ 2, relative error 2⁻¹⁴.</summary>
    private static ReadOnlySpan<double> ReciprocalCubeRootCoefficients =>
        [1.6662787377309156, -1.1623973573078166, 0.6846527077322325, -0.21636185469244387, 0.02778280101858424];

    /// <summary>∛x, the real root of either sign.</summary>
    /// <remarks>Worst error: below 1 ulp; every tested value was the nearest double.</remarks>
    internal static Vector128<double> Cbrt(Vector128<double> x)
    {
        const double third = 1.0 / 3;
        Vector128<double> a = Abs(x);
        Vector128<double> denormal = LessThan(a, Create(SmallestNormal));
        Vector128<double> lifted = ConditionalSelect(denormal, a * DenormalLift, a);
        Vector128<long> exponent = ShiftRightLogical(lifted.AsInt64(), 52) - Create(1023L);
        Vector128<double> fraction = (lifted.AsInt64() - ShiftLeft(exponent, 52)).AsDouble();
        Vector128<double> k = ConvertToDouble(exponent);
        Vector128<double> q = Floor((k + Create(0.5)) * third);
        Vector128<double> j = k - q * 3.0;

        Vector128<double> m = Scale(fraction, j);
        Vector128<double> step = ConditionalSelect(
            Vector128.Equals(j, Vector128<double>.Zero),
            Vector128<double>.One,
            ConditionalSelect(Vector128.Equals(j, Vector128<double>.One), Create(0.7937005259840998), Create(0.6299605249474366)));
        Vector128<double> r = Evaluate(fraction, ReciprocalCubeRootCoefficients) * step;
        r = FusedMultiplyAdd(r * third, FusedMultiplyAdd(-(m * r), r * r, Vector128<double>.One), r);
        r = FusedMultiplyAdd(r * third, FusedMultiplyAdd(-(m * r), r * r, Vector128<double>.One), r);

        Vector128<double> square = r * r;
        Vector128<double> y = m * square;
        Vector128<double> ySquare = y * y;
        Vector128<double> ySquareRest = FusedMultiplyAdd(y, y, -ySquare);
        Vector128<double> residual = FusedMultiplyAdd(ySquare, y, -m) + ySquareRest * y;
        y = FusedMultiplyAdd(residual * square, Create(-third), y);

        y = Scale(y, q - (denormal & Create(18.0)));
        Vector128<double> finite = LessThan(a, Create(double.PositiveInfinity)) & ~IsZero(x);
        return CopySign(ConditionalSelect(finite, y, a), x);
    }
}

/// <content>
/// ψ = Γ′/Γ: a polynomial on [1, 2] with the root in three parts divided out, the recurrence ψ(x + 1) = ψ(x) + 1/x, the asymptotic series
/// from 10 (Abramowitz, Stegun 6.3.5, 6.3.18). Lanes at or below zero go one by one.
/// </content>
internal static partial class Vectorized2
{
    /// <summary>ψ(1.5 + z) / (1.5 + z − root) for |z| ≤ ½, relative error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> DigammaNearRoot =>
    [
        0.9510558760318328, -0.4236274212814606, 0.24054248424078697, -0.14840492305388092, 0.09498872445289039,
        -0.06192213327548831, 0.040760833940846085, -0.026975796659787055, 0.017907248317313294, -0.011908220105959716,
        0.007927021796868154, -0.005279937255532708, 0.003518106563802472, -0.0023454947397380833, 0.0015633696313653504,
        -0.0010364584817312839, 0.0006909255761282986, -0.00048595039220036254, 0.00032395945401345196, -0.00014480643368061614,
        9.653646261410062e-05, -0.0001782188548855923, 0.00011881232908510335
    ];

    /// <summary>B₂ₖ / 2k, k = 1, 2, …: the asymptotic series in x⁻²ᵏ.</summary>
    private static ReadOnlySpan<double> DigammaAsymptotic =>
    [
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    ];

    /// <summary>
    /// ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the other poles and at −∞. Relatively accurate also next to the positive root 1.4616; next to
    /// the roots on the negative axis, where terms cancel, the error is absolute.
    /// </summary>
    /// <remarks>Worst error: 2 ulp for x &gt; 0; below, 2 ulp of the larger of |result| and |xψ′(x)|.</remarks>
    internal static unsafe Vector128<double> Digamma(Vector128<double> x)
    {
        Vector128<double> far = GreaterThanOrEqual(x, Create(10.0));
        Vector128<double> y = Vector128<double>.Zero;
        if (!EqualsAll(far.AsInt64(), Vector128<long>.AllBitsSet))
            y = DigammaByRecurrence(ConditionalSelect(far, Vector128<double>.One, x));
        if (!EqualsAll(far.AsInt64(), Vector128<long>.Zero))
        {
            Vector128<double> inverse = Vector128<double>.One / x, square = inverse * inverse;
            Vector128<double> below = FusedMultiplyAdd(square, Evaluate(square, DigammaAsymptotic), inverse * 0.5);
            y = ConditionalSelect(far, Log(x) - below, y);
        }

        return ReplaceLanes(LessThanOrEqual(x, Vector128<double>.Zero), x, y, &SpecialFunctions.DigammaOfNegative);
    }

    /// <summary>ψ(x) for 0 &lt; x &lt; 10.</summary>
    private static Vector128<double> DigammaByRecurrence(Vector128<double> x)
    {
        const double root = 1.4616321325302124, rootRest = 1.2438149938918909e-08, rootLast = 4.341643069426251e-25;
        Vector128<double> one = Vector128<double>.One, two = Create(2.0);
        Vector128<double> below = LessThan(x, one);
        Vector128<double> sum = below & (-one / x);
        x += below & one;
        for (; GreaterThanAny(x, two);)
        {
            Vector128<double> above = GreaterThan(x, two);
            x -= above & one;
            sum += above & (one / x);
        }

        return FusedMultiplyAdd(
            x - Create(root) - Create(rootRest) - Create(rootLast), Evaluate(x - Create(1.5), DigammaNearRoot), sum);
    }
}

/// <content>
/// erf, erfc, erfcx, Φ and gelu. Tails are e^−x² times the smooth (1 + 2x)·erfcx(x), a polynomial in (x − 4)/(x + 4) over the whole half
/// line (M. M. Shepherd, J. G. Laframboise, Math. Comp. 36, 1981), with x² kept exact in two parts.
/// </content>
internal static partial class Vectorized2
{
    private const double SqrtHalf = 0.7071067811865476;

    /// <summary>Beyond, e^−x²/2 is below every positive number.</summary>
    private const double TailLimit = 40;

    /// <summary>erf(x)/x − 1 in x², for |x| ≤ 1, error 2⁻⁵⁵.</summary>
    private static ReadOnlySpan<double> ErfCoefficients =>
    [
        0.1283791670955126, -0.3761263890318375, 0.11283791670954879, -0.026866170645076792, 0.0052239776248180145,
        -0.000854832698083379, 0.0001205533111164271, -1.4925595266831182e-05, 1.6461000484121368e-06, -1.6350312701054695e-07,
        1.4659775274047436e-08, -1.1372848856791674e-09, 5.957176147748911e-11
    ];

    /// <summary>(1 + 2x) e^x² erfc(x) in (x − 4)/(x + 4), for x ≥ 0, error 2⁻⁵⁴: the constant and the other coefficients.</summary>
    private const double ErfcxCentre = 1.2329951186255526;

    private static ReadOnlySpan<double> ErfcxCoefficients =>
    [
        -0.1396211168405625, 0.015379652102610162, 0.0680970542546862, -0.10103906603585294,
        0.09373283499865172, -0.06633036582050367, 0.0371675155318432, -0.01619773397992426, 0.005031970032548692,
        -0.0007577737141838837, -0.0001992570041218366, 0.00015062311785160628, -2.439811794211229e-05, -1.1225140354421221e-05,
        5.7072395737523334e-06, 2.9805960549635136e-07, -8.218020655513956e-07, 7.111912430821576e-08, 1.0683442931948345e-07,
        -1.6357383994526995e-08, -1.2544825425810217e-08, 1.5712153661897457e-09, 9.655408265645979e-10
    ];

    /// <summary>erf x for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ErfNear(Vector128<double> x) => FusedMultiplyAdd(x, Evaluate(x * x, ErfCoefficients), x);

    /// <summary>
    /// erfcx(x + low) for x ≥ 0, |low| ≤ ulp(x), as an unevaluated sum. The quotient by ½ + x + low is corrected by its residual.
    /// </summary>
    private static (Vector128<double> High, Vector128<double> Low) ErfcxPositive(Vector128<double> x, Vector128<double> low)
    {
        x = AtMost(x, double.MaxValue);
        Vector128<double> bounded = AtMost(x, 1e300);
        Vector128<double> q = (bounded - Create(4.0)) / (bounded + Create(4.0));
        Vector128<double> centre = Create(0.5 * ErfcxCentre), slope = q * 0.5 * Evaluate(q, ErfcxCoefficients);
        Vector128<double> numerator = centre + slope;
        Vector128<double> numeratorRest = slope - (numerator - centre);

        Vector128<double> half = Create(0.5);
        Vector128<double> denominator = x + half;
        Vector128<double> added = denominator - x;
        Vector128<double> rest = (x - (denominator - added)) + (half - added) + low;
        Vector128<double> inverse = Vector128<double>.One / denominator;
        Vector128<double> y = numerator * inverse;
        Vector128<double> residual = FusedMultiplyAdd(-y, denominator, numerator) + (numeratorRest - y * rest);
        return (y, residual * inverse);
    }

    /// <summary>erfcx(x/√2) = 2 e^x²/2 Φ(−x) for x ≥ 0, as an unevaluated sum.</summary>
    internal static (Vector128<double> High, Vector128<double> Low) ScaledNormalTail(Vector128<double> x)
    {
        const double sqrtHalfRest = -4.833646656726457e-17;
        x = AtMost(x, double.MaxValue);
        Vector128<double> high = x * SqrtHalf;
        return ErfcxPositive(high, FusedMultiplyAdd(x, Create(SqrtHalf), -high) + x * sqrtHalfRest);
    }

    /// <summary>e^−<paramref name="power"/>x², its square in two parts, 0 ≤ x ≤ <see cref="TailLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts Gaussian(Vector128<double> x, double power)
    {
        Vector128<double> scaled = x * -power;
        Vector128<double> square = scaled * x;
        return ReduceExp(square, FusedMultiplyAdd(scaled, x, -square));
    }

    /// <summary>erfc x for x ≥ 0, relatively accurate down to the smallest numbers.</summary>
    private static Vector128<double> ErfcTail(Vector128<double> x)
    {
        x = AtMost(x, TailLimit);
        (Vector128<double> high, Vector128<double> low) = ErfcxPositive(x, Vector128<double>.Zero);
        return Gaussian(x, 1).ScaledTimes(high, low);
    }

    /// <summary>factor·Φ(−x) for x ≥ 0; the factor is applied before the product underflows.</summary>
    private static Vector128<double> NormalTail(Vector128<double> x, Vector128<double> factor)
    {
        x = AtMost(x, TailLimit);
        (Vector128<double> high, Vector128<double> low) = ScaledNormalTail(x);
        factor *= 0.5;
        Vector128<double> y = high * factor;
        return Gaussian(x, 0.5).ScaledTimes(y, FusedMultiplyAdd(high, factor, -y) + low * factor);
    }

    /// <summary>erf x = 2/√π ∫₀ˣ e^−t² dt.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Erf(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        Vector128<double> far = GreaterThan(a, Vector128<double>.One);
        Vector128<double> y = ErfNear(x);
        return GreaterThanAny(a, Vector128<double>.One)
            ? ConditionalSelect(far, CopySign(Vector128<double>.One - ErfcTail(a), x), y)
            : y;
    }

    /// <summary>erfc x = 1 − erf x, relatively accurate for large x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Erfc(Vector128<double> x)
    {
        Vector128<double> inner = GreaterThanOrEqual(x, -Vector128<double>.One) & LessThanOrEqual(x, Create(0.5));
        Vector128<double> near = Vector128<double>.One - ErfNear(x);
        if (EqualsAll(inner.AsInt64(), Vector128<long>.AllBitsSet))
            return near;
        Vector128<double> tail = ErfcTail(Abs(x));
        Vector128<double> outer = ConditionalSelect(LessThan(x, Vector128<double>.Zero), Create(2.0) - tail, tail);
        return ConditionalSelect(inner, near, outer);
    }

    /// <summary>erfcx x = e^x² erfc x; for x &lt; 0 it is 2e^x² − erfcx(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Erfcx(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        (Vector128<double> high, Vector128<double> low) = ErfcxPositive(a, Vector128<double>.Zero);
        Vector128<double> y = ConditionalSelect(LessThan(a, Create(double.PositiveInfinity)), high + low, Vector128<double>.One / a);
        if (!LessThanAny(x, Vector128<double>.Zero))
            return y;
        ExpParts e = Gaussian(AtMost(a, TailLimit), -1);
        return ConditionalSelect(LessThan(x, Vector128<double>.Zero), e.ScaledTimes(Create(2.0)) - y, y);
    }

    /// <summary>Φ(x), the standard normal distribution function, relatively accurate for x → −∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> NormalCdf(Vector128<double> x) => NormalCdfTimes(x, Vector128<double>.One);

    /// <summary>gelu x = x Φ(x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Gelu(Vector128<double> x) => NormalCdfTimes(x, AtLeast(x, -TailLimit));

    /// <summary>factor·Φ(x); in the lower tail the factor is applied before the product underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> NormalCdfTimes(Vector128<double> x, Vector128<double> factor)
    {
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> inner = GreaterThanOrEqual(x, Create(-SqrtHalf)) & LessThanOrEqual(x, one);
        Vector128<double> near = factor * FusedMultiplyAdd(Create(0.5), ErfNear(x * SqrtHalf), Create(0.5));
        if (EqualsAll(inner.AsInt64(), Vector128<long>.AllBitsSet))
            return near;
        Vector128<double> negative = LessThan(x, Vector128<double>.Zero);
        Vector128<double> tail = NormalTail(Abs(x), ConditionalSelect(negative, factor, one));
        return ConditionalSelect(inner, near, ConditionalSelect(negative, tail, factor * (one - tail)));
    }

    /// <summary>exp(−x²), with the rounding of the square.</summary>
    internal static Vector128<double> Gaussian(Vector128<double> x)
    {
        Vector128<double> bounded = Min(Abs(x), Create(SpecialFunctions.GaussianVanished)), square = bounded * bounded;
        return Exp(-square) * (Vector128<double>.One - FusedMultiplyAdd(bounded, bounded, -square));
    }

    /// <summary>φ(x), the standard normal density, with the rounding of the square.</summary>
    internal static Vector128<double> NormalDensity(Vector128<double> x)
    {
        Vector128<double> bounded = Min(Abs(x), Create(SpecialFunctions.GaussianVanished)), square = bounded * bounded;
        Vector128<double> rounding = FusedMultiplyAdd(bounded, bounded, -square);
        return SpecialFunctions.InverseSqrtTwoPi * Exp(-0.5 * square) * (Vector128<double>.One - 0.5 * rounding);
    }
}

/// <content>eˣ, eˣ − 1, 2ˣ and 10ˣ: reduction to |r| ≤ ½ ln 2 and a polynomial (P. T. P. Tang, ACM TOMS 15, 1989; 18, 1992).</content>
internal static partial class Vectorized2
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>Arguments beyond are out of the range of every function here, also after multiplication with a factor up to 2⁷⁸.</summary>
    private const double ExponentLimit = 800;

    /// <summary>(eʳ − 1 − r − r²/2) / r³ for |r| ≤ ½ ln 2, error 2⁻⁵⁸ relative to r⁻¹.</summary>
    private static ReadOnlySpan<double> ExpCoefficients =>
    [
        0.16666666666666669, 0.041666666666666664, 0.008333333333330062, 0.0013888888888886552, 0.00019841269863053618,
        2.4801587317144498e-05, 2.7557268459997064e-06, 2.755728296954995e-07, 2.510038549551032e-08, 2.0911236630261545e-09
    ];

    /// <summary>
    /// e^(x + low) = 2^<see cref="K"/> (1 + <see cref="Head"/> + <see cref="Tail"/>): the head is exact to its last bit, |tail| ≪ |head|.
    /// </summary>
    private readonly struct ExpParts(Vector128<double> k, Vector128<double> head, Vector128<double> tail)
    {
        internal readonly Vector128<double> K = k, Head = head, Tail = tail;

        /// <summary>y e^(x + low) 2⁻ᴷ, of the magnitude of y, with one rounding.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector128<double> Times(Vector128<double> y) => FusedMultiplyAdd(y, Head + Tail, y);

        /// <summary>y e^(x + low).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector128<double> ScaledTimes(Vector128<double> y) => Scale(Times(y), K);

        /// <summary>(y + yLow) e^(x + low), |yLow| ≤ ulp(y).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector128<double> ScaledTimes(Vector128<double> y, Vector128<double> yLow) =>
            Scale(y + FusedMultiplyAdd(y, Head + Tail, yLow), K);
    }

    /// <summary>The parts of e^(x + low), |low| ≤ ulp(x), with x held within ±<see cref="ExponentLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts ReduceExp(Vector128<double> x, Vector128<double> low)
    {
        x = AtLeast(AtMost(x, ExponentLimit), -ExponentLimit);
        Vector128<double> k = Nearest(x * Log2E);
        Vector128<double> high = FusedMultiplyAdd(-k, Create(Ln2High), x);
        Vector128<double> correction = FusedMultiplyAdd(k, Create(Ln2Low), -low);
        Vector128<double> r = high - correction;
        return new ExpParts(k, r, ExpTail(r, (high - r) - correction));
    }

    /// <summary>e^(r + low) − 1 − r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpTail(Vector128<double> r, Vector128<double> low)
    {
        Vector128<double> curvature = FusedMultiplyAdd(r, Evaluate(r, ExpCoefficients), Create(0.5));
        return FusedMultiplyAdd(r * r, curvature, FusedMultiplyAdd(low, r, low));
    }

    /// <summary>eˣ − 1 from the parts of eˣ, K ≥ −60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExpM1(ExpParts e)
    {
        Vector128<double> shift = Vector128<double>.One - Scale(Vector128<double>.One, -e.K);
        Vector128<double> sum = shift + e.Head;
        Vector128<double> rest = e.Head - (sum - shift);
        return Scale(sum + (rest + e.Tail), e.K);
    }

    /// <summary>eˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> Exp(Vector128<double> x) => ReduceExp(x, Vector128<double>.Zero).ScaledTimes(Vector128<double>.One);

    /// <summary>eˣ − 1, accurate relatively for small x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> ExpM1(Vector128<double> x) =>
        KeepZero(x, ExpM1(ReduceExp(AtLeast(x, -40), Vector128<double>.Zero)));

    /// <summary>2ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Exp2(Vector128<double> x)
    {
        const double ln2 = 0.6931471805599453, ln2Rest = 2.3190468138462996e-17;
        x = AtLeast(AtMost(x, 1100), -1100);
        Vector128<double> k = Nearest(x);
        Vector128<double> fraction = x - k;
        Vector128<double> r = fraction * ln2;
        Vector128<double> low = FusedMultiplyAdd(fraction, Create(ln2), -r) + fraction * ln2Rest;
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(Vector128<double>.One);
    }

    /// <summary>10ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Exp10(Vector128<double> x)
    {
        const double log2Of10 = 3.321928094887362, ln10 = 2.302585092994046, ln10Rest = -2.1707562233822494e-16;
        x = AtLeast(AtMost(x, 350), -350);
        Vector128<double> k = Nearest(x * log2Of10);
        Vector128<double> exact = FusedMultiplyAdd(-k, Create(Log10Of2High), x);
        Vector128<double> correction = k * Log10Of2Low;
        Vector128<double> fraction = exact - correction;
        Vector128<double> fractionLow = (exact - fraction) - correction;
        Vector128<double> r = fraction * ln10;
        Vector128<double> low = FusedMultiplyAdd(fraction, Create(ln10), -r)
            + FusedMultiplyAdd(fraction, Create(ln10Rest), fractionLow * ln10);
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(Vector128<double>.One);
    }
}

/// <content>sinh, cosh, tanh from one reduction of eˣ.</content>
internal static partial class Vectorized2
{
    /// <summary>tanh x = t/(t + 2), t = e²ˣ − 1.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Tanh(Vector128<double> x)
    {
        Vector128<double> a = AtMost(Abs(x), 22);
        Vector128<double> t = ExpM1(ReduceExp(a + a, Vector128<double>.Zero));
        return KeepZero(x, CopySign(t / (t + Create(2.0)), x));
    }

    /// <summary>sinh x: ½(t + t/(t + 1)) with t = eˣ − 1 for |x| &lt; 1, else ½eˣ − ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Sinh(Vector128<double> x)
    {
        Vector128<double> a = Abs(x);
        ExpParts e = ReduceExp(a, Vector128<double>.Zero);
        Vector128<double> half = HalfExp(e);
        Vector128<double> t = ExpM1(e);
        Vector128<double> near = (t + t / (t + Vector128<double>.One)) * 0.5;
        Vector128<double> y = ConditionalSelect(LessThan(a, Vector128<double>.One), near, half - Create(0.25) / half);
        return KeepZero(x, CopySign(y, x));
    }

    /// <summary>cosh x = ½eˣ + ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Cosh(Vector128<double> x)
    {
        Vector128<double> half = HalfExp(ReduceExp(Abs(x), Vector128<double>.Zero));
        return half + Create(0.25) / half;
    }

    /// <summary>½eˣ, which is finite where sinh and cosh are.</summary>
    private static Vector128<double> HalfExp(ExpParts e) => Scale(e.Times(Create(0.5)), e.K);

    /// <summary>sech² x = 4e / (1 + e)² with e = exp(−2|x|).</summary>
    internal static Vector128<double> SechSquared(Vector128<double> x)
    {
        Vector128<double> e = Exp(Abs(x) * -2.0), sum = Vector128<double>.One + e;
        return 4 * e / (sum * sum);
    }
}

/// <content>
/// √(x² + y²), scaled by a power of two where squares leave the range and corrected by its exact residual (C. F. Borges, Algorithm 1014,
/// ACM TOMS 47, 2020).
/// </content>
internal static partial class Vectorized2
{
    /// <summary>√(x² + y²), without overflow; +∞ where either is infinite, even beside a NaN.</summary>
    /// <remarks>Worst error: below 1 ulp; every tested value was the nearest double.</remarks>
    internal static Vector128<double> Hypot(Vector128<double> x, Vector128<double> y)
    {
        const double large = 3.273390607896142e+150, small = 1 / large, lift = 4.149515568880993e+180;
        Vector128<double> infinity = Create(double.PositiveInfinity);
        Vector128<double> a = Abs(x), b = Abs(y);
        Vector128<double> infinite = Vector128.Equals(a, infinity) | Vector128.Equals(b, infinity);
        Vector128<double> swap = LessThan(a, b);
        (a, b) = (ConditionalSelect(swap, b, a), ConditionalSelect(swap, a, b));

        Vector128<double> above = GreaterThan(a, Create(large)), below = LessThan(a, Create(small));
        Vector128<double> one = Vector128<double>.One, up = Create(lift), down = Create(1 / lift);
        Vector128<double> scale = ConditionalSelect(above, down, ConditionalSelect(below, up, one));
        a *= scale;
        b *= scale;

        Vector128<double> h = Sqrt(FusedMultiplyAdd(a, a, b * b));
        Vector128<double> hSquare = h * h, aSquare = a * a;
        Vector128<double> residual = FusedMultiplyAdd(-b, b, hSquare - aSquare)
            + FusedMultiplyAdd(h, h, -hSquare) - FusedMultiplyAdd(a, a, -aSquare);
        Vector128<double> corrected = h - residual / (h + h);
        h = ConditionalSelect(IsZero(h), h, corrected) * ConditionalSelect(above, up, ConditionalSelect(below, down, one));
        return ConditionalSelect(infinite, infinity, h);
    }
}

/// <content>
/// log |Γ|: polynomials about 1 and 2, the recurrence Γ(x + 1) = xΓ(x) up to 10, Stirling's series beyond (Abramowitz, Stegun 6.1.41), each
/// with its logarithm in two parts. Lanes at or below zero go one by one.
/// </content>
internal static partial class Vectorized2
{
    /// <summary>log Γ(1 + z) / z for |z| ≤ ½, relative error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> LogGammaNearOne =>
    [
        -0.5772156649015329, 0.8224670334241132, -0.4006856343865406, 0.2705808084277935, -0.2073855510262953, 0.16955717699509998,
        -0.14404989701106719, 0.1255096697597847, -0.1113342530365414, 0.10009944506030896, -0.09095442301348973,
        0.08335423437020126, -0.07692423568567124, 0.07142491150665906, -0.06678275881746833, 0.0626116167474043,
        -0.057737256640806416, 0.054501409023364235, -0.059850048562680856, 0.057003000096539545, -0.014509338086091672,
        0.01333577663873192, -0.14497971020532596, 0.14011729595820724, 0.1528715168258553, -0.14857260899606312,
        -0.22471180158915516, 0.21762817640022097
    ];

    /// <summary>log Γ(2 + z) / z for |z| ≤ ½, relative error 2⁻⁵³.</summary>
    private static ReadOnlySpan<double> LogGammaNearTwo =>
    [
        0.42278433509846713, 0.32246703342411326, -0.0673523010531981, 0.02058080842778038, -0.0073855510286719986,
        0.002890510331034267, -0.0011927539118428156, 0.0005096695154115458, -0.00022315475400520507, 9.945767355819498e-05,
        -4.49263133791557e-05, 2.0505590755833454e-05, -9.438715099211532e-06, 4.38470440459836e-06, -2.0439048107029907e-06,
        9.200527894968101e-07, -4.3252393445604814e-07, 2.78740805211359e-07, -1.3219945666117874e-07
    ];

    /// <summary>B₂ₖ / (2k(2k − 1)), k = 1, 2, …: Stirling's series in x¹⁻²ᵏ.</summary>
    private static ReadOnlySpan<double> StirlingCoefficients =>
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    ];

    /// <summary>
    /// log |Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. Relatively accurate also next to the roots 1 and 2; next to the roots on the
    /// negative axis, where terms cancel, the error is absolute.
    /// </summary>
    /// <remarks>Worst error: 2 ulp for x &gt; 0; below, 2 ulp of the largest of |result|, |xψ(x)| and 1.</remarks>
    internal static unsafe Vector128<double> LogGamma(Vector128<double> x)
    {
        Vector128<double> one = Vector128<double>.One, infinity = Create(double.PositiveInfinity);
        Vector128<double> low = LessThan(x, Create(0.5)), far = GreaterThanOrEqual(x, Create(10.0));
        Vector128<double> middle = AndNot(GreaterThanOrEqual(x, Create(1.5)), far);

        // Down to [1.5, 2.5), collecting the factors.
        Vector128<double> product = one, reduced = x;
        for (Vector128<double> above; !EqualsAll(
            (above = middle & GreaterThanOrEqual(reduced, Create(2.5))).AsInt64(), Vector128<long>.Zero);)
        {
            reduced -= above & one;
            product *= ConditionalSelect(above, reduced, one);
        }

        // log Γ = factor·(logarithm + subtrahend) + rest.
        Vector128<double> denormal = LessThan(x, Create(SmallestNormal));
        Vector128<double> argument =
            ConditionalSelect(low, ConditionalSelect(denormal, x * DenormalLift, x), ConditionalSelect(far, x, product));
        (Vector128<double> log, Vector128<double> logRest) = LogInTwoParts(argument, denormal & Create(-54.0));
        Vector128<double> head = log - (far & one);
        Vector128<double> headRest = ((log - head) - (far & one)) + logRest;
        Vector128<double> factor = ConditionalSelect(far, x - Create(0.5), ConditionalSelect(low, -one, one));
        Vector128<double> main = factor * head;
        Vector128<double> mainRest = FusedMultiplyAdd(factor, headRest, FusedMultiplyAdd(factor, head, -main));

        Vector128<double> y = main + (mainRest + LogGammaRest(x, reduced, middle, far));
        y = ConditionalSelect(Vector128.Equals(main, infinity), infinity, y);
        return ReplaceLanes(LessThanOrEqual(x, Vector128<double>.Zero), x, y, &SpecialFunctions.LogGammaOfNegative);
    }

    /// <summary>What log Γ has beside its logarithm.</summary>
    private static Vector128<double> LogGammaRest(
        Vector128<double> x, Vector128<double> reduced, Vector128<double> middle, Vector128<double> far)
    {
        const double halfLogTwoPiMinusHalf = 0.4189385332046727;
        Vector128<double> y = Vector128<double>.Zero;
        if (!EqualsAll((middle | far).AsInt64(), Vector128<long>.AllBitsSet))
        {
            Vector128<double> z = x - (GreaterThanOrEqual(x, Create(0.5)) & Vector128<double>.One);
            y = z * Evaluate(z, LogGammaNearOne);
        }

        if (!EqualsAll(middle.AsInt64(), Vector128<long>.Zero))
        {
            Vector128<double> z = reduced - Create(2.0);
            y = ConditionalSelect(middle, z * Evaluate(z, LogGammaNearTwo), y);
        }

        if (!EqualsAll(far.AsInt64(), Vector128<long>.Zero))
        {
            Vector128<double> inverse = Vector128<double>.One / x;
            Vector128<double> series = inverse * Evaluate(inverse * inverse, StirlingCoefficients);
            y = ConditionalSelect(far, series + Create(halfLogTwoPiMinusHalf), y);
        }

        return y;
    }
}

/// <content>
/// log x and log(1 + x): x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2, and log(1 + f) = 2 artanh(s) with s = f/(2 + f), arranged so that f itself
/// is added last (K. C. Ng's algorithm in fdlibm, 1993). To base 2 and 10 the same sum in two parts, so that whole powers give whole
/// numbers.
/// </content>
internal static partial class Vectorized2
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <summary>log₁₀ 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.</summary>
    private const double Log10Of2High = 0.30102999566383914, Log10Of2Low = 1.42050232272661e-13;

    /// <summary>(2 artanh(s)/s − 2) / s² in s², for |s| ≤ 3 − 2√2, error 2⁻⁵⁹.</summary>
    private static ReadOnlySpan<double> LogCoefficients =>
    [
        0.6666666666666666, 0.40000000000000885, 0.28571428570799784, 0.22222222392581045, 0.18181795547521137, 0.15386244737621665,
        0.13268638369266825, 0.13088034850927555
    ];

    /// <summary>The exponent k of a positive normal x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> CentredExponent(Vector128<double> x) => ShiftRightArithmetic(x.AsInt64() - Create(SqrtHalfBits), 52);

    /// <summary>Positive x = 2ᵏ(1 + f), denormal numbers too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> K, Vector128<double> F) SplitForLog(Vector128<double> x)
    {
        Vector128<double> denormal = LessThan(x, Create(SmallestNormal));
        Vector128<double> lifted = ConditionalSelect(denormal, x * DenormalLift, x);
        Vector128<long> exponent = CentredExponent(lifted);
        Vector128<double> f = (lifted.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - Vector128<double>.One;
        return (ConvertToDouble(exponent) - (denormal & Create(54.0)), f);
    }

    /// <summary>log(1 + f) = f − (halfSquare − s·series), halfSquare = f²/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> HalfSquare, Vector128<double> S, Vector128<double> Series) LogSeries(Vector128<double> f)
    {
        Vector128<double> s = f / (f + Create(2.0));
        Vector128<double> z = s * s;
        Vector128<double> halfSquare = f * f * 0.5;
        return (halfSquare, s, FusedMultiplyAdd(z, Evaluate(z, LogCoefficients), halfSquare));
    }

    /// <summary>k ln 2 + log(1 + f) + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SumLog(Vector128<double> k, Vector128<double> f, Vector128<double> rest)
    {
        (Vector128<double> halfSquare, Vector128<double> s, Vector128<double> series) = LogSeries(f);
        Vector128<double> low = FusedMultiplyAdd(s, series, FusedMultiplyAdd(k, Create(Ln2Low), rest));
        return FusedMultiplyAdd(k, Create(Ln2High), f - (halfSquare - low));
    }

    /// <summary>log x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Log(Vector128<double> x)
    {
        (Vector128<double> k, Vector128<double> f) = SplitForLog(x);
        return LogLimits(x, SumLog(k, f, Vector128<double>.Zero));
    }

    /// <summary>log₂ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Log2(Vector128<double> x) => LogOfUnit(x, 1, 0, Log2E, 2.0355273740931033e-17);

    /// <summary>log₁₀ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Log10(Vector128<double> x) =>
        LogOfUnit(x, Log10Of2High, Log10Of2Low, 0.4342944819032518, 1.098319650216765e-17);

    /// <summary>k·unit + scale·log(1 + f), where the product of k and the high part of the unit is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogOfUnit(Vector128<double> x, double unitHigh, double unitLow, double scale, double scaleLow)
    {
        (Vector128<double> k, Vector128<double> f) = SplitForLog(x);
        (Vector128<double> halfSquare, Vector128<double> s, Vector128<double> series) = LogSeries(f);
        Vector128<double> head = f - halfSquare;
        Vector128<double> tail = FusedMultiplyAdd(s, series, (f - head) - halfSquare);
        Vector128<double> product = head * scale;
        Vector128<double> productLow = FusedMultiplyAdd(head, Create(scale), -product)
            + FusedMultiplyAdd(head, Create(scaleLow), tail * scale);
        Vector128<double> whole = k * unitHigh;
        Vector128<double> sum = whole + product;
        Vector128<double> sumLow = (whole - sum) + product;
        return LogLimits(x, sum + (sumLow + FusedMultiplyAdd(k, Create(unitLow), productLow)));
    }

    /// <summary>log(1 + x), accurate relatively for small x; −∞ at −1, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> LogP1(Vector128<double> x) => LogP1(x, Vector128<double>.Zero, Vector128<double>.Zero);

    /// <summary>log(1 + x + low) + shift·log 2, |low| ≤ ulp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogP1(Vector128<double> x, Vector128<double> low, Vector128<double> shift)
    {
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> u = one + x;
        Vector128<double> added = u - one;
        Vector128<double> rounding = (one - (u - added)) + (x - added);
        Vector128<long> exponent = CentredExponent(u);
        Vector128<double> f = (u.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - one;
        Vector128<double> k = ConvertToDouble(exponent);

        // The rounding of 1 + x counts with its first bits only: 1/(1 + f) ≈ 1 − f + f².
        Vector128<double> near = Vector128.Equals(exponent, Vector128<long>.Zero).AsDouble();
        Vector128<double> rest = Scale(AndNot(rounding, near) + low, -k) * FusedMultiplyAdd(f, f - one, one);
        f = ConditionalSelect(near, x, f);
        return KeepZero(x, LogLimits(u, SumLog(k + shift, f, rest)));
    }

    /// <summary>The logarithm where it is no finite number: at 0, ∞ and below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogLimits(Vector128<double> x, Vector128<double> y)
    {
        Vector128<double> infinity = Create(double.PositiveInfinity);
        y = ConditionalSelect(Vector128.Equals(x, infinity), infinity, y);
        y = ConditionalSelect(GreaterThanOrEqual(x, Vector128<double>.Zero), y, Create(double.NaN));
        return ConditionalSelect(IsZero(x), -infinity, y);
    }
}

/// <content>The logistic family, each from e^−|x|, which cannot overflow.</content>
internal static partial class Vectorized2
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Sigmoid(Vector128<double> x)
    {
        Vector128<double> e = Exp(-Abs(x));
        Vector128<double> numerator = ConditionalSelect(LessThan(x, Vector128<double>.Zero), e, Vector128<double>.One);
        return numerator / (Vector128<double>.One + e);
    }

    /// <summary>x σ(x); below zero x multiplies eˣ before that underflows.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> Silu(Vector128<double> x)
    {
        ExpParts e = ReduceExp(-Abs(x), Vector128<double>.Zero);
        Vector128<double> numerator = ConditionalSelect(
            LessThan(x, Vector128<double>.Zero), e.ScaledTimes(AtLeast(x, -ExponentLimit)), x);
        return numerator / (Vector128<double>.One + e.ScaledTimes(Vector128<double>.One));
    }

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Softplus(Vector128<double> x) => AtLeast(x, 0) + LogP1(Exp(-Abs(x)));

    /// <summary>log σ(x) = −softplus(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> LogSigmoid(Vector128<double> x) => -Softplus(-x);

    /// <summary>log(eᵃ + eᵇ) = max(a, b) + log(1 + e^−|a − b|).</summary>
    /// <remarks>Worst error: 1 ulp, of the larger argument where the two terms cancel (values near 0).</remarks>
    internal static Vector128<double> LogAddExp(Vector128<double> a, Vector128<double> b)
    {
        Vector128<double> larger = ConditionalSelect(GreaterThan(a, b), a, b);
        Vector128<double> distance = ConditionalSelect(Vector128.Equals(a, b), Vector128<double>.Zero, Abs(a - b));
        return larger + LogP1(Exp(-distance));
    }
}

/// <content>Logarithm of the normal distribution function and its derivative, both through erfcx in the lower tail.</content>
internal static partial class Vectorized2
{
    /// <summary>log Φ(x): −x²/2 + log(½ erfcx(−x/√2)) in the lower tail, log(1 − Φ(−x)) above zero.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> LogNormalCdf(Vector128<double> x)
    {
        Vector128<double> lower = LessThan(x, Create(-SqrtHalf));
        Vector128<double> y = Vector128<double>.Zero;
        if (!EqualsAll(lower.AsInt64(), Vector128<long>.AllBitsSet))
        {
            Vector128<double> probability = NormalCdf(-Abs(x));
            y = ConditionalSelect(LessThan(x, Vector128<double>.Zero), Log(probability), LogP1(-probability));
        }

        if (EqualsAll(lower.AsInt64(), Vector128<long>.Zero))
            return y;
        (Vector128<double> high, Vector128<double> low) = ScaledNormalTail(Abs(x));
        return ConditionalSelect(lower, Log((high + low) * 0.5) - x * 0.5 * x, y);
    }

    /// <summary>φ(x)/Φ(x) = d/dx log Φ(x), which tends to −x for x → −∞ and to 0 for x → ∞ (the inverse Mills ratio of −x).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector128<double> InverseMillsRatio(Vector128<double> x)
    {
        const double sqrtTwoOverPi = 0.7978845608028654, sqrtTwoOverPiRest = -4.98465440455546e-17, inverseSqrtTwoPi = 0.3989422804014327;
        Vector128<double> left = LessThan(x, Create(-0.3));
        Vector128<double> y = Vector128<double>.Zero;
        if (!EqualsAll(left.AsInt64(), Vector128<long>.AllBitsSet))
            y = Gaussian(AtMost(Abs(x), TailLimit), 0.5).ScaledTimes(Create(inverseSqrtTwoPi)) / NormalCdf(x);
        if (EqualsAll(left.AsInt64(), Vector128<long>.Zero))
            return y;

        (Vector128<double> high, Vector128<double> low) = ScaledNormalTail(Abs(x));
        Vector128<double> quotient = Create(sqrtTwoOverPi) / high;
        Vector128<double> residual = FusedMultiplyAdd(-quotient, high, Create(sqrtTwoOverPi))
            + (Create(sqrtTwoOverPiRest) - quotient * low);
        Vector128<double> corrected = quotient + residual / high;

        // Far out −x to the last bit, where erfcx and the residual leave the range.
        return ConditionalSelect(left, ConditionalSelect(LessThan(x, Create(-1e100)), -x, corrected), y);
    }
}

/// <content>
/// xʸ = e^(y log x), with log x in two parts to 2⁻⁶⁴, because its error counts up to 709 times (T. J. Dekker's double-length arithmetic,
/// Numer. Math. 18, 1971). Bases that are zero, negative or denormal take a second path; lanes whose base or exponent is not finite go to
/// System.Math one by one.
/// </content>
internal static partial class Vectorized2
{
    /// <summary>(2 artanh(s) − 2s − ⅔s³) / s⁵ in s², for |s| ≤ 3 − 2√2, error 2⁻⁶⁵ relative to s⁻⁴.</summary>
    private static ReadOnlySpan<double> PowCoefficients =>
    [
        0.4, 0.28571428571428564, 0.2222222222222847, 0.1818181817964499, 0.1538461576290815, 0.13333296397963834,
        0.11766819021629554, 0.10456195110401492, 0.1076362151501126
    ];

    /// <summary>xʸ, by the rules of <see cref="Math.Pow"/>.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> Pow(Vector128<double> x, Vector128<double> y)
    {
        Vector128<double> infinity = Create(double.PositiveInfinity);
        Vector128<double> ordinary = GreaterThanOrEqual(x, Create(SmallestNormal)) & LessThan(x, infinity) & LessThan(Abs(y), infinity);
        return EqualsAll(ordinary.AsInt64(), Vector128<long>.AllBitsSet) ? PowOfPositive(x, y, Vector128<double>.Zero) : PowOfAny(x, y);
    }

    /// <summary>(2^shift x)ʸ for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowOfPositive(Vector128<double> x, Vector128<double> y, Vector128<double> shift)
    {
        (Vector128<double> log, Vector128<double> logLow) = LogInTwoParts(x, shift);
        Vector128<double> product = y * log;
        Vector128<double> low = FusedMultiplyAdd(y, log, -product) + y * logLow;
        low &= LessThan(Abs(product), Create(ExponentLimit));
        return ReduceExp(product, low).ScaledTimes(Vector128<double>.One);
    }

    /// <summary>|x|ʸ with the sign that a whole y gives it, NaN for a negative x and a fractional y.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<double> PowOfAny(Vector128<double> x, Vector128<double> y)
    {
        Vector128<double> infinity = Create(double.PositiveInfinity), zero = Vector128<double>.Zero;
        Vector128<double> a = Abs(x);
        Vector128<double> denormal = LessThan(a, Create(SmallestNormal));
        Vector128<double> power = PowOfPositive(ConditionalSelect(denormal, a * DenormalLift, a), y, denormal & Create(-54.0));

        Vector128<double> ofZero = ConditionalSelect(
            GreaterThan(y, zero), zero, ConditionalSelect(LessThan(y, zero), infinity, Vector128<double>.One));
        power = ConditionalSelect(IsZero(a), ofZero, power);
        Vector128<double> whole = Vector128.Equals(y, Round(y));
        Vector128<double> odd = AndNot(whole, Vector128.Equals(y * 0.5, Round(y * 0.5)));
        power = ConditionalSelect(whole | GreaterThanOrEqual(x, zero) | IsZero(x), power, Create(double.NaN)) ^ (odd & x & Create(-0.0));

        Vector128<double> finite = LessThan(a, infinity) & LessThan(Abs(y), infinity);
        return EqualsAll(finite.AsInt64(), Vector128<long>.AllBitsSet) ? power : ReplaceInfinite(x, y, power, finite);
    }

    /// <summary>log(2^shift x) of positive normal x as an unevaluated sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> High, Vector128<double> Low) LogInTwoParts(Vector128<double> x, Vector128<double> shift)
    {
        const double twoThirds = 0.6666666666666666, twoThirdsRest = 3.700743415417188e-17;
        Vector128<double> two = Create(2.0);
        Vector128<long> exponent = CentredExponent(x);
        Vector128<double> k = ConvertToDouble(exponent) + shift;
        Vector128<double> f = (x.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - Vector128<double>.One;

        // s + sLow = f/(2 + f) and z + zLow its square.
        Vector128<double> denominator = two + f;
        Vector128<double> inverse = Vector128<double>.One / denominator;
        Vector128<double> s = f * inverse;
        Vector128<double> sLow = (FusedMultiplyAdd(-s, denominator, f) - s * (f - (denominator - two))) * inverse;
        Vector128<double> z = s * s;
        Vector128<double> zLow = FusedMultiplyAdd(s, s, -z) + two * s * sLow;

        // p + pLow = ⅔ + z·polynomial; then (p + pLow)z, and that times s.
        Vector128<double> higher = z * Evaluate(z, PowCoefficients);
        Vector128<double> p = Create(twoThirds) + higher;
        Vector128<double> pLow = (higher - (p - Create(twoThirds))) + Create(twoThirdsRest);
        Vector128<double> even = z * p;
        Vector128<double> evenLow = FusedMultiplyAdd(z, p, -even) + (z * pLow + zLow * p);
        Vector128<double> odd = s * even;
        Vector128<double> oddLow = FusedMultiplyAdd(s, even, -odd) + (s * evenLow + sLow * even);

        // 2s + odd, then k ln 2 + that: each addend smaller than the one before it, or that is 0.
        Vector128<double> doubled = s + s;
        Vector128<double> fraction = doubled + odd;
        Vector128<double> fractionLow = (odd - (fraction - doubled)) + (oddLow + (sLow + sLow));
        Vector128<double> whole = k * Ln2High;
        Vector128<double> sum = whole + fraction;
        Vector128<double> sumLow = (fraction - (sum - whole)) + FusedMultiplyAdd(k, Create(Ln2Low), fractionLow);
        Vector128<double> high = sum + sumLow;
        return (high, sumLow - (high - sum));
    }

    /// <summary>The power with the lanes outside <paramref name="finite"/> replaced by <see cref="Math.Pow"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<double> ReplaceInfinite(
        Vector128<double> x, Vector128<double> y, Vector128<double> power, Vector128<double> finite)
    {
        for (int lane = 0; lane < Vector128<double>.Count; lane++)
        {
            if (finite.AsInt64()[lane] == 0)
                power = power.WithElement(lane, Math.Pow(x[lane], y[lane]));
        }

        return power;
    }
}

/// <content>
/// sin, cos and tan: x − kπ/2 with π/2 in three parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), the
/// remainder in two, and a polynomial each on |r| ≤ π/4. Lanes beyond 2²⁰, rare as they are, go to System.Math one by one. sin πx and
/// cos πx: x − k/2 is exact, and so no argument is too large.
/// </content>
internal static partial class Vectorized2
{
    private const double ReductionLimit = 1048576;

    /// <summary>(sin(r)/r − 1) / r² in r², for |r| ≤ π/4, error 2⁻⁵⁷.</summary>
    private static ReadOnlySpan<double> SinCoefficients =>
    [
        -0.16666666666666666, 0.008333333333333331, -0.0001984126984126506, 2.7557319219335453e-06, -2.5052106231157904e-08,
        1.605853141458901e-10, -7.586685070091267e-13
    ];

    /// <summary>(cos(r) − 1 + r²/2) / r⁴ in r², for |r| ≤ π/4, error 2⁻⁶⁰.</summary>
    private static ReadOnlySpan<double> CosCoefficients =>
    [
        0.041666666666666664, -0.0013888888888888887, 2.4801587301584645e-05, -2.755731922140076e-07, 2.0876755790363397e-09,
        -1.1470460773969325e-11, 4.7458652037874553e-14
    ];

    /// <summary>sin x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe Vector128<double> Sin(Vector128<double> x)
    {
        Vector128<long> quarters = ReduceAngle(x, out Vector128<double> r, out Vector128<double> low);
        Vector128<double> y = KeepZero(x, SinOfQuarters(quarters, r, low));
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Sin);
    }

    /// <summary>cos x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe Vector128<double> Cos(Vector128<double> x)
    {
        Vector128<long> quarters = ReduceAngle(x, out Vector128<double> r, out Vector128<double> low);
        Vector128<double> y = SinOfQuarters(quarters + Vector128<long>.One, r, low);
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Cos);
    }

    /// <summary>tan x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static unsafe Vector128<double> Tan(Vector128<double> x)
    {
        Vector128<long> quarters = ReduceAngle(x, out Vector128<double> r, out Vector128<double> low);
        (Vector128<double> sine, Vector128<double> cosine) = SinCosOfRemainder(r, low);
        Vector128<double> odd = IsOdd(quarters);
        Vector128<double> y = KeepZero(x, ConditionalSelect(odd, -cosine, sine) / ConditionalSelect(odd, sine, cosine));
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Tan);
    }

    /// <summary>sin πx; a zero of the sign of x at whole numbers, NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> SinPi(Vector128<double> x)
    {
        Vector128<long> quarters = ReduceTurns(x, out Vector128<double> r, out Vector128<double> low);
        Vector128<double> y = SinOfQuarters(quarters, r, low);
        return ConditionalSelect(IsZero(y), CopySign(y, x), y);
    }

    /// <summary>cos πx; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector128<double> CosPi(Vector128<double> x)
    {
        Vector128<long> quarters = ReduceTurns(x, out Vector128<double> r, out Vector128<double> low);
        return SinOfQuarters(quarters + Vector128<long>.One, r, low) + Vector128<double>.Zero;
    }

    /// <summary>x = kπ/2 + r + low with |r| ≤ π/4; the low bits of the result are k. |x| ≤ <see cref="ReductionLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> ReduceAngle(Vector128<double> x, out Vector128<double> r, out Vector128<double> low)
    {
        const double twoOverPi = 0.6366197723675814;
        const double first = 1.5707963267341256, second = 6.077100506303966e-11, third = 2.0222662487959506e-21;
        Vector128<double> shifted = FusedMultiplyAdd(x, Create(twoOverPi), Create(RoundingShift));
        Vector128<double> k = shifted - Create(RoundingShift);

        // The first two products are exact, the first difference too; the second is rounded and its rounding kept.
        Vector128<double> near = FusedMultiplyAdd(-k, Create(first), x);
        Vector128<double> subtrahend = k * second;
        Vector128<double> difference = near - subtrahend;
        Vector128<double> taken = near - difference;
        Vector128<double> rest = (near - (difference + taken)) + (taken - subtrahend);
        rest = FusedMultiplyAdd(-k, Create(third), rest);
        r = difference + rest;
        low = rest - (r - difference);
        return shifted.AsInt64();
    }

    /// <summary>πx = kπ/2 + r + low up to whole turns, with |r| ≤ π/4; the low bits of the result are k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> ReduceTurns(Vector128<double> x, out Vector128<double> r, out Vector128<double> low)
    {
        Vector128<double> turn = x - Create(2.0) * Round(x * 0.5);
        Vector128<double> shifted = turn + turn + Create(RoundingShift);
        Vector128<double> fraction = turn - (shifted - Create(RoundingShift)) * 0.5;
        r = fraction * Math.PI;
        low = FusedMultiplyAdd(fraction, Create(Math.PI), -r) + fraction * PiRest;
        return shifted.AsInt64();
    }

    /// <summary>sin(r + low) and cos(r + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> Sine, Vector128<double> Cosine) SinCosOfRemainder(Vector128<double> r, Vector128<double> low)
    {
        Vector128<double> z = r * r;
        Vector128<double> halfSquare = z * 0.5;
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> sine = r + FusedMultiplyAdd(z * r, Evaluate(z, SinCoefficients), low * (one - halfSquare));
        Vector128<double> top = one - halfSquare;
        Vector128<double> cosine = top + (((one - top) - halfSquare)
            + FusedMultiplyAdd(z * z, Evaluate(z, CosCoefficients), -(r * low)));
        return (sine, cosine);
    }

    /// <summary>sin(r + low + quarters·π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SinOfQuarters(Vector128<long> quarters, Vector128<double> r, Vector128<double> low)
    {
        (Vector128<double> sine, Vector128<double> cosine) = SinCosOfRemainder(r, low);
        Vector128<double> sign = ShiftLeft(quarters & Create(2L), 62).AsDouble();
        return ConditionalSelect(IsOdd(quarters), cosine, sine) ^ sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> IsOdd(Vector128<long> n) => Vector128.Equals(n & Vector128<long>.One, Vector128<long>.One).AsDouble();
}
