using System.Numerics;
using AutoDiff.Engine;

namespace AutoDiff;

// Dual numbers over recorded scalars: forward mode whose result depends on the variables of an enclosing recording.
public readonly unsafe partial struct Var : IMultiplyOperators<Var, double, Var>, IComponent<Var>
{
    delegate*<Var, Var, Var> IComponent<Var>.AbsoluteProduct => &AbsoluteProduct;

    delegate*<PartialKind, Var, Var, Var> IComponent<Var>.ChainProduct => &ChainProduct;

    delegate*<Var, bool> IComponent<Var>.IsVariable => &MayVary;

    private static bool MayVary(Var x) => !x.IsConstant;

    delegate*<Var, Var, Var, Var> IComponent<Var>.FusedMultiplyAdd => &FusedMultiplyAdd;

    delegate*<Var, Var> IComponent<Var>.Unary<TRule>() => &Apply<TRule>;

    delegate*<Var, Var, Var> IComponent<Var>.Binary<TRule>() => &Apply<TRule>;
}
