
namespace AutoDiff.Kernels;

/// <content>sinh, cosh, tanh from one reduction of eˣ.</content>
internal static partial class Vectorized<L>
{
    /// <summary>tanh x = t/(t + 2), t = e²ˣ − 1.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L Tanh(L x)
    {
        L a = AtMost(L.Abs(x), 22);
        L t = ExpM1(ReduceExp(a + a, L.Zero));
        return KeepZero(x, L.CopySign(t / (t + L.Constant(2.0)), x));
    }

    /// <summary>sinh x: ½(t + t/(t + 1)) with t = eˣ − 1 for |x| &lt; 1, else ½eˣ − ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L Sinh(L x)
    {
        L a = L.Abs(x);
        ExpParts e = ReduceExp(a, L.Zero);
        L half = HalfExp(e);
        L t = ExpM1(e);
        L near = (t + t / (t + L.One)) * 0.5;
        L y = L.Select(L.LessThan(a, L.One), near, half - L.Constant(0.25) / half);
        return KeepZero(x, L.CopySign(y, x));
    }

    /// <summary>cosh x = ½eˣ + ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Cosh(L x)
    {
        L half = HalfExp(ReduceExp(L.Abs(x), L.Zero));
        return half + L.Constant(0.25) / half;
    }

    /// <summary>½eˣ, which is finite where sinh and cosh are.</summary>
    private static L HalfExp(ExpParts e) => L.Scale(e.Times(L.Constant(0.5)), e.K);
}
