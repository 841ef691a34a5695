using System.Runtime.CompilerServices;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>
/// A number that moves along a curve, x(t), by its value and first derivatives at t = 0: x, x′, … up to an order of at most four. A
/// recording run over it gives the derivatives of f(x(t)); its reverse run gives those of ∇f(x(t)), which is Taylor arithmetic over reverse
/// mode.
/// </summary>
/// <remarks>
/// <para>One rule fills all orders of every function: y = φ(x) has y′ = φ′(x)·x′, whose k-th derivative gives y⁽ᵏ⁺¹⁾ and asks for φ′(x) to
/// order k only. Since rules state φ′ over any number type, it is this arithmetic, truncated, that computes it. The numbers are those that
/// dual numbers nested k deep compute, each kept once.</para>
/// <para>Derivatives, not Taylor coefficients y⁽ᵏ⁾/k!, so that the derivative of a series is the series moved up one place, without
/// division; the convolutions then have binomial weights. A derivative that is structurally zero is −0 and absolute (see
/// <see cref="Zeros"/>), as in all propagation of derivatives. A. Griewank, A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapter
/// 13: tables 13.1 and 13.2, which are in coefficients.</para>
/// </remarks>
internal struct Taylor : IScalar<Taylor>
{
    /// <summary>The highest order.</summary>
    public const int MaximumOrder = 4;

    [InlineArray(MaximumOrder + 1)]
    private struct Derivatives
    {
        private double _first;
    }

    private Derivatives _derivatives;

    // Counted from the highest order down, so that a default number is the constant zero.
    private int _missing;

    [Flags]
    private enum Origin : byte
    {
        None = 0,

        /// <summary>It depends on a variable, be it one that does not move: a value of 0 is no structural zero then.</summary>
        Variable = 1,

        /// <summary>It depends on one that is infinite: slopes at infinity are limits then, not what overflow left.</summary>
        Infinite = 2,
    }

    private Origin _origin;

    private Taylor(double value, int order, Origin origin)
    {
        _origin = origin;
        _derivatives[0] = value;
        for (int k = 1; k <= MaximumOrder; k++)
            _derivatives[k] = Zeros.Structural;
        _missing = MaximumOrder - order;
    }

    /// <summary>The number with the given value and derivatives at t = 0.</summary>
    public Taylor(ReadOnlySpan<double> derivatives) : this(derivatives, Origin.None)
    {
    }

    private Taylor(ReadOnlySpan<double> derivatives, Origin origin)
    {
        _origin = origin;
        derivatives.CopyTo(_derivatives);
        for (int k = derivatives.Length; k <= MaximumOrder; k++)
            _derivatives[k] = Zeros.Structural;
        _missing = MaximumOrder + 1 - derivatives.Length;
    }

    /// <summary>A variable that moves as the given derivatives say: what does not move is constant.</summary>
    public static Taylor Along(ReadOnlySpan<double> derivatives)
    {
        Taylor x = new(derivatives);
        for (int k = 1; k < derivatives.Length; k++)
            x._derivatives[k] = Zeros.Constant(derivatives[k]);
        x._origin = double.IsInfinity(derivatives[0]) ? Origin.Variable | Origin.Infinite : Origin.Variable;
        return x;
    }

    /// <summary>The order to which derivatives are known.</summary>
    public readonly int Order => MaximumOrder - _missing;

    /// <summary>The k-th derivative at t = 0.</summary>
    public readonly double this[int k] => _derivatives[k];

    public static Taylor Constant(double value) => new(value, MaximumOrder, Origin.None);

    /// <summary>A value that does not move, known to an order.</summary>
    public static Taylor AtRest(double value, int order, bool isVariable) => new(value, order, isVariable ? Origin.Variable : Origin.None);

    /// <summary>Whether it depends on a variable.</summary>
    public readonly bool IsVariable => (_origin & Origin.Variable) != 0;

    /// <summary>0, whose derivatives are unknown from an order on.</summary>
    public static Taylor Unknown(int order)
    {
        Taylor x = default;
        for (int k = order; k <= MaximumOrder; k++)
            x._derivatives[k] = double.NaN;
        return x;
    }

