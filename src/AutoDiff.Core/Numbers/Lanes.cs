using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>
/// Eight <see cref="double"/>s side by side as one number of the rules' algebra: with it a rule runs in SIMD. Immutable; safe to share
/// between threads. Every result lane depends on the same lane of the operands only.
/// </summary>
/// <param name="Value">The eight numbers.</param>
public readonly record struct Lanes(Vector512<double> Value) : IScalar<Lanes>
{
    /// <summary>The number of lanes.</summary>
    public const int Count = 8;

    /// <inheritdoc/>
    public static Lanes Constant(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Apply<TRule>(Lanes x) where TRule : struct, IUnaryRule<TRule> => TRule.Value(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Apply<TRule>(Lanes x, Lanes y) where TRule : struct, IBinaryRule<TRule> => TRule.Value(x, y);

    /// <summary>φ lane by lane through the rule's double-precision value.</summary>
    public static Lanes Map<TRule>(Lanes x) where TRule : struct, IUnaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector512<double> result);
        ref double to = ref Unsafe.As<Vector512<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i));
        return new(result);
    }

    /// <summary>φ lane by lane through the rule's double-precision value.</summary>
    public static Lanes Map<TRule>(Lanes x, Lanes y) where TRule : struct, IBinaryRule<TRule>
    {
        Unsafe.SkipInit(out Vector512<double> result);
        ref double to = ref Unsafe.As<Vector512<double>, double>(ref result);
        for (int i = 0; i < Count; i++)
            Unsafe.Add(ref to, i) = TRule.Value(x.Value.GetElement(i), y.Value.GetElement(i));
        return new(result);
    }

    /// <summary>The eight numbers that start at <paramref name="source"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Load(ref double source) => new(Vector512.LoadUnsafe(ref source));

    /// <summary>The first <paramref name="count"/> of eight numbers, the rest filled with the first, so that padding raises no new exception.</summary>
    internal static Lanes LoadPadded(ref double source, int count)
    {
        Vector512<double> padded = Vector512.Create(source);
        ref double to = ref Unsafe.As<Vector512<double>, double>(ref padded);
        MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(MemoryMarshal.CreateSpan(ref to, Count));
        return new(padded);
    }

    /// <summary>Stores all lanes from <paramref name="target"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Store(ref double target) => Value.StoreUnsafe(ref target);

    /// <summary>Stores the first <paramref name="count"/> lanes from <paramref name="target"/> on.</summary>
    internal void StorePart(ref double target, int count)
    {
        Vector512<double> value = Value;
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector512<double>, double>(ref value), count)
            .CopyTo(MemoryMarshal.CreateSpan(ref target, count));
    }

    /// <inheritdoc/>
    public static Lanes FusedMultiplyAdd(Lanes x, Lanes y, Lanes z) => new(Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    /// <inheritdoc/>
    public static Lanes operator +(Lanes x, Lanes y) => new(x.Value + y.Value);

    /// <inheritdoc/>
    public static Lanes operator -(Lanes x, Lanes y) => new(x.Value - y.Value);

    /// <inheritdoc/>
    public static Lanes operator *(Lanes x, Lanes y) => new(x.Value * y.Value);

    /// <inheritdoc/>
    public static Lanes operator /(Lanes x, Lanes y) => new(x.Value / y.Value);

    /// <inheritdoc/>
    public static Lanes operator -(Lanes x) => new(-x.Value);

    /// <inheritdoc/>
    public static Lanes operator +(Lanes x, double c) => new(x.Value + Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes operator -(Lanes x, double c) => new(x.Value - Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes operator *(Lanes x, double c) => new(x.Value * Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes operator /(Lanes x, double c) => new(x.Value / Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes operator +(double c, Lanes x) => new(Vector512.Create(c) + x.Value);

    /// <inheritdoc/>
    public static Lanes operator -(double c, Lanes x) => new(Vector512.Create(c) - x.Value);

    /// <inheritdoc/>
    public static Lanes operator *(double c, Lanes x) => new(Vector512.Create(c) * x.Value);

    /// <inheritdoc/>
    public static Lanes operator /(double c, Lanes x) => new(Vector512.Create(c) / x.Value);
}
