using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>
    /// The numbers from <paramref name="source"/> on: eight, or the <paramref name="count"/> that are left and the first of them repeated,
    /// so that padding meets no argument that the numbers themselves do not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Load(ref double source, int count) =>
        count >= Count ? new(Vector512.LoadUnsafe(ref source)) : LoadPart(ref source, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lanes LoadPart(ref double source, int count)
    {
        Vector512<double> padded = Vector512.Create(source);
        if (Avx512F.IsSupported)
        {
            fixed (double* start = &source)
                return new(Avx512F.MaskLoad(start, FirstLanes(count), padded));
        }
        MemoryMarshal.CreateReadOnlySpan(ref source, count)
            .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<double>, double>(ref padded), Count));
        return new(padded);
    }

    private static Vector512<double> FirstLanes(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();

    /// <summary>Stores the first <paramref name="count"/> lanes, at most eight, from <paramref name="target"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Store(ref double target, int count)
    {
        if (count >= Count)
            Value.StoreUnsafe(ref target);
        else
            StorePart(Value, ref target, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void StorePart(Vector512<double> value, ref double target, int count)
    {
        if (Avx512F.IsSupported)
        {
            fixed (double* start = &target)
                Avx512F.MaskStore(start, FirstLanes(count), value);
            return;
        }
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector512<double>, double>(ref value), count).CopyTo(
            MemoryMarshal.CreateSpan(ref target, count));
    }

    /// <summary>The sum of the first <paramref name="count"/> lanes, at most eight, in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal double Sum(int count)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(count, Count); i++)
            sum += Value.GetElement(i);
        return sum;
    }

    /// <inheritdoc/>
    public static Lanes FusedMultiplyAdd(Lanes x, Lanes y, Lanes z) => new(Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator +(Lanes x, Lanes y) => new(x.Value + y.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes x, Lanes y) => new(x.Value - y.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator *(Lanes x, Lanes y) => new(x.Value * y.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator /(Lanes x, Lanes y) => new(x.Value / y.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator +(Lanes x, double c) => new(x.Value + Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes x, double c) => new(x.Value - Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator *(Lanes x, double c) => new(x.Value * Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator /(Lanes x, double c) => new(x.Value / Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator +(double c, Lanes x) => new(Vector512.Create(c) + x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(double c, Lanes x) => new(Vector512.Create(c) - x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator *(double c, Lanes x) => new(Vector512.Create(c) * x.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator /(double c, Lanes x) => new(Vector512.Create(c) / x.Value);

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(Lanes), PrintMembers);
}
