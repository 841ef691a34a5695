using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>Matrices of dual numbers as two matrices of numbers, primals and tangents apart, as the kernels take them.</summary>
internal static class Planes
{
    public static void Split(ReadOnlySpan<Jet<Real>> x, Span<double> primals, Span<double> tangents)
    {
        for (int i = 0; i < x.Length; i++)
            (primals[i], tangents[i]) = (x[i].Primal.Value, x[i].Tangent.Value);
    }

    public static void Join(ReadOnlySpan<double> primals, ReadOnlySpan<double> tangents, Span<Jet<Real>> x)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = new(new Real(primals[i]), new Real(tangents[i]));
    }

    /// <summary>The numbers of a generic method as what they are known to be.</summary>
    public static Span<TTo> As<TFrom, TTo>(Span<TFrom> numbers) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TFrom, TTo>(ref MemoryMarshal.GetReference(numbers)), numbers.Length);

    /// <inheritdoc cref="As{TFrom, TTo}(Span{TFrom})"/>
    public static ReadOnlySpan<TTo> As<TFrom, TTo>(ReadOnlySpan<TFrom> numbers) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TFrom, TTo>(ref MemoryMarshal.GetReference(numbers)), numbers.Length);
}
