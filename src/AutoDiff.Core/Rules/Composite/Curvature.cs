using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// c = ∂(tᵀ J(w) s)/∂w, the second derivative of a composite operation y = F(w) with w = (u, v), as an operation of w and (s, t): by
/// symmetry the derivative of J(w)ᵀ t along s. The last integer is the length of u. Its own adjoints, for the seed q, are derivatives along
/// q.
/// </summary>
internal readonly struct Curvature<TRule> : ICompositeRule where TRule : struct, ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> st, Span<T> c)
        where T : struct, IScalar<T>
    {
        c.Fill(T.Constant(0));
        Directional<Pullback<TRule>>.Add(arguments, w, st[w.Length..], st[..w.Length], default, c);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> st, ReadOnlySpan<T> c, ReadOnlySpan<T> wDot,
        ReadOnlySpan<T> stDot, Span<T> cDot) where T : struct, IScalar<T>
    {
        cDot.Fill(T.Constant(0));
        Directional<Curvature<TRule>>.Add(arguments, w, st, wDot, stDot, cDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> w, ReadOnlySpan<T> st, ReadOnlySpan<T> c, ReadOnlySpan<T> q, Span<T> toW,
        Span<T> toST) where T : struct, IScalar<T>
    {
        ReadOnlySpan<T> s = st[..w.Length], t = st[w.Length..];
        if (!toW.IsEmpty)
            Directional<Curvature<TRule>>.Add(arguments, w, st, q, default, toW);
        if (toST.IsEmpty)
            return;
        Directional<Pullback<TRule>>.Add(arguments, w, t, q, default, toST[..w.Length]);
        Directional<Pushforward<TRule>>.Add(arguments, w, s, q, default, toST[w.Length..]);
    }

    // The third derivative is recorded element by element.
    static bool ICompositeRule.TryRecordAdjoint<TSelf>(RecordedComposite use) => false;
}
