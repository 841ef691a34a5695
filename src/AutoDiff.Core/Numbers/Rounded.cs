using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A number with a bound on what rounding may have made of it: running error analysis (J. H. Wilkinson; N. J. Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, section 3.3). Over it the reference interpreter tells how far a value and its gradient may be
/// from what exact arithmetic would give: the size of the terms that cancelled.
/// </summary>
/// <remarks>To first order, in the worst case: every rounding counts in full, and variables and constants count as they stand. An
/// elementwise function counts as rounded once.</remarks>
internal readonly struct Rounded(double value, double error) : IScalar<Rounded>
{
    // 2⁻⁵³, and half of the least number: what one operation adds.
    private const double UnitRoundOff = 1.0 / (1L << 53), Underflow = double.Epsilon;

    public readonly double Value = value;
    public readonly double Error = error;

    public static Rounded Constant(double value) => new(value, 0);

    static double IScalar<Rounded>.Primal(Rounded x) => x.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Apply<TRule>(Rounded x) where TRule : struct, IUnaryRule<TRule>
    {
        double y = TRule.Value(x.Value);
        return TRule.IsFlat ? Constant(y) : Result(y, Product(TRule.First(new Real(x.Value), new Real(y)).Value, x.Error));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded Apply<TRule>(Rounded x, Rounded y) where TRule : struct, IBinaryRule<TRule>
    {
        double z = TRule.Value(x.Value, y.Value);
        if (TRule.IsFlat)
            return Constant(z);
        Real a = new(x.Value), b = new(y.Value), c = new(z);
        return Result(z, Product(TRule.FirstX(a, b, c).Value, x.Error) + Product(TRule.FirstY(a, b, c).Value, y.Error));
    }

    // A product with an exact zero is exact.
    public static Rounded AbsoluteProduct(Rounded x, Rounded y) => IsZero(x) || IsZero(y) ? Constant(0) : x * y;

    // Of how a product rounds, every zero tells the same.
    static Rounded IScalar<Rounded>.ChainProduct(PartialKind kind, Rounded partial, Rounded derivative) =>
        AbsoluteProduct(partial, derivative);

    public static Rounded AbsoluteQuotient(Rounded x, Rounded y) => IsZero(x) ? Constant(0) : x / y;

    public static Rounded FusedMultiplyAdd(Rounded x, Rounded y, Rounded z) =>
        Result(Math.FusedMultiplyAdd(x.Value, y.Value, z.Value), Product(x.Value, y.Error) + Product(y.Value, x.Error) + z.Error);

    // Adding an exact zero rounds nothing, nor does taking a sum to zero.
    public static Rounded operator +(Rounded x, Rounded y) => IsZero(x) ? y : IsZero(y) ? x : Sum(x.Value + y.Value, x.Error + y.Error);

    public static Rounded operator -(Rounded x, Rounded y) => x + -y;

    public static Rounded operator -(Rounded x) => new(-x.Value, x.Error);

    public static Rounded operator *(Rounded x, Rounded y) =>
        Result(x.Value * y.Value, Product(x.Value, y.Error) + Product(y.Value, x.Error));

    public static Rounded operator /(Rounded x, Rounded y)
    {
        double z = x.Value / y.Value;
        return Result(z, (x.Error + Product(z, y.Error)) / Math.Abs(y.Value));
    }

    public static Rounded operator +(Rounded x, double c) => x + Constant(c);

    public static Rounded operator -(Rounded x, double c) => x + Constant(-c);

    public static Rounded operator *(Rounded x, double c) => x * Constant(c);

    public static Rounded operator /(Rounded x, double c) => x / Constant(c);

    public static Rounded operator +(double c, Rounded x) => Constant(c) + x;

    public static Rounded operator -(double c, Rounded x) => Constant(c) - x;

    public static Rounded operator *(double c, Rounded x) => Constant(c) * x;

    public static Rounded operator /(double c, Rounded x) => Constant(c) / x;

    private static bool IsZero(Rounded x) => x.Value == 0 && x.Error == 0;

    // 0·∞ adds no error: what is exact stays so.
    private static double Product(double factor, double error) => error == 0 ? 0 : Math.Abs(factor) * error;

    private static Rounded Sum(double value, double error) => new(value, error + UnitRoundOff * Math.Abs(value));

    private static Rounded Result(double value, double error) =>
        new(value, error + UnitRoundOff * Math.Abs(value) + (value == 0 && error == 0 ? 0 : Underflow));
}
