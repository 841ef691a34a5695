using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>The logistic family, each from e^−|x|, which cannot overflow.</content>
internal static partial class Vectorized<L>
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L Sigmoid(L x)
    {
        L e = Exp(-L.Abs(x));
        L numerator = L.Select(L.LessThan(x, L.Zero), e, L.One);
        return numerator / (L.One + e);
    }

    /// <summary>x σ(x); below zero x multiplies eˣ before that underflows.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L Silu(L x)
    {
        ExpParts e = ReduceExp(-L.Abs(x), L.Zero);
        L numerator = L.Select(
            L.LessThan(x, L.Zero), e.ScaledTimes(AtLeast(x, -ExponentLimit)), x);
        return numerator / (L.One + e.ScaledTimes(L.One));
    }

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Softplus(L x) => AtLeast(x, 0) + LogP1(Exp(-L.Abs(x)));

    /// <summary>log σ(x) = −softplus(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L LogSigmoid(L x) => -Softplus(-x);

    /// <summary>log(eᵃ + eᵇ) = max(a, b) + log(1 + e^−|a − b|).</summary>
    /// <remarks>Worst error: 1 ulp, of the larger argument where the two terms cancel (values near 0).</remarks>
    internal static L LogAddExp(L a, L b)
    {
        L larger = L.Select(L.GreaterThan(a, b), a, b);
        L distance = L.Select(L.AreEqual(a, b), L.Zero, L.Abs(a - b));
        return larger + LogP1(Exp(-distance));
    }
}
