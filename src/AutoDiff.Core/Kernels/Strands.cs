using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>Sums in a fixed order that suits SIMD.</summary>
internal static class Strands
{
    /// <summary>Σ xᵢ: for plain numbers in eight strands of every eighth element, joined one after the other, then the rest; else from the first on.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T>
    {
        T sum = T.Constant(0);
        int whole = x.Length - x.Length % Lanes.Count;
        if (typeof(T) == typeof(Real) && whole > 0)
        {
            Lanes strands = Lanes.Constant(0);
            ref double first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<T, double>(x));
            for (int i = 0; i < whole; i += Lanes.Count)
                strands += Lanes.Load(ref System.Runtime.CompilerServices.Unsafe.Add(ref first, i), Lanes.Count);
            sum = T.Constant(strands.Sum(Lanes.Count));
        }
        else
        {
            whole = 0;
        }
        for (int i = whole; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    /// <summary>y += x.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Span<double> target = MemoryMarshal.Cast<T, double>(y);
            System.Numerics.Tensors.TensorPrimitives.Add(target, MemoryMarshal.Cast<T, double>(x), target);
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += x[i];
    }

    /// <summary>yᵢ += x.</summary>
    public static void Add<T>(T x, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Span<double> target = MemoryMarshal.Cast<T, double>(y);
            System.Numerics.Tensors.TensorPrimitives.Add(target, T.Primal(x), target);
            return;
        }
        foreach (ref T target in y)
            target += x;
    }
}
