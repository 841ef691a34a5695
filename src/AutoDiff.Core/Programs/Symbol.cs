using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>
/// A number of which only the formula is known: a step of a <see cref="KernelTape"/>, or a constant. A pattern run over it leaves its
/// formula behind, and run forward and backward, over this and over dual numbers of this, the formulas of its derivatives: by the same
/// rules as everything else.
/// </summary>
/// <remarks>Products with a constant zero are zero, as they are to the sweeps in absolute arithmetic.</remarks>
internal readonly struct Symbol : IScalar<Symbol>
{
    /// <summary>Null for a constant.</summary>
    public readonly KernelTape? Tape;

    /// <summary>The step.</summary>
    public readonly int Index;

    private readonly double _number;

    public Symbol(KernelTape tape, int index) => (Tape, Index) = (tape, index);

    private Symbol(double number) => _number = number;

    public bool IsConstant => Tape is null;

    public double Number => _number;

    public static Symbol Constant(double value) => new(value);

    private bool Is(double c) => Tape is null && _number == c;

    public static Symbol Apply<TRule>(Symbol x) where TRule : struct, IUnaryRule<TRule> =>
        x.Tape is { } tape ? tape.Add(UnaryLanes<TRule>.Operation, x, default) : TRule.Value(x._number);

    public static Symbol Apply<TRule>(Symbol x, Symbol y) where TRule : struct, IBinaryRule<TRule>
    {
        if (typeof(TRule) == typeof(AbsoluteProduct))
            return x * y;
        if (typeof(TRule) == typeof(AbsoluteQuotient))
            return x / y;
        return (x.Tape ?? y.Tape) is { } tape ? tape.Add(BinaryLanes<TRule>.Operation, x, y) : TRule.Value(x._number, y._number);
    }

    public static implicit operator Symbol(double value) => new(value);

    public static Symbol AbsoluteProduct(Symbol x, Symbol y) => x * y;

    public static Symbol AbsoluteQuotient(Symbol x, Symbol y) => x / y;

    public static Symbol operator +(Symbol x, Symbol y) =>
        x.Is(0) ? y : y.Is(0) ? x : Apply<Add>(x, y);

    public static Symbol operator -(Symbol x, Symbol y) =>
        x.Is(0) ? -y : y.Is(0) ? x : Apply<Subtract>(x, y);

    public static Symbol operator *(Symbol x, Symbol y)
    {
        if (x.IsConstant)
            (x, y) = (y, x);
        if (!y.IsConstant || x.IsConstant)
            return Apply<Multiply>(x, y);
        return y._number switch
        {
            0 => 0,
            1 => x,
            -1 => -x,
            _ => x.Tape!.Factor(x) is (var rest, var factor) ? rest * (factor * y._number) : Apply<Multiply>(x, y),
        };
    }

    // A quotient whose divisor has been inverted already is a product.
    public static Symbol operator /(Symbol x, Symbol y) =>
        x.Is(0) && !y.IsConstant ? 0
        : y.Is(1) ? x
        : y.Tape?.Reciprocal(y) is { } inverse ? x * inverse
        : Apply<Divide>(x, y);

    public static Symbol operator -(Symbol x) => x.Tape is null ? -x._number : x.Tape.Negated(x) ?? Apply<Negate>(x);

    public static Symbol operator +(Symbol x, double c) => x + (Symbol)c;

    public static Symbol operator -(Symbol x, double c) => x - (Symbol)c;

    public static Symbol operator *(Symbol x, double c) => x * (Symbol)c;

    public static Symbol operator /(Symbol x, double c) => x / (Symbol)c;

    public static Symbol operator +(double c, Symbol x) => (Symbol)c + x;

    public static Symbol operator -(double c, Symbol x) => (Symbol)c - x;

    public static Symbol operator *(double c, Symbol x) => x * (Symbol)c;

    public static Symbol operator /(double c, Symbol x) => (Symbol)c / x;
}
