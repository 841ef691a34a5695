using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>sinh, cosh, tanh from one reduction of eˣ.</content>
internal static partial class Vectorized8
{
    /// <summary>tanh x = t/(t + 2), t = e²ˣ − 1.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Tanh(Vector512<double> x)
    {
        Vector512<double> a = AtMost(Abs(x), 22);
        Vector512<double> t = ExpM1(ReduceExp(a + a, Vector512<double>.Zero));
        return KeepZero(x, CopySign(t / (t + Create(2.0)), x));
    }

    /// <summary>sinh x: ½(t + t/(t + 1)) with t = eˣ − 1 for |x| &lt; 1, else ½eˣ − ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Sinh(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        ExpParts e = ReduceExp(a, Vector512<double>.Zero);
        Vector512<double> half = HalfExp(e);
        Vector512<double> t = ExpM1(e);
        Vector512<double> near = (t + t / (t + Vector512<double>.One)) * 0.5;
        Vector512<double> y = ConditionalSelect(LessThan(a, Vector512<double>.One), near, half - Create(0.25) / half);
        return KeepZero(x, CopySign(y, x));
    }

    /// <summary>cosh x = ½eˣ + ½e⁻ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Cosh(Vector512<double> x)
    {
        Vector512<double> half = HalfExp(ReduceExp(Abs(x), Vector512<double>.Zero));
        return half + Create(0.25) / half;
    }

    /// <summary>½eˣ, which is finite where sinh and cosh are.</summary>
    private static Vector512<double> HalfExp(ExpParts e) => Scale(e.Times(Create(0.5)), e.K);

    /// <summary>sech² x = 4e / (1 + e)² with e = exp(−2|x|).</summary>
    internal static Vector512<double> SechSquared(Vector512<double> x)
    {
        Vector512<double> e = Exp(Abs(x) * -2.0), sum = Vector512<double>.One + e;
        return 4 * e / (sum * sum);
    }
}
