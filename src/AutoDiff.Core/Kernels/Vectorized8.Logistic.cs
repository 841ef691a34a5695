using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>The logistic family, each from e^−|x|, which cannot overflow.</content>
internal static partial class Vectorized8
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Sigmoid(Vector512<double> x)
    {
        Vector512<double> e = Exp(-Abs(x));
        Vector512<double> numerator = ConditionalSelect(LessThan(x, Vector512<double>.Zero), e, Vector512<double>.One);
        return numerator / (Vector512<double>.One + e);
    }

    /// <summary>x σ(x); below zero x multiplies eˣ before that underflows.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Silu(Vector512<double> x)
    {
        ExpParts e = ReduceExp(-Abs(x), Vector512<double>.Zero);
        Vector512<double> numerator = ConditionalSelect(
            LessThan(x, Vector512<double>.Zero), e.ScaledTimes(AtLeast(x, -ExponentLimit)), x);
        return numerator / (Vector512<double>.One + e.ScaledTimes(Vector512<double>.One));
    }

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Softplus(Vector512<double> x) => AtLeast(x, 0) + LogP1(Exp(-Abs(x)));

    /// <summary>log σ(x) = −softplus(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> LogSigmoid(Vector512<double> x) => -Softplus(-x);

    /// <summary>log(eᵃ + eᵇ) = max(a, b) + log(1 + e^−|a − b|).</summary>
    /// <remarks>Worst error: 1 ulp, of the larger argument where the two terms cancel (values near 0).</remarks>
    internal static Vector512<double> LogAddExp(Vector512<double> a, Vector512<double> b)
    {
        Vector512<double> larger = ConditionalSelect(GreaterThan(a, b), a, b);
        Vector512<double> distance = ConditionalSelect(Vector512.Equals(a, b), Vector512<double>.Zero, Abs(a - b));
        return larger + LogP1(Exp(-distance));
    }
}
