using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>What rules on rows of numbers share, with absolute zeros; in SIMD for plain numbers, by the same formulas.</summary>
internal static class Rows
{
    /// <summary>
    /// p = softmax(u); returns ln Σ exp(uⱼ − uₘ), where uₘ is the largest element. Subtracting uₘ itself, not its value, leaves one term
    /// that is exactly 1 in every kind of arithmetic, and the others to ln(1 + ·), which keeps the least of them.
    /// </summary>
    public static T Softmax<T>(ReadOnlySpan<T> u, Span<T> p, out int largest) where T : struct, IScalar<T>
    {
        largest = IndexOfLargest(u);
        if (largest < 0)
            return T.Constant(double.NegativeInfinity);
        ExpOfDifference(u, u[largest], p);
        T rest = Strands.Sum<T>(p[..largest]) + Strands.Sum<T>(p[(largest + 1)..]);
        Divide(p, rest + 1);
        return T.Apply<LogP1>(rest);
    }

    /// <summary>The first of the largest elements; the first NaN if there is one; −1 in an empty row.</summary>
    public static int IndexOfLargest<T>(ReadOnlySpan<T> row) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return TensorPrimitives.IndexOfMax(MemoryMarshal.Cast<T, double>(row));
        int largest = -1;
        double maximum = double.NaN;
        for (int i = 0; i < row.Length; i++)
        {
            double x = T.Primal(row[i]);
            if (double.IsNaN(x))
                return i;
            if (largest < 0 || x > maximum)
                (largest, maximum) = (i, x);
        }
        return largest;
    }

    /// <summary>⟨x, y⟩.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            double dot = MatrixVector.Dot(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
            if (double.IsFinite(dot))
                return T.Constant(dot);
        }
        T sum = T.Constant(0);
        for (int i = 0; i < x.Length; i++)
            sum += Product(x[i], y[i]);
        return sum;
    }

    /// <summary>y += p∘(x − ⟨p, x⟩): the derivative of softmax, which is symmetric, at softmax value p.</summary>
    public static void AddCentered<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        if (!AreStructural(x))
            AddProductWithDifference(p, x, Dot(p, x), y);
    }

    /// <summary>Whether derivatives, plain ones or along a curve, are structurally zero, all of a row (see <see cref="Zeros"/>): the row
    /// takes no part.</summary>
    public static bool AreStructural<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T> =>
        typeof(T) == typeof(Real) || VectorWidth.IsLanes<T>() ? Zeros.AreStructural(Numbers(x))
        : typeof(T) == typeof(Taylor) && Taylor.AreZero(Planes.As<T, Taylor>(x));

    private static ReadOnlySpan<double> Numbers<T>(ReadOnlySpan<T> x) where T : struct =>
        MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(x)), checked(x.Length * Unsafe.SizeOf<T>()) / sizeof(double));

    private static Span<double> Numbers<T>(Span<T> x) where T : struct =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(x)), checked(x.Length * Unsafe.SizeOf<T>()) / sizeof(double));

    /// <summary>y += p∘(x − mean).</summary>
    public static void AddProductWithDifference<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> x, T mean, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            if (VectorWidth.Lanes == 8)
                AddProductWithDifference<Lanes8>(Numbers(p), Numbers(x), T.Primal(mean), Numbers(y));
            else if (VectorWidth.Lanes == 4)
                AddProductWithDifference<Lanes4>(Numbers(p), Numbers(x), T.Primal(mean), Numbers(y));
            else
                AddProductWithDifference<Lanes2>(Numbers(p), Numbers(x), T.Primal(mean), Numbers(y));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += Centered(p[i], x[i], mean);
    }

    private static void AddProductWithDifference<L>(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double mean, Span<double> y)
        where L : struct, ILanes<L>
    {
        L wideMean = L.Constant(mean);
        for (int i = 0; i < y.Length; i += L.Count)
            Store(y, i, Load<L>(y, i) + Centered(Load<L>(p, i), Load<L>(x, i), wideMean));
    }

    /// <summary>y += s x.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T s, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            if (VectorWidth.Lanes == 8)
                AddScaled<Lanes8>(Numbers(x), T.Primal(s), Numbers(y));
            else if (VectorWidth.Lanes == 4)
                AddScaled<Lanes4>(Numbers(x), T.Primal(s), Numbers(y));
            else
                AddScaled<Lanes2>(Numbers(x), T.Primal(s), Numbers(y));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += Scaled(x[i], s);
    }

    private static void AddScaled<L>(ReadOnlySpan<double> x, double s, Span<double> y) where L : struct, ILanes<L>
    {
        L wideScale = L.Constant(s);
        for (int i = 0; i < y.Length; i += L.Count)
            Store(y, i, Load<L>(y, i) + Scaled(Load<L>(x, i), wideScale));
    }

    /// <summary>Whether every number is certainly zero, with all its derivatives.</summary>
    public static bool AreZero<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Taylor))
            return Taylor.AreZero(Planes.As<T, Taylor>(x));
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return Numbers(x).IndexOfAnyExcept(0.0) < 0;
        foreach (T number in x)
        {
            if (number is not Var { IsConstant: true, Bits: 0.0 })
                return false;
        }
        return true;
    }

    private static T Centered<T>(T p, T x, T mean) where T : struct, IScalar<T> => Product(p, x - mean);

    private static T Scaled<T>(T x, T s) where T : struct, IScalar<T> => Product(x, s);

    // A partial times a derivative. In plain numbers no zero is absolute: whether all of a block's are is decided before the rule is asked.
    private static T Product<T>(T x, T y) where T : struct, IScalar<T> =>
        typeof(T) == typeof(Real) || VectorWidth.IsLanes<T>() ? x * y : T.ChainProduct(PartialKind.Live, x, y);

    private static void ExpOfDifference<T>(ReadOnlySpan<T> x, T shift, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            if (VectorWidth.Lanes == 8)
                ExpOfDifference<Lanes8>(Numbers(x), T.Primal(shift), Numbers(y));
            else if (VectorWidth.Lanes == 4)
                ExpOfDifference<Lanes4>(Numbers(x), T.Primal(shift), Numbers(y));
            else
                ExpOfDifference<Lanes2>(Numbers(x), T.Primal(shift), Numbers(y));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] = T.Exp(x[i] - shift);
    }

    private static void ExpOfDifference<L>(ReadOnlySpan<double> x, double shift, Span<double> y) where L : struct, ILanes<L>
    {
        for (int i = 0; i < y.Length; i += L.Count)
            Store(y, i, Exp.Value(Load<L>(x, i) - shift));
    }

    private static void Divide<T>(Span<T> x, T divisor) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            if (VectorWidth.Lanes == 8)
                Divide<Lanes8>(Numbers(x), T.Primal(divisor));
            else if (VectorWidth.Lanes == 4)
                Divide<Lanes4>(Numbers(x), T.Primal(divisor));
            else
                Divide<Lanes2>(Numbers(x), T.Primal(divisor));
            return;
        }
        foreach (ref T number in x)
            number /= divisor;
    }

    private static void Divide<L>(Span<double> x, double divisor) where L : struct, ILanes<L>
    {
        for (int i = 0; i < x.Length; i += L.Count)
            Store(x, i, Load<L>(x, i) / divisor);
    }

    private static L Load<L>(ReadOnlySpan<double> x, int i) where L : struct, ILanes<L> =>
        L.Load(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), i), x.Length - i);

    private static void Store<L>(Span<double> y, int i, L value) where L : struct, ILanes<L> =>
        L.Store(value, ref Unsafe.Add(ref MemoryMarshal.GetReference(y), i), y.Length - i);
}