    /// <summary>As many adjoints that nothing has been added to.</summary>
    public static Taylor[] Nones(int count)
    {
        Taylor[] none = new Taylor[count];
        none.AsSpan().Fill(Constant(Zeros.Structural));
        return none;
    }

    static double IScalar<Taylor>.Primal(Taylor x) => x[0];

    static Taylor IScalar<Taylor>.Undefined => new([double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]);

    static Taylor IScalar<Taylor>.Undecided => new([0, double.NaN, double.NaN, double.NaN, double.NaN]);

    static void IScalar<Taylor>.Evaluate(ArrayFunction function, ReadOnlySpan<Taylor> x, Span<Taylor> y) =>
        TaylorBlocks.Evaluate(function, x, y);

    static void IScalar<Taylor>.Evaluate<TRule>(
        in CompositeArguments arguments, ReadOnlySpan<Taylor> u, ReadOnlySpan<Taylor> v, Span<Taylor> y) =>
        TaylorBlocks.Evaluate<TRule>(arguments, u, v, y);

    // The second derivative does not count where the adjoint is 0; from the third on, they differ ahead and behind.
    static Taylor IScalar<Taylor>.Norm(ReadOnlySpan<Taylor> x)
    {
        double size = 0;
        int order = MaximumOrder;
        bool moves = false;
        foreach (Taylor number in x)
        {
            size = double.Hypot(size, number[1]);
            order = Math.Min(order, number.Order);
            moves |= !number.IsConstant;
        }
        return moves ? new Taylor(((ReadOnlySpan<double>)[0, size, 0, double.NaN, double.NaN])[..(order + 1)], Origin.Variable)
            : new Taylor(0, order, Origin.Variable);
    }

    static Taylor IScalar<Taylor>.Along(Taylor adjoint, Taylor operand, Taylor norm)
    {
        int order = Math.Min(adjoint.Order, norm.Order);
        if (norm.IsConstant)
            return new Taylor(0, order, Origin.Variable);
        double turned = operand[1] == 0 ? 0 : adjoint[1] * (operand[1] / norm[1]);
        return new Taylor(((ReadOnlySpan<double>)[0, turned, double.NaN, double.NaN, double.NaN])[..(order + 1)], Origin.Variable);
    }

    /// <summary>Whether all numbers are zero and do not move.</summary>
    public static bool AreZero(ReadOnlySpan<Taylor> numbers)
    {
        foreach (Taylor x in numbers)
        {
            if (!Zeros.IsStructural(x[0]) || !x.IsConstant)
                return false;
        }
        return true;
    }

    /// <summary>Whether it is known not to move: every derivative is structurally zero.</summary>
    public readonly bool IsConstant => Zeros.AreStructural(((ReadOnlySpan<double>)_derivatives)[1..]);

    /// <summary>The same number, known to order k only.</summary>
    public readonly Taylor Truncate(int order)
    {
        ReadOnlySpan<double> derivatives = _derivatives;
        return new Taylor(derivatives[..(order + 1)], _origin);
    }

    /// <summary>x′, known to one order less.</summary>
    public readonly Taylor Derivative()
    {
        ReadOnlySpan<double> derivatives = _derivatives;
        return new Taylor(derivatives.Slice(1, Order), _origin);
    }

    /// <summary>The same number, known to one order more.</summary>
    public readonly Taylor Extend(double derivative)
    {
        Taylor extended = this;
        extended._missing--;
        extended._derivatives[extended.Order] = derivative;
        return extended;
    }

