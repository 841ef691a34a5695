using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>
/// A number of which only the formula is known: a step of a <see cref="KernelTape"/>, or a constant. A pattern run over it leaves its
/// formula behind, and run forward and backward, over this and over dual numbers of this, the formulas of its derivatives: by the same
/// rules as everything else.
/// </summary>
/// <remarks>
/// Products with a constant zero are zero, as they are to the sweeps in absolute arithmetic. What follows from the lambda's numbers alone
/// is computed as the lambda does it, since a kink or a comparison may hang on its last bit. What an adjoint or a tangent has gone into is
/// <em>loose</em>: there constant factors are gathered, quotients become products, and products are fused with sums.
/// </remarks>
internal readonly struct Symbol : IScalar<Symbol>
{
    /// <summary>Null for a constant.</summary>
    public readonly KernelTape? Tape;

    /// <summary>The step.</summary>
    public readonly int Index;

    /// <summary>Whether it may be rounded otherwise than written.</summary>
    public readonly bool IsLoose;

    private readonly double _number;

    public Symbol(KernelTape tape, int index, bool isLoose) => (Tape, Index, IsLoose) = (tape, index, isLoose);

    private Symbol(double number, bool isLoose = false) => (_number, IsLoose) = (number, isLoose);

    /// <summary>A known adjoint.</summary>
    public static Symbol Loose(double number) => new(number, true);

    public bool IsConstant => Tape is null;

    public double Number => _number;

    public static Symbol Constant(double value) => new(value);

    private bool Is(double c) => Tape is null && _number == c;

    public static Symbol Apply<TRule>(Symbol x) where TRule : struct, IUnaryRule<TRule> =>
        x.Tape is { } tape ? tape.Add(UnaryLanes<TRule>.Operation, x, default) : new Symbol(TRule.Value(x._number), x.IsLoose);

    public static Symbol Apply<TRule>(Symbol x, Symbol y) where TRule : struct, IBinaryRule<TRule>
    {
        if (typeof(TRule) == typeof(AbsoluteProduct))
            return x * y;
        if (typeof(TRule) == typeof(AbsoluteQuotient))
            return x / y;
        return (x.Tape ?? y.Tape) is { } tape ? tape.Add(BinaryLanes<TRule>.Operation, x, y)
            : new Symbol(TRule.Value(x._number, y._number), x.IsLoose || y.IsLoose);
    }

    public static implicit operator Symbol(double value) => new(value);

    public static Symbol AbsoluteProduct(Symbol x, Symbol y) => x * y;

    static Symbol IScalar<Symbol>.ChainProduct(PartialKind kind, Symbol partial, Symbol derivative) => partial * derivative;

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
        if (y.IsLoose)
            x = new Symbol(x.Tape!, x.Index, true);
        return y._number switch
        {
            0 => 0,
            1 => x,
            -1 => -x,
            _ => Scaled(x, y),
        };
    }

    // A factor that a constant already stands by is gathered with it, unless their product is not a normal number.
    private static Symbol Scaled(Symbol x, Symbol y) =>
        x.IsLoose && x.Tape!.Factor(x) is (var rest, var factor) && double.IsNormal(factor * y._number)
            ? rest * new Symbol(factor * y._number, true)
            : Apply<Multiply>(x, y);

    // A quotient whose divisor has been inverted already is a product.
    public static Symbol operator /(Symbol x, Symbol y) =>
        x.Is(0) && !y.IsConstant ? 0
        : y.Is(1) ? x
        : (x.IsLoose || y.IsLoose) && y.Tape?.Reciprocal(y) is { } inverse ? x * inverse
        : Apply<Divide>(x, y);

    public static Symbol operator -(Symbol x) => x.Tape is null ? new Symbol(-x._number, x.IsLoose) : x.Tape.Negated(x) ?? Apply<Negate>(x);

    public static Symbol operator +(Symbol x, double c) => x + (Symbol)c;

    public static Symbol operator -(Symbol x, double c) => x - (Symbol)c;

    public static Symbol operator *(Symbol x, double c) => x * (Symbol)c;

    public static Symbol operator /(Symbol x, double c) => x / (Symbol)c;

    public static Symbol operator +(double c, Symbol x) => (Symbol)c + x;

    public static Symbol operator -(double c, Symbol x) => (Symbol)c - x;

    public static Symbol operator *(double c, Symbol x) => x * (Symbol)c;

    public static Symbol operator /(double c, Symbol x) => (Symbol)c / x;
}
