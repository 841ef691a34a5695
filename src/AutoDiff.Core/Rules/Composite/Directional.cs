using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>The derivative of a composite operation's value along a direction, in dual arithmetic.</summary>
internal static class Directional<TRule> where TRule : struct, ICompositeRule
{
    /// <summary>ẏ += ∂F(u, v)·(u̇, v̇); an empty v̇ stands for zeros.</summary>
    public static void Add<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot)
        where T : struct, IScalar<T>
    {
        using Scratch<Jet<T>> dualU = new(u.Length), dualV = new(v.Length), dualY = new(yDot.Length);
        Pair(u, uDot, dualU.Span);
        Pair(v, vDot, dualV.Span);
        TRule.Value<Jet<T>>(arguments, dualU.Span, dualV.Span, dualY.Span);
        for (int i = 0; i < yDot.Length; i++)
            yDot[i] += dualY.Span[i].Tangent;
    }

    private static void Pair<T>(ReadOnlySpan<T> primals, ReadOnlySpan<T> tangents, Span<Jet<T>> pairs) where T : struct, IScalar<T>
    {
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = tangents.IsEmpty ? Jet<T>.Constant(primals[i]) : new Jet<T>(primals[i], tangents[i]);
    }
}