    // Chain rule: y⁽ᵏ⁺¹⁾ is the k-th derivative of φ′(x)·x′.
    public static Taylor Apply<TRule>(Taylor x) where TRule : struct, IUnaryRule<TRule>
    {
        double value = TRule.Value(x[0]);
        Origin origin = TRule.IsFlat ? Origin.None : x._origin;
        if (TRule.IsFlat || x.IsConstant)
            return new(value, x.Order, origin);
        Taylor y = new(value, 0, origin);
        for (int k = 0; k < x.Order; k++)
        {
            Taylor first = TRule.First(x.Truncate(k), y);
            if (TRule.LevelsOff && (x._origin & Origin.Infinite) == 0)
                first._derivatives[0] = Zeros.Slope(first[0], x[0], value);
            y = y.Extend(ChainDerivative(first, x.Derivative(), k, TRule.IsSelection ? PartialKind.Share : PartialKind.Live));
        }
        return y;
    }

    public static Taylor Apply<TRule>(Taylor x, Taylor y) where TRule : struct, IBinaryRule<TRule>
    {
        double value = TRule.Value(x[0], y[0]);
        int order = Math.Min(x.Order, y.Order);
        bool xMoves = !TRule.IsFlat && !x.IsConstant, yMoves = !TRule.IsFlat && !y.IsConstant;
        Origin origin = TRule.IsFlat ? Origin.None : x._origin | y._origin;
        if (!xMoves && !yMoves)
            return new(value, order, origin);
        (PartialKind kindX, PartialKind kindY) = (PartialKinds<TRule>.X(y.IsVariable), PartialKinds<TRule>.Y(x.IsVariable));
        Taylor z = new(value, 0, origin);
        for (int k = 0; k < order; k++)
        {
            (Taylor a, Taylor b) = (x.Truncate(k), y.Truncate(k));
            z = z.Extend((xMoves ? ChainDerivative(TRule.FirstX(a, b, z), x.Derivative(), k, kindX) : Zeros.Structural)
                       + (yMoves ? ChainDerivative(TRule.FirstY(a, b, z), y.Derivative(), k, kindY) : Zeros.Structural));
        }
        return z;
    }

    // Leibniz' rule.
    public static Taylor AbsoluteProduct(Taylor x, Taylor y)
    {
        // Within a rule, whose formula says so: every zero is absolute.
        Taylor z = new(Rules.AbsoluteProduct.Value(x[0], y[0]), Math.Min(x.Order, y.Order), x._origin | y._origin);
        for (int k = 1; k <= z.Order; k++)
        {
            double sum = Zeros.Structural;
            for (int j = 0; j <= k; j++)
                sum += Binomial(k, j) * Rules.AbsoluteProduct.Value(x[j], y[k - j]);
            z._derivatives[k] = sum;
        }
        return z;
    }

    public static Taylor operator *(Taylor x, Taylor y) => Product(x[0] * y[0], x, y);

    public static Taylor FusedMultiplyAdd(Taylor x, Taylor y, Taylor z)
    {
        Taylor result = Product(0, x, y) + z;
        result._derivatives[0] = Math.FusedMultiplyAdd(x[0], y[0], z[0]);
        return result;
    }

    private static Taylor Product(double value, in Taylor x, in Taylor y)
    {
        Taylor z = new(value, Math.Min(x.Order, y.Order), x._origin | y._origin);
        for (int k = 1; k <= z.Order; k++)
            z._derivatives[k] = ProductDerivative(x, y, k);
        return z;
    }

    /// <summary>(x·y)⁽ᵏ⁾ = Σⱼ C(k, j)·x⁽ʲ⁾·y⁽ᵏ⁻ʲ⁾, k > 0, of two numbers: a value of 0 is structural if the number depends on no
    /// variable.</summary>
    private static double ProductDerivative(in Taylor x, in Taylor y, int k)
    {
        double sum = Zeros.Structural;
        for (int j = 0; j <= k; j++)
            sum += Binomial(k, j) * Zeros.Product(j == 0 ? x.Factor : x[j], j == k ? y.Factor : y[k - j]);
        return sum;
    }

    private readonly double Factor => this[0] == 0 && !IsVariable ? Zeros.Structural : Zeros.Live(this[0]);

