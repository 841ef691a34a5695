using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// Dual numbers over recorded scalars: forward mode whose result depends on the variables of an enclosing recording.
public readonly unsafe partial struct Var : IMultiplyOperators<Var, double, Var>, IComponent<Var>
{
    Var IComponent<Var>.AbsoluteProduct(Var factor) => AbsoluteProduct(this, factor);

    Var IComponent<Var>.AbsoluteQuotient(Var divisor) => Apply<AbsoluteQuotient>(this, divisor);

    Var IComponent<Var>.FusedMultiplyAdd(Var factor, Var term) => FusedMultiplyAdd(this, factor, term);

    delegate*<Var, Var> IComponent<Var>.Unary<TRule>() => &Apply<TRule>;

    delegate*<Var, Var, Var> IComponent<Var>.Binary<TRule>() => &Apply<TRule>;
}
