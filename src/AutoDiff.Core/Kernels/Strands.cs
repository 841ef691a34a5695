using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Sums in a fixed order that suits SIMD. They start at −0, the neutral element, so that a sum of structural zeros is
/// one.</summary>
internal static class Strands
{
    /// <summary>Σ xᵢ: for plain numbers in four times eight strands, joined in a fixed order, then the rest; else from the first
    /// on.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return T.Constant(Sum(MemoryMarshal.Cast<T, double>(x)));
        T sum = T.Constant(x.Length == 0 ? 0 : Zeros.Structural);
        foreach (T item in x)
            sum += item;
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> x)
    {
        ref double first = ref MemoryMarshal.GetReference(x);
        if (x.Length == 0)
            return 0;
        Vector512<double> a = Vector512.Create(Zeros.Structural), b = a, c = a, d = a;
        int i = 0;
        for (; i <= x.Length - 4 * Lanes.Count; i += 4 * Lanes.Count)
        {
            a += Vector512.LoadUnsafe(ref first, (nuint)i);
            b += Vector512.LoadUnsafe(ref first, (nuint)(i + Lanes.Count));
            c += Vector512.LoadUnsafe(ref first, (nuint)(i + 2 * Lanes.Count));
            d += Vector512.LoadUnsafe(ref first, (nuint)(i + 3 * Lanes.Count));
        }
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
            a += Vector512.LoadUnsafe(ref first, (nuint)i);
        double sum = new Lanes(a + b + (c + d)).Sum(Lanes.Count);
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