    /// <summary>(φ′·d)⁽ᵏ⁾ for a partial φ′ and a derivative d, which tells by −0 that it is structurally zero; what a
    /// partial of 0 says depends on its kind.</summary>
    private static double ChainDerivative(in Taylor partial, in Taylor d, int k, PartialKind kind)
    {
        double first = kind switch
        {
            PartialKind.Share => Zeros.Constant(partial[0]),
            PartialKind.Derivative => partial[0],
            PartialKind.Slope when partial[0] == 0 => double.NaN,
            _ => Zeros.Live(partial[0]),
        };
        double sum = Zeros.Structural;
        for (int j = 0; j <= k; j++)
            sum += Binomial(k, j) * Zeros.Product(j > 0 ? partial[j] : first, d[k - j]);
        return sum;
    }

    static Taylor IScalar<Taylor>.ChainProduct(PartialKind kind, Taylor partial, Taylor derivative)
    {
        Taylor z = new(0, Math.Min(partial.Order, derivative.Order), Origin.Variable);
        for (int k = 0; k <= z.Order; k++)
            z._derivatives[k] = ChainDerivative(partial, derivative, k, kind);
        return z;
    }

    // Of z = x/y, from x = z·y: z⁽ᵏ⁾ = (x⁽ᵏ⁾ − Σⱼ₍ⱼ﹤ₖ₎ C(k, j)·z⁽ʲ⁾·y⁽ᵏ⁻ʲ⁾) / y.
    public static Taylor AbsoluteQuotient(Taylor x, Taylor y) => Quotient(Rules.AbsoluteQuotient.Value(x[0], y[0]), x, y);

    public static Taylor operator /(Taylor x, Taylor y) => Quotient(x[0] / y[0], x, y);

    private static Taylor Quotient(double value, in Taylor x, in Taylor y)
    {
        Taylor z = new(value, Math.Min(x.Order, y.Order), x._origin | y._origin);
        for (int k = 1; k <= z.Order; k++)
        {
            double numerator = x[k];
            for (int j = 0; j < k; j++)
                numerator = Zeros.Difference(numerator, Binomial(k, j) * Zeros.Product(j == 0 ? Zeros.Live(z[0]) : z[j], y[k - j]));
            z._derivatives[k] = Zeros.Quotient(numerator, y[0]);
        }
        return z;
    }

    // Sums.
    public static Taylor operator +(Taylor x, Taylor y)
    {
        Taylor z = new(x[0] + y[0], Math.Min(x.Order, y.Order), x._origin | y._origin);
        for (int k = 1; k <= z.Order; k++)
            z._derivatives[k] = x[k] + y[k];
        return z;
    }

    public static Taylor operator -(Taylor x, Taylor y) => x + -y;

    public static Taylor operator -(Taylor x)
    {
        for (int k = 0; k <= x.Order; k++)
            x._derivatives[k] = k == 0 ? -x[0] : Zeros.Negative(x[k]);
        return x;
    }

    public static Taylor operator +(Taylor x, double c)
    {
        x._derivatives[0] += c;
        return x;
    }

    public static Taylor operator -(Taylor x, double c) => x + -c;

    public static Taylor operator +(double c, Taylor x) => x + c;

    public static Taylor operator -(double c, Taylor x) => -x + c;

    public static Taylor operator *(Taylor x, double c)
    {
        for (int k = 0; k <= x.Order; k++)
            x._derivatives[k] = k == 0 ? x[k] * c : Zeros.Product(PartialKind.Share, c, x[k]);
        return x;
    }

    public static Taylor operator *(double c, Taylor x) => x * c;

    public static Taylor operator /(Taylor x, double c)
    {
        for (int k = 0; k <= x.Order; k++)
            x._derivatives[k] = k == 0 ? x[k] / c : Zeros.Quotient(x[k], c);
        return x;
    }

    public static Taylor operator /(double c, Taylor x) => Constant(c) / x;

    private static double Binomial(int k, int j) => Binomials[k * (k + 1) / 2 + j];

    private static ReadOnlySpan<double> Binomials =>
    [
        1,
        1, 1,
        1, 2, 1,
        1, 3, 3, 1,
        1, 4, 6, 4, 1,
    ];
}
