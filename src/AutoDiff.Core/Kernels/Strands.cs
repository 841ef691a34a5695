using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Sums in a fixed order that suits SIMD. They start at −0, the neutral element, so that a sum of structural zeros is
/// one.</summary>
internal static class Strands
{
    /// <summary>Σ xᵢ: for plain numbers in four times as many strands as a register holds, joined in a fixed order, then the rest; else
    /// from the first on.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return T.Constant(Sum(MemoryMarshal.Cast<T, double>(x)));
        T sum = T.Constant(x.Length == 0 ? 0 : Zeros.Structural);
        foreach (T item in x)
            sum += item;
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> x) =>
        VectorWidth.Lanes == 8 ? SumIn<Lanes8>(x) : VectorWidth.Lanes == 4 ? SumIn<Lanes4>(x) : SumIn<Lanes2>(x);

    private static double SumIn<L>(ReadOnlySpan<double> x) where L : struct, ILanes<L>
    {
        ref double first = ref MemoryMarshal.GetReference(x);
        if (x.Length == 0)
            return 0;
        L a = L.Constant(Zeros.Structural), b = a, c = a, d = a;
        int i = 0;
        for (; i <= x.Length - 4 * L.Count; i += 4 * L.Count)
        {
            a += L.Load(ref Unsafe.Add(ref first, i));
            b += L.Load(ref Unsafe.Add(ref first, i + L.Count));
            c += L.Load(ref Unsafe.Add(ref first, i + 2 * L.Count));
            d += L.Load(ref Unsafe.Add(ref first, i + 3 * L.Count));
        }
        for (; i <= x.Length - L.Count; i += L.Count)
            a += L.Load(ref Unsafe.Add(ref first, i));
        double sum = L.Sum(a + b + (c + d), L.Count);
        for (; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    /// <summary>y += x, the same x for every element.</summary>
    public static void Add<T>(T x, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Span<double> target = MemoryMarshal.Cast<T, double>(y);
            TensorPrimitives.Add(target, T.Primal(x), target);
            return;
        }
        foreach (ref T item in y)
            item += x;
    }

    /// <summary>y += x.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Span<double> target = MemoryMarshal.Cast<T, double>(y);
            TensorPrimitives.Add(target, MemoryMarshal.Cast<T, double>(x), target);
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += x[i];
    }
}
