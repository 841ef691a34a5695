using System.Runtime.CompilerServices;
using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// A number whose operations round up or down at random where they round at all: over it the reference interpreter gives each time another
/// of the results that the lambda's arithmetic may give (J. Vignes, A stochastic arithmetic for reliable scientific computation,
/// Mathematics and Computers in Simulation 35, 1993; D. S. Parker, Monte Carlo arithmetic, 1997).
/// </summary>
/// <remarks>Sums, differences and products that are exact stay so. An elementwise function is off by one unit in the last place at most.
/// The random numbers are the thread's, from the seed given to <see cref="Seed"/>.</remarks>
internal readonly struct RandomlyRounded(double value) : IScalar<RandomlyRounded>
{
    [ThreadStatic]
    private static SeededGenerator t_random;

    public readonly double Value = value;

    /// <summary>Begins the thread's random numbers again.</summary>
    public static void Seed(ulong seed) => t_random = new(seed);

    public static RandomlyRounded Constant(double value) => new(value);

    static double IScalar<RandomlyRounded>.Primal(RandomlyRounded x) => x.Value;

    static void IScalar<RandomlyRounded>.Evaluate(ArrayFunction function, ReadOnlySpan<RandomlyRounded> x, Span<RandomlyRounded> y)
    {
        double[] arguments = new double[x.Length], results = new double[y.Length];
        for (int i = 0; i < x.Length; i++)
            arguments[i] = x[i].Value;
        function.Evaluate(arguments, results);
        for (int i = 0; i < y.Length; i++)
            y[i] = Either(results[i]);
    }

    public static RandomlyRounded Apply<TRule>(RandomlyRounded x) where TRule : struct, IUnaryRule<TRule>
    {
        if (typeof(TRule) == typeof(Rules.Square))
            return x * x;
        double y = TRule.Value(x.Value);
        return TRule.IsFlat || y == x.Value || y == -x.Value ? new(y) : Either(y);
    }

    public static RandomlyRounded Apply<TRule>(RandomlyRounded x, RandomlyRounded y) where TRule : struct, IBinaryRule<TRule>
    {
        if (typeof(TRule) == typeof(Rules.Add))
            return x + y;
        if (typeof(TRule) == typeof(Rules.Subtract))
            return x - y;
        if (typeof(TRule) == typeof(Rules.Multiply))
            return x * y;
        if (typeof(TRule) == typeof(Rules.Divide))
            return x / y;
        if (typeof(TRule) == typeof(Rules.AbsoluteProduct))
            return AbsoluteProduct(x, y);
        if (typeof(TRule) == typeof(Rules.AbsoluteQuotient))
            return x.Value == 0 ? Constant(0) : x / y;
        double z = TRule.Value(x.Value, y.Value);
        return TRule.IsFlat || z == x.Value || z == y.Value ? new(z) : Either(z);
    }

    public static RandomlyRounded AbsoluteProduct(RandomlyRounded x, RandomlyRounded y) =>
        x.Value == 0 || y.Value == 0 ? Constant(0) : x * y;

    // Of how a product rounds, every zero tells the same.
    static RandomlyRounded IScalar<RandomlyRounded>.ChainProduct(PartialKind kind, RandomlyRounded partial, RandomlyRounded derivative) =>
        AbsoluteProduct(partial, derivative);

    // The rounding error of a sum, exactly (Knuth's TwoSum).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RandomlyRounded operator +(RandomlyRounded x, RandomlyRounded y)
    {
        double sum = x.Value + y.Value, back = sum - x.Value;
        return Towards(sum, x.Value - (sum - back) + (y.Value - back));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RandomlyRounded operator *(RandomlyRounded x, RandomlyRounded y)
    {
        double product = x.Value * y.Value;
        return Towards(product, Math.FusedMultiplyAdd(x.Value, y.Value, -product));
    }

    // x − qy has the sign of the quotient's error, or of its opposite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RandomlyRounded operator /(RandomlyRounded x, RandomlyRounded y)
    {
        double quotient = x.Value / y.Value, rest = Math.FusedMultiplyAdd(-quotient, y.Value, x.Value);
        return Towards(quotient, y.Value < 0 ? -rest : rest);
    }

    public static RandomlyRounded FusedMultiplyAdd(RandomlyRounded x, RandomlyRounded y, RandomlyRounded z)
    {
        double product = x.Value * y.Value;
        return Math.FusedMultiplyAdd(x.Value, y.Value, -product) == 0
            ? new RandomlyRounded(product) + z
            : Either(Math.FusedMultiplyAdd(x.Value, y.Value, z.Value));
    }

    public static RandomlyRounded operator -(RandomlyRounded x) => new(-x.Value);

    public static RandomlyRounded operator -(RandomlyRounded x, RandomlyRounded y) => x + -y;

    public static RandomlyRounded operator +(RandomlyRounded x, double c) => x + Constant(c);

    public static RandomlyRounded operator -(RandomlyRounded x, double c) => x + Constant(-c);

    public static RandomlyRounded operator *(RandomlyRounded x, double c) => x * Constant(c);

    public static RandomlyRounded operator /(RandomlyRounded x, double c) => x / Constant(c);

    public static RandomlyRounded operator +(double c, RandomlyRounded x) => Constant(c) + x;

    public static RandomlyRounded operator -(double c, RandomlyRounded x) => Constant(c) + -x;

    public static RandomlyRounded operator *(double c, RandomlyRounded x) => Constant(c) * x;

    public static RandomlyRounded operator /(double c, RandomlyRounded x) => Constant(c) / x;

    // One of the two neighbours between which the exact result lies.
    private static RandomlyRounded Towards(double rounded, double error) =>
        error == 0 || (t_random.Next() & 1) == 0 ? new(rounded)
            : new(error > 0 ? Math.BitIncrement(rounded) : error < 0 ? Math.BitDecrement(rounded) : rounded);

    // The result or a neighbour on either side.
    private static RandomlyRounded Either(double rounded)
    {
        if (rounded == 0 || !double.IsFinite(rounded))
            return new(rounded);
        return t_random.NextBelow(
            3) switch { 0 => new(rounded), 1 => new(Math.BitIncrement(rounded)), _ => new(Math.BitDecrement(rounded)) };
    }
}
