using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>ẏ = J(w)·s, the tangent of a composite operation y = F(w) with w = (u, v), as an operation of w and s. The last integer is the
/// length of u.</summary>
internal readonly struct Pushforward<TRule> : ICompositeRule where TRule : struct, ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> s, Span<T> yDot)
        where T : struct, IScalar<T>
    {
        int split = arguments.Integers[^1];
        using Scratch<T> y = new(yDot.Length);
        TRule.Value(arguments, w[..split], w[split..], y.Span);
        TRule.Tangent(arguments, w[..split], w[split..], y.Span, s[..split], s[split..], yDot);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> s, ReadOnlySpan<T> yDot, ReadOnlySpan<T> wDot,
        ReadOnlySpan<T> sDot, Span<T> change) where T : struct, IScalar<T>
    {
        change.Fill(T.Constant(0));
        Directional<Pushforward<TRule>>.Add(arguments, w, s, wDot, sDot, change);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> s, ReadOnlySpan<T> yDot, ReadOnlySpan<T> t, Span<T> toW,
        Span<T> toS) where T : struct, IScalar<T>
    {
        if (!toW.IsEmpty && !TRule.IsSelection)
            Directional<Pullback<TRule>>.Add(arguments, w, t, s, default, toW);
        if (toS.IsEmpty)
            return;
        using Scratch<T> change = new(toS.Length);
        Pullback<TRule>.Value<T>(arguments, w, t, change.Span);
        Strands.Add<T>(change.Span, toS);
    }

    static bool ICompositeRule.IsSelection => TRule.IsSelection;

    static bool ICompositeRule.TryRecordAdjoint<TSelf>(RecordedComposite use)
    {
        VarVector w = use.U, s = use.V, t = use.YBar;
        if (use.WantsU && !TRule.IsSelection)
            use.AddToU(use.Record<Curvature<TRule>>(w, VarVector.Concat(s, t), w.Length));
        if (use.WantsV)
            use.AddToV(use.Record<Pullback<TRule>>(w, t, w.Length));
        return true;
    }
}
