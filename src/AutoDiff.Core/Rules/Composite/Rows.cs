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
        typeof(T) == typeof(Real) || typeof(T) == typeof(Lanes) ? Zeros.AreStructural(Numbers(x))
        : typeof(T) == typeof(Taylor) && Taylor.AreZero(Planes.As<T, Taylor>(x));

    private static ReadOnlySpan<double> Numbers<T>(ReadOnlySpan<T> x) where T : struct =>
        MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(x)), checked(x.Length * Unsafe.SizeOf<T>()) / sizeof(double));

    /// <summary>y += p∘(x − mean).</summary>
    public static void AddProductWithDifference<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> x, T mean, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Lanes wideMean = Lanes.Constant(T.Primal(mean));
            for (int i = 0; i < y.Length; i += Lanes.Count)
                Store(y, i, Load<T>(y, i) + Centered(Load(p, i), Load(x, i), wideMean));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += Centered(p[i], x[i], mean);
    }

    /// <summary>y += s x.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T s, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            Lanes wideScale = Lanes.Constant(T.Primal(s));
            for (int i = 0; i < y.Length; i += Lanes.Count)
                Store(y, i, Load<T>(y, i) + Scaled(Load(x, i), wideScale));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] += Scaled(x[i], s);
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
        typeof(T) == typeof(Real) || typeof(T) == typeof(Lanes) ? x * y : T.ChainProduct(PartialKind.Live, x, y);

    private static void ExpOfDifference<T>(ReadOnlySpan<T> x, T shift, Span<T> y) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            for (int i = 0; i < y.Length; i += Lanes.Count)
                Store(y, i, Exp.Value(Load(x, i) - T.Primal(shift)));
            return;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] = T.Exp(x[i] - shift);
    }

    private static void Divide<T>(Span<T> x, T divisor) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
        {
            for (int i = 0; i < x.Length; i += Lanes.Count)
                Store(x, i, Load<T>(x, i) / T.Primal(divisor));
            return;
        }
        foreach (ref T number in x)
            number /= divisor;
    }

    private static Lanes Load<T>(ReadOnlySpan<T> x, int i) where T : struct =>
        Lanes.Load(ref Unsafe.As<T, double>(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), i)), x.Length - i);

    private static void Store<T>(Span<T> y, int i, Lanes value) where T : struct =>
        value.Store(ref Unsafe.As<T, double>(ref Unsafe.Add(ref MemoryMarshal.GetReference(y), i)), y.Length - i);
}
