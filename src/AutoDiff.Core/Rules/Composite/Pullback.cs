using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// w̄ = J(w)ᵀ·ȳ, the adjoint of a composite operation y = F(w) with w = (u, v), as an operation of w and ȳ. The last integer is the length
/// of u. It is ⟨s, w̄⟩ = ȳᵀ J(w) s, so that its own adjoints need no rule: J(w)·s by ȳ and, second derivatives being symmetric, the
/// derivative of w̄ along s by w.
/// </summary>
internal readonly struct Pullback<TRule> : ICompositeRule where TRule : struct, ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> yBar, Span<T> wBar)
        where T : struct, IScalar<T>
    {
        int split = arguments.Integers[^1];
        using Scratch<T> y = new(yBar.Length);
        TRule.Value(arguments, w[..split], w[split..], y.Span);
        // What the rule leaves out was not chosen; otherwise what comes out as zero says nothing of structure.
        bool isNone = typeof(T) == typeof(Real) && Zeros.AreStructural(MemoryMarshal.Cast<T, double>(yBar));
        wBar.Fill(T.Constant(TRule.IsSelection || isNone ? Zeros.Structural : 0));
        if (isNone)
            return;
        TRule.Adjoint(arguments, w[..split], w[split..], y.Span, yBar, wBar[..split], wBar[split..]);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> yBar, ReadOnlySpan<T> wBar, ReadOnlySpan<T> wDot,
        ReadOnlySpan<T> yBarDot, Span<T> wBarDot) where T : struct, IScalar<T>
    {
        wBarDot.Fill(T.Constant(0));
        Directional<Pullback<TRule>>.Add(arguments, w, yBar, wDot, yBarDot, wBarDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> yBar, ReadOnlySpan<T> wBar, ReadOnlySpan<T> s, Span<T> toW,
        Span<T> toYBar) where T : struct, IScalar<T>
    {
        if (!toW.IsEmpty && !TRule.IsSelection)
            Directional<Pullback<TRule>>.Add(arguments, w, yBar, s, default, toW);
        if (toYBar.IsEmpty)
            return;
        using Scratch<T> change = new(toYBar.Length);
        Pushforward<TRule>.Value<T>(arguments, w, s, change.Span);
        Strands.Add<T>(change.Span, toYBar);
    }

    /// <summary>Adds w̄ to the adjoints of u and v, recorded as one instruction.</summary>
    public static void Record(RecordedComposite use)
    {
        VarVector u = use.U, v = use.V, w = v.Length == 0 ? u : VarVector.Concat(u, v);
        Span<int> integers = stackalloc int[CompositeArguments.IntegerCount];
        use.Arguments.Integers.CopyTo(integers);
        integers[^1] = u.Length;
        VarVector wBar = Structured.Composite<Pullback<TRule>>(w.View, use.YBar.View, 1, w.Length, integers);
        use.AddToU(wBar[..u.Length]);
        use.AddToV(wBar[u.Length..]);
    }

    static bool ICompositeRule.IsSelection => TRule.IsSelection;

    static bool ICompositeRule.TryRecordAdjoint<TSelf>(RecordedComposite use)
    {
        VarVector w = use.U, yBar = use.V, s = use.YBar;
        if (use.WantsU && !TRule.IsSelection)
            use.AddToU(use.Record<Curvature<TRule>>(w, VarVector.Concat(s, yBar), w.Length));
        if (use.WantsV)
            use.AddToV(use.Record<Pushforward<TRule>>(w, s, yBar.Length));
        return true;
    }
}
